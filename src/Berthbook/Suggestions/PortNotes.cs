using System.Text.RegularExpressions;
using Berthbook.Journal;

namespace Berthbook.Suggestions;

/// <summary>
/// What the registry says of numbers that nobody holds: uses it notes, assignments that were given back. From the
/// words of the records, and from the revisions where there are some.
/// </summary>
sealed partial class PortNotes
{
    readonly Dictionary<ushort, string> uses = [];
    readonly Dictionary<ushort, string> pasts = [];
    readonly Dictionary<ushort, string> others = [];
    readonly HashSet<ushort> widespread = [];

    public PortNotes(RegistryLookup lookup, History? history)
    {
        foreach (var transport in TransportProtocols.All)
        {
            for (var number = 0; number < PortNumber.Count; number++)
            {
                var port = new PortNumber((ushort)number);
                if (lookup.Listed(port, transport) != PortState.Unassigned)
                    continue;
                foreach (var record in lookup.Find(port, transport))
                    Add(port, record);
            }
        }
        foreach (var revision in history?.Revisions ?? [])
        {
            foreach (var change in revision.Changes)
            {
                if (change is RecordChange { Before: { } before } known)
                    AddPast(lookup, revision, before, known.After);
            }
        }
    }

    /// <summary>Each number with a use that the registry notes, and its words.</summary>
    public IReadOnlyDictionary<ushort, string> Uses => uses;

    /// <summary>Each number that was assigned before and is not now, and what is known of that.</summary>
    public IReadOnlyDictionary<ushort, string> Pasts => pasts;

    /// <summary>Each number of which the registry notes something else, and its words.</summary>
    public IReadOnlyDictionary<ushort, string> Others => others;

    /// <summary>The numbers with a record that notes a widespread use, which are not free (procedures P12).</summary>
    public IReadOnlySet<ushort> Widespread => widespread;

    /// <summary>The use without assignment that a record notes of one of its numbers, in words; null where it notes none.</summary>
    public static string? UseOf(RegistryRecord record, PortNumber port) =>
        record.Kind() switch
        {
            RecordKind.UnassignedUseNoted =>
                $"the registry notes a widespread use, {record.Name}, without assignment",
            RecordKind.Unassigned
                when NoteOf(record, port) is { } words
                    && UseWords.IsMatch(words)
                    && !PastWords.IsMatch(words) => Noted(words),
            RecordKind.Unassigned => null,
            _ when UnauthorizedOf(record) is { } words && IsAbout(record, words, port) => Noted(words),
            _ => null,
        };

    void Add(PortNumber port, RegistryRecord record)
    {
        if (UseOf(record, port) is { } use)
            uses[port.Value] = use;
        else if (NoteOf(record, port) is { } words)
            (PastWords.IsMatch(words) ? pasts : others)[port.Value] = Noted(words);
        if (record.Name is not null && record.Kind() == RecordKind.UnassignedUseNoted)
            widespread.Add(port.Value);
    }

    static string? NoteOf(RegistryRecord record, PortNumber port) =>
        WordsOf(record) is { } words && IsAbout(record, words, port) ? words : null;

    // A record of a range speaks of the numbers that its words name, or of all where they name none (procedures P6).
    static bool IsAbout(RegistryRecord record, string words, PortNumber port)
    {
        var isNamed = false;
        foreach (Match match in NumberWords.Matches(words))
        {
            if (Numbers(match) is not { } named || record.Number?.Contains(named.First) != true)
                continue;
            if (named.Contains(port))
                return true;
            isNamed = true;
        }
        return !isNamed;
    }

    void AddPast(RegistryLookup lookup, Revision revision, RegistryRecord before, RegistryRecord? after)
    {
        if (before.Number is not { } range || before.Kind().State() != PortState.Assigned)
            return;
        if (after is not null && after.Number == range && after.Kind().State() == PortState.Assigned)
            return;
        var name = before.Name is { } named ? named.Text : before.Description.OneLine;
        var place = before.Transport is { } transport ? $" on {transport.Name()}" : "";
        var day = revision.Updated is { } updated ? $", {updated}" : "";
        for (int port = range.First.Value; port <= range.Last.Value; port++)
        {
            var number = new PortNumber((ushort)port);
            if (TransportProtocols.All.All(other => lookup.Listed(number, other) != PortState.Assigned))
                pasts[number.Value] =
                    $"was assigned to {name}{place} until revision {revision.Number}{day}: old programs may use it still";
        }
    }

    static PortRange? Numbers(Match match)
    {
        var text = match.Value.Replace(" ", "", StringComparison.Ordinal);
        return PortRange.TryParse(text, out var range) ? range : null;
    }

    /// <summary>What a record says beyond its state, or null where it says no more.</summary>
    static string? WordsOf(RegistryRecord record)
    {
        if (UnauthorizedOf(record) is { } unauthorized)
            return unauthorized;
        if (record.Note is { IsEmpty: false } note)
            return note.OneLine;
        // "Unassigned", and nothing else: what nearly all say.
        var description = record.Description;
        return record.Name is not null || description.Words == "Unassigned" ? null
            : BareWords.IsMatch(description.OneLine) ? null
            : description.OneLine;
    }

    static string? UnauthorizedOf(RegistryRecord record) =>
        string.IsNullOrWhiteSpace(record.Unauthorized) ? null : new RichText(record.Unauthorized).OneLine;

    static string Noted(string words) => $"the registry notes: {words.TrimEnd('.')}";

    [GeneratedRegex(@"\b\d{1,5}(?: ?- ?\d{1,5})?\b", RegexOptions.CultureInvariant)]
    static partial Regex NumberWords { get; }

    [GeneratedRegex(@"\A\(?unassigned\)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex BareWords { get; }

    [GeneratedRegex(
        @"\b(use|using)\b|unauthori[sz]ed|unoffic",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex UseWords { get; }

    [GeneratedRegex(
        @"de-?assigned|de-?registered|removed|released|withdrawn|deprecated|previously|\[was ",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex PastWords { get; }
}
