using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Berthbook;

/// <summary>
/// Which service names stand aside for another: old spellings for their well-formed twin (RFC 6335 section 10.1,
/// procedures N4) and duplicates for the name that counts (procedures N5), told from the records' words.
/// </summary>
sealed partial class AliasTable
{
    readonly Dictionary<string, string> primaries = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ImmutableArray<string>> aliases = new(StringComparer.OrdinalIgnoreCase);

    public AliasTable(Registry registry)
    {
        foreach (var record in registry.Records)
        {
            if (record.Name is not { } name)
                continue;
            if (record.Note is { } note && AliasWords.Match(note.OneLine) is { Success: true } alias)
                Add(name.Text, alias.Groups[1].Value);
            // Asked of every record, so the plain words come before the pattern.
            var description = record.Description.OneLine;
            if (
                description.Contains("as a replacement for", StringComparison.Ordinal)
                && TwinWords.Match(description) is { Success: true } twin
            )
                Add(twin.Groups[1].Value, name.Text);
        }
    }

    /// <summary>The name that another stands aside for, or null where it is primary itself.</summary>
    public string? PrimaryOf(ReadOnlySpan<char> name) =>
        primaries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var primary)
            ? primary
            : null;

    /// <summary>The names that stand aside for another, in document order.</summary>
    public ImmutableArray<string> AliasesOf(ReadOnlySpan<char> name) =>
        aliases.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known) ? known : [];

    /// <summary>Every name that stands aside or that another stands aside for.</summary>
    public IEnumerable<string> Names =>
        primaries.Keys.Concat(aliases.Keys).Distinct(StringComparer.OrdinalIgnoreCase);

    void Add(string alias, string primary)
    {
        if (alias.Equals(primary, StringComparison.OrdinalIgnoreCase) || !primaries.TryAdd(alias, primary))
            return;
        aliases[primary] = [.. AliasesOf(primary), alias];
    }

    [GeneratedRegex("""This (?:entry is an alias to|is a duplicate of the) "([^"]+)["]""")]
    static partial Regex AliasWords { get; }

    [GeneratedRegex("""IANA assigned this well-formed service name as a replacement for "([^"]+)["]""")]
    static partial Regex TwinWords { get; }
}
