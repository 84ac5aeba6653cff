using System.Collections.Immutable;
using Berthbook.Cli.Local;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary>The registry that questions are put to, and where its answers come from.</summary>
/// <param name="lookup">The registry by number and name.</param>
/// <param name="sourceOf">The source of the answer that rests on these records.</param>
sealed class AskedRegistry(RegistryLookup lookup, Func<ImmutableArray<RegistryRecord>, string> sourceOf)
{
    RegistryIndex? index = lookup as RegistryIndex;

    /// <summary>The registry by number and name.</summary>
    public RegistryLookup Lookup => lookup;

    /// <summary>The same in memory, every record read: for what looks at all of them.</summary>
    public RegistryIndex Index => index ??= new(((IndexFile)lookup).Read());

    /// <summary>The registry itself.</summary>
    public Registry Registry => Index.Registry;

    /// <summary>What to tell who asks, on the standard error: that this is not the whole registry. Or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether it is a whole registry: absence from it says something.</summary>
    public bool IsWhole => Remark is null;

    /// <summary>Where an answer comes from that rests on these records, or on there being none.</summary>
    public string SourceOf(ImmutableArray<RegistryRecord> records) => sourceOf(records);

    /// <summary>Whose registry it is and as of when, in a sentence or two.</summary>
    public string Statement =>
        ExportForms.ProfileOf(lookup.Header, null, "its publisher").Statement(lookup.Header);

    /// <summary>The local copy's index, every block of it checked; what there is without one where there is no copy.</summary>
    /// <param name="folder">The folder of the local copy.</param>
    /// <param name="complain">Takes what was wrong with the index, which is made anew from the journal.</param>
    /// <exception cref="LocalCopyException">The journal is damaged, newer, or cannot be read.</exception>
    public static AskedRegistry Open(string folder, Action<string> complain)
    {
        var local = new LocalIndex(folder);
        if (local.TryOpen(out var fault) is { } file)
        {
            try
            {
                file.CheckAll();
                return Of(file);
            }
            catch (IndexFileException damage)
            {
                fault = damage;
                file.Dispose();
            }
        }
        var rebuilt = local.Rebuild();
        if (fault is not null)
            complain(
                $"{local.Path} cannot be used ({fault.Message.TrimEnd('.')}); "
                    + (
                        rebuilt is null
                            ? "there is no journal to make it anew from"
                            : "it is made anew from the journal"
                    )
            );
        if (rebuilt is null)
            return WithoutCopy.Open();
        var words = rebuilt.Header.Updated is { } updated ? $"local copy of {updated}" : "local copy";
        return new(rebuilt, _ => words);
    }

    /// <summary>The registry of an index file.</summary>
    public static AskedRegistry Of(IndexFile file) => new(file, _ => file.Source.Words);
}
