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
    readonly HashSet<ushort> widespread = [];

    public PortNotes(RegistryIndex index, History? history)
    {
        foreach (var record in index.Registry.Records)
        {
            if (record.Number is not { } range)
                continue;
            if (WordsOf(record) is not { } words)
                continue;
            var kind = record.Kind();
            if (kind == RecordKind.UnassignedUseNoted)
                AddWidespread(
                    range,
                    $"the registry notes a widespread use, {record.Name}, without assignment"
                );
            else if (kind == RecordKind.Unassigned)
                Add(PastWords.IsMatch(words) ? pasts : uses, range, words);
        }
        foreach (var revision in history?.Revisions ?? [])
        {
            foreach (var change in revision.Changes)
            {
                if (change is RecordChange { Before: { } before } known)
                    AddPast(index, revision, before, known.After);
            }
        }
    }

    /// <summary>Each number with a use that the registry notes, and its words.</summary>
    public IReadOnlyDictionary<ushort, string> Uses => uses;

    /// <summary>Each number that was assigned before and is not now, and what is known of that.</summary>
    public IReadOnlyDictionary<ushort, string> Pasts => pasts;

    /// <summary>The numbers with a record that notes a widespread use, which are not free (procedures P12).</summary>
    public IReadOnlySet<ushort> Widespread => widespread;

    // A record of a range speaks of the numbers that its words name, or of all where they name none (procedures P6).
    static void Add(Dictionary<ushort, string> notes, PortRange range, string words)
    {
        var isNamed = false;
        foreach (Match match in NumberWords.Matches(words))
        {
            if (Numbers(match) is not { } named || !range.Contains(named.First))
                continue;
            isNamed = true;
            for (int port = named.First.Value; port <= Math.Min(named.Last.Value, range.Last.Value); port++)
                notes[(ushort)port] = Noted(words);
        }
        for (int port = range.First.Value; !isNamed && port <= range.Last.Value; port++)
            notes[(ushort)port] = Noted(words);
    }

    void AddWidespread(PortRange range, string words)
    {
        for (int port = range.First.Value; port <= range.Last.Value; port++)
        {
            uses[(ushort)port] = words;
            widespread.Add((ushort)port);
        }
    }

    void AddPast(RegistryIndex index, Revision revision, RegistryRecord before, RegistryRecord? after)
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
            if (TransportProtocols.All.All(other => index.Listed(number, other) != PortState.Assigned))
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
        if (!string.IsNullOrWhiteSpace(record.Unauthorized))
            return new RichText(record.Unauthorized).OneLine;
        if (record.Note is { IsEmpty: false } note)
            return note.OneLine;
        // "Unassigned", and nothing else: what nearly all say.
        var description = record.Description;
        return record.Name is not null || description.Words == "Unassigned" ? null
            : BareWords.IsMatch(description.OneLine) ? null
            : description.OneLine;
    }

    static string Noted(string words) => $"the registry notes: {words}";

    [GeneratedRegex(@"\b\d{1,5}(?: ?- ?\d{1,5})?\b", RegexOptions.CultureInvariant)]
    static partial Regex NumberWords { get; }

    [GeneratedRegex(@"\A\(?unassigned\)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex BareWords { get; }

    [GeneratedRegex(
        @"de-?assigned|de-?registered|removed|released|withdrawn|deprecated|previously|\[was ",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex PastWords { get; }
}
