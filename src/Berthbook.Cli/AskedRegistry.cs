using System.Collections.Immutable;

namespace Berthbook.Cli;

/// <summary>The registry that questions are put to, and where its answers come from.</summary>
/// <param name="index">The registry by number and name.</param>
/// <param name="sourceOf">The source of the answer that rests on these records.</param>
sealed class AskedRegistry(RegistryIndex index, Func<ImmutableArray<RegistryRecord>, string> sourceOf)
{
    /// <summary>The registry by number and name.</summary>
    public RegistryIndex Index => index;

    /// <summary>The registry itself.</summary>
    public Registry Registry => index.Registry;

    /// <summary>What to tell the person who asks, on the standard error: that this is not the whole registry. Or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Where an answer comes from that rests on these records, or on there being none.</summary>
    public string SourceOf(ImmutableArray<RegistryRecord> records) => sourceOf(records);

    /// <summary>The local copy, else what there is without one.</summary>
    public static AskedRegistry Open(string folder)
    {
        var builtIn = new RegistryIndex(BuiltInRegistry.Read());
        return new(builtIn, _ => "built-in registry")
        {
            Remark =
                $"there is no local copy of the registry in {folder}: these answers are from the built-in registry, "
                + "which lists next to no port numbers; 'berth sync' fetches IANA's registry, 'berth import FILE' takes a file",
        };
    }
}
