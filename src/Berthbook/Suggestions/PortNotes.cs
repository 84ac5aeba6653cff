using Berthbook.Journal;

namespace Berthbook.Suggestions;

/// <summary>
/// What the registry says of numbers that nobody holds: uses it notes, assignments that were given back. From the
/// words of the records, and from the revisions where there are some.
/// </summary>
sealed class PortNotes
{
    readonly Dictionary<ushort, string> uses = [];
    readonly Dictionary<ushort, string> pasts = [];
    readonly Dictionary<ushort, string> others = [];
    readonly HashSet<ushort> widespread = [];

    /// <summary>Reads what is said of the numbers of a range.</summary>
    public PortNotes(RegistryLookup lookup, History? history, PortRange range)
    {
        foreach (var transport in TransportProtocols.All)
            AddNotes(lookup, transport, range);
        foreach (var revision in history?.Revisions ?? [])
            AddPasts(lookup, revision, range);
    }

    /// <summary>Each number with a use that the registry notes, and its words.</summary>
    public IReadOnlyDictionary<ushort, string> Uses => uses;

    /// <summary>Each number that was assigned before and is not now, and what is known of that.</summary>
    public IReadOnlyDictionary<ushort, string> Pasts => pasts;

    /// <summary>Each number of which the registry notes something else, and its words.</summary>
    public IReadOnlyDictionary<ushort, string> Others => others;

    /// <summary>The numbers with a record that notes a widespread use, which are not free (procedures P12).</summary>
    public IReadOnlySet<ushort> Widespread => widespread;

    void AddNotes(RegistryLookup lookup, TransportProtocol transport, PortRange range)
    {
        // Neighbours share their record as a rule, so it is read once.
        RegistryRecord? last = null;
        RecordNote? note = null;
        for (int number = range.First.Value; number <= range.Last.Value; number++)
        {
            var port = new PortNumber((ushort)number);
            if (lookup.Listed(port, transport) != PortState.Unassigned)
                continue;
            foreach (var record in lookup.Find(port, transport))
            {
                if (!ReferenceEquals(record, last))
                    (last, note) = (record, RecordNote.Of(record));
                if (note?.IsAbout(port) == true)
                    Add(port.Value, note);
            }
        }
    }

    void Add(ushort port, RecordNote note)
    {
        if (note.Kind == NoteKind.WidespreadUse)
            widespread.Add(port);
        var notes = note.Kind switch
        {
            NoteKind.Past => pasts,
            NoteKind.Other => others,
            _ => uses,
        };
        notes[port] = note.Words;
    }

    void AddPasts(RegistryLookup lookup, Revision revision, PortRange range)
    {
        var ended = revision
            .Changes.OfType<RecordChange>()
            .Where(HasEnded)
            .SelectMany(change =>
                Numbers(change.Before!.Number!.Value).Select(port => (port, change.Before!))
            )
            .Where(held => range.Contains(new PortNumber(held.port)) && IsHeldByNobody(lookup, held.port))
            .GroupBy(held => held.port, held => held.Item2);
        foreach (var held in ended)
        {
            var names = held.Select(record => record.Name?.Text ?? record.Description.OneLine).Distinct();
            var transports = held.Select(record => record.Transport).OfType<TransportProtocol>().Distinct();
            var place = transports.Any() ? $" on {ReasonWords.And(transports)}" : "";
            var day = revision.Updated is { } updated ? $", {updated}" : "";
            pasts[held.Key] =
                $"was assigned to {ReasonWords.And([.. names])}{place} until revision {revision.Number}{day}: old "
                + "programs may use it still";
        }
    }

    static bool HasEnded(RecordChange change) =>
        change.Before is { Number: { } range } before
        && before.Kind().State() == PortState.Assigned
        && !(
            change.After is { } after && after.Number == range && after.Kind().State() == PortState.Assigned
        );

    static bool IsHeldByNobody(RegistryLookup lookup, ushort port)
    {
        foreach (var transport in TransportProtocols.All)
        {
            if (lookup.Listed(new(port), transport) == PortState.Assigned)
                return false;
        }
        return true;
    }

    static IEnumerable<ushort> Numbers(PortRange range) =>
        Enumerable.Range(range.First.Value, range.Count).Select(port => (ushort)port);
}
