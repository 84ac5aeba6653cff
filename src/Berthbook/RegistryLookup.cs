using System.Collections.Immutable;

namespace Berthbook;

/// <summary>One port number on one transport protocol: its states, why, and the records that speak for it.</summary>
/// <param name="Port">The port number.</param>
/// <param name="Transport">The transport protocol.</param>
/// <param name="Listed">What the records say; a number that no record lists is Unassigned (procedures P2).</param>
/// <param name="Effective">What counts for requests (procedures P2, P3, P5, P11).</param>
/// <param name="Why">Why the effective state is what it is, in words.</param>
/// <param name="Records">The records that speak for it, in document order.</param>
public sealed record PortStatus(
    PortNumber Port,
    TransportProtocol Transport,
    PortState Listed,
    PortState Effective,
    string Why,
    ImmutableArray<RegistryRecord> Records
);

/// <summary>
/// What a port number or a service name is, ranges and unlisted numbers included, whoever keeps the data: a
/// <see cref="RegistryIndex"/> in memory or an <see cref="IndexFile"/>.
/// </summary>
public abstract class RegistryLookup
{
    private protected RegistryLookup() { }

    /// <summary>Title, last update, notes and references of the registry.</summary>
    public abstract RegistryHeader Header { get; }

    /// <summary>How many records the registry has.</summary>
    public abstract int RecordCount { get; }

    /// <summary>The service names, each once as its first record writes it, in document order.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>The records that speak for a port number on a transport protocol, in document order; perhaps none.</summary>
    public abstract ImmutableArray<RegistryRecord> Find(PortNumber port, TransportProtocol transport);

    /// <summary>
    /// The records of a service name in document order; perhaps none. Any spelling that a record has, compared
    /// without case (RFC 6335 section 5.1), the ones kept for history included.
    /// </summary>
    public abstract ImmutableArray<RegistryRecord> Find(ReadOnlySpan<char> name);

    /// <summary>The same for a name in UTF-8; bytes that are no UTF-8 are no name.</summary>
    public abstract ImmutableArray<RegistryRecord> Find(ReadOnlySpan<byte> name);

    /// <summary>What the records say of a port number (procedures P2).</summary>
    public abstract PortState Listed(PortNumber port, TransportProtocol transport);

    /// <summary>What counts for requests (procedures P2).</summary>
    public abstract PortState Effective(PortNumber port, TransportProtocol transport);

    /// <summary>
    /// The name that another stands aside for, as the registry's words write it: the well-formed twin of an old
    /// spelling, the service that it duplicates (procedures N4, N5). Null where the name is primary itself.
    /// </summary>
    public abstract string? PrimaryOf(ReadOnlySpan<char> name);

    /// <summary>The names that stand aside for another, in document order; perhaps none.</summary>
    public abstract ImmutableArray<string> AliasesOf(ReadOnlySpan<char> name);

    /// <summary>States, reason and records of a port number on a transport protocol.</summary>
    public PortStatus Status(PortNumber port, TransportProtocol transport)
    {
        var records = Find(port, transport);
        return new(
            port,
            transport,
            Listed(port, transport),
            Effective(port, transport),
            Why(port, transport, records),
            records
        );
    }

    /// <summary>How many port numbers of a transport have each effective state within a range, by <see cref="PortState"/>.</summary>
    public ImmutableArray<int> Count(TransportProtocol transport, PortClass range)
    {
        var counts = new int[4];
        var (first, last) = range switch
        {
            PortClass.System => (0, PortNumber.FirstUser - 1),
            PortClass.User => (PortNumber.FirstUser, PortNumber.FirstDynamic - 1),
            _ => (PortNumber.FirstDynamic, PortNumber.Count - 1),
        };
        for (var port = first; port <= last; port++)
            counts[(int)Effective(new((ushort)port), transport)]++;
        return [.. counts];
    }

    /// <summary>Why a port number has its effective state on a transport protocol, in words with their source.</summary>
    public string Why(PortNumber port, TransportProtocol transport) =>
        Why(port, transport, Find(port, transport));

    string Why(PortNumber port, TransportProtocol transport, ImmutableArray<RegistryRecord> records)
    {
        if (port.Class == PortClass.Dynamic)
            return "Dynamic ports, 49152 to 65535, are never assigned (RFC 6335 section 6)";
        var state = Effective(port, transport);
        var place = $"{port}/{transport.Name()}";
        if (state == Listed(port, transport))
        {
            foreach (var record in records)
            {
                var kind = record.Kind();
                if (kind.State() == state)
                    return $"{place}: {ReasonOf(record, kind)}{NotedBeside(record, records)}";
            }
            return $"{place}: no record lists it, which is Unassigned (RFC 6335 section 6)";
        }
        var listedAs = records.IsEmpty ? "no record" : "listed as Unassigned";
        if (port.IsReservedEdge)
            return $"{place}: {listedAs}; {port} is at the edge of a range and Reserved on every transport (RFC 6335 section 6)";
        if (port.IsExperimental)
            return $"{place}: {listedAs}; {port} belongs to experiments on every transport (RFC 6335 sections 6.1 and 10.2)";
        return $"{place}: {listedAs}; held for the assignee of {port}/{HolderOf(port).Name()} (RFC 6335 section 7.2)";
    }

    TransportProtocol HolderOf(PortNumber port)
    {
        for (var holder = TransportProtocol.Tcp; holder < TransportProtocol.Dccp; holder++)
        {
            if (Listed(port, holder) == PortState.Assigned)
                return holder;
        }
        return TransportProtocol.Dccp;
    }

    // Procedures P12: the user of the number has no claim, but whoever asks for it is told.
    static string NotedBeside(RegistryRecord reason, ImmutableArray<RegistryRecord> records)
    {
        foreach (var record in records)
        {
            if (record != reason && record.Kind() == RecordKind.UnassignedUseNoted)
                return $"; the registry also notes a widespread use without assignment, {record.Name}";
        }
        return "";
    }

    static string ReasonOf(RegistryRecord record, RecordKind kind) =>
        (kind, record.Name) switch
        {
            (RecordKind.Assigned, { } name) when record.Number is { IsSingle: false } range =>
                $"assigned to {name}, with the range {range}",
            (RecordKind.Assigned, { } name) => $"assigned to {name}",
            (RecordKind.HistoricAlias, { } name) => $"assigned to {name}, an old spelling",
            (RecordKind.Nameless, _) => $"assigned without a service name: {record.Description.OneLine}",
            (RecordKind.Unassigned, _) when record.Number is { IsSingle: false } range =>
                $"in the range {range}, which the registry lists as Unassigned",
            _ => kind.Why(),
        };
}
