using System.Collections.Immutable;

namespace Berthbook.Cli;

/// <summary>The registry that questions are put to, and where its answers come from.</summary>
/// <param name="lookup">The registry by number and name.</param>
/// <param name="readAll">Reads the whole registry into memory.</param>
/// <param name="sourceOf">The source of the answer that rests on these records.</param>
sealed class AskedRegistry(
    RegistryLookup lookup,
    Func<RegistryIndex> readAll,
    Func<ImmutableArray<RegistryRecord>, string> sourceOf
)
{
    RegistryIndex? index;

    /// <summary>The registry by number and name.</summary>
    public RegistryLookup Lookup => lookup;

    /// <summary>The same in memory, every record read: for what looks at all of them.</summary>
    public RegistryIndex Index => index ??= readAll();

    /// <summary>The registry itself.</summary>
    public Registry Registry => Index.Registry;

    /// <summary>What to tell who asks, on the standard error: that this is not the whole registry. Or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether this is a whole registry, so that what it does not list nobody holds.</summary>
    public bool IsWhole => Remark is null;

    /// <summary>Where an answer comes from that rests on these records, or on there being none.</summary>
    public string SourceOf(ImmutableArray<RegistryRecord> records) => sourceOf(records);
}
