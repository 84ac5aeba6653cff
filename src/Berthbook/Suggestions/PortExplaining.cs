using System.Collections.Immutable;

namespace Berthbook.Suggestions;

/// <summary>Explains one port number: its states first, then everything that the advisor weighs.</summary>
sealed class PortExplaining(RegistryLookup lookup, PortMarks known, HostFacts host)
{
    readonly ReasonWords words = new(lookup, known, host);

    public PortExplanation Of(PortNumber port, ImmutableArray<TransportProtocol> transports)
    {
        ImmutableArray<PortStatus> statuses =
        [
            .. transports.Distinct().Order().Select(transport => lookup.Status(port, transport)),
        ];
        ImmutableArray<Reason> others =
        [
            .. words
                .Of(new(port), MarksOf(port, statuses), transports)
                .Concat(Noted(port, statuses))
                .Concat(Neighbours(port))
                .OrderBy(reason => reason.Weight),
        ];
        return new(port, statuses, [.. States(statuses), .. others], Verdict(port, statuses, others));
    }

    Marks MarksOf(PortNumber port, ImmutableArray<PortStatus> statuses)
    {
        // What its own records note is told of them all, whatever they assign.
        var marks = known[port.Value] & ~Marks.NotedUse;
        if (statuses.All(status => status.Transport != TransportProtocol.Tcp))
            marks &= ~Marks.BrowserRefused;
        // How a number is assigned is no matter where it is, nor what is noted of the numbers that are not.
        if (statuses.Any(status => status.Effective == PortState.Assigned))
            marks &= ~Marks.SystemPort;
        if (statuses.All(status => status.Effective != PortState.Unassigned))
            marks &= ~Marks.Noted;
        if (host.Ephemeral is { } live && live.Contains(port))
            marks |= Marks.EphemeralHere;
        if (statuses.Any(status => host.IsInUse(port, status.Transport)))
            marks |= Marks.InUseHere;
        return marks;
    }

    // Transports of which the same is to say are told together.
    IEnumerable<Reason> States(ImmutableArray<PortStatus> statuses) =>
        statuses
            .GroupBy(status => (status.Effective, Words: WordsOf(status)))
            .Select(same =>
                same.Key.Effective == PortState.Dynamic
                    ? new(ReasonCode.Dynamic, same.Key.Words, "RFC 6335 section 6", Weights.Unavailable)
                    : new Reason(
                        CodeOf(same.Key.Effective),
                        $"{ReasonWords.And(same.Select(status => status.Transport))}: {same.Key.Words}",
                        words.Registry,
                        same.Key.Effective == PortState.Unassigned ? 0 : Weights.Unavailable
                    )
            );

    static string WordsOf(PortStatus status) =>
        status.Effective switch
        {
            PortState.Dynamic => $"{status.Port} is a Dynamic Port, 49152 to 65535, which are never assigned",
            PortState.Assigned when Holding(status) is { } record => Assigned(record),
            PortState.Reserved when NoteOf(status) is { } note =>
                $"{Why(status)}; the registry notes: {note}",
            _ => Why(status),
        };

    static string Assigned(RegistryRecord record)
    {
        var what = record.Name is { } name
            ? $"assigned to {name}{(record.Description.IsEmpty ? "" : $" ({record.Description.OneLine})")}"
            : $"assigned without a service name: {record.Description.OneLine}";
        var range = record.Number is { IsSingle: false } held ? $", with the range {held}" : "";
        return record.Holders.IsDefaultOrEmpty
            ? $"{what}{range}"
            : $"{what}{range}, held by {ReasonWords.And([.. record.Holders.Select(holder => holder.Label)])}";
    }

    IEnumerable<Reason> Noted(PortNumber port, ImmutableArray<PortStatus> statuses) =>
        statuses
            .SelectMany(status => status.Records)
            .Select(RecordNote.Of)
            .OfType<RecordNote>()
            .Where(note => note.Kind is NoteKind.Use or NoteKind.WidespreadUse && note.IsAbout(port))
            .Select(note => note.Words)
            .Distinct()
            .Select(text => new Reason(
                ReasonCode.NotedUse,
                text,
                words.Registry,
                Weights.Of(Marks.NotedUse)
            ));

    IEnumerable<Reason> Neighbours(PortNumber port)
    {
        var facts = PortFacts.Of(lookup, port);
        string[] around =
        [
            .. ((PortNeighbour?[])[facts.Below, facts.Above]).OfType<PortNeighbour>().Select(Named),
        ];
        if (around.Length > 0)
            yield return new(ReasonCode.Neighbours, $"next to {ReasonWords.And(around)}", words.Registry, 0);
    }

    static string Named(PortNeighbour neighbour)
    {
        string[] names =
        [
            .. neighbour.Records.Select(record => record.Name?.Text).OfType<string>().Distinct(),
        ];
        var words = names.Length > 0 ? string.Join(", ", names) : neighbour.Records[0].Description.OneLine;
        return $"{neighbour.Port} ({words})";
    }

    static string Verdict(PortNumber port, ImmutableArray<PortStatus> statuses, ImmutableArray<Reason> others)
    {
        if (statuses.All(status => status.Effective == PortState.Dynamic))
            return $"{port} cannot be had: it is a Dynamic Port. Let the system pick one at run time, or apply for a "
                + "User Port.";
        var states = string.Join(
            "; ",
            statuses
                .GroupBy(Short)
                .Select(same => $"{same.Key} on {ReasonWords.And(same.Select(status => status.Transport))}")
        );
        string[] against =
        [
            .. others.Where(reason => reason.Weight <= Weights.WorthSaying).Select(reason => reason.Text),
        ];
        var said = string.Join("; ", against);
        if (statuses.Any(status => status.Effective != PortState.Unassigned))
            return $"{port} is {states}.{(against.Length == 0 ? "" : $" Besides: {said}.")}";
        return against.Length == 0
            ? $"{port} is {states}, and nothing of weight that is known here speaks against it."
            : $"{port} is {states}, but this speaks against it: {said}.";
    }

    static string Short(PortStatus status) =>
        status.Effective == PortState.Assigned && Holding(status)?.Name is { } name
            ? $"Assigned to {name}"
            : status.Effective.ToString();

    static RegistryRecord? Holding(PortStatus status) =>
        status.Records.FirstOrDefault(record => record.Kind().State() == PortState.Assigned);

    static string? NoteOf(PortStatus status) =>
        status
            .Records.Where(record => record.Kind().State() == PortState.Reserved)
            .Select(record => record.Note?.OneLine)
            .FirstOrDefault(text => text?.Length > 0);

    static string CodeOf(PortState state) =>
        state switch
        {
            PortState.Assigned => ReasonCode.Assigned,
            PortState.Reserved => ReasonCode.Reserved,
            _ => ReasonCode.Unassigned,
        };

    // The reason without the port number and transport that it begins with.
    static string Why(PortStatus status) =>
        status.Why[(status.Why.IndexOf(": ", StringComparison.Ordinal) + 2)..];
}
