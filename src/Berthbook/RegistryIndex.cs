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
/// Port numbers and service names to records, ranges and unlisted numbers included. Immutable, built from a
/// registry; a lookup reads two arrays and allocates nothing but its answer.
/// </summary>
public sealed class RegistryIndex
{
    const int Transports = 4;

    // slots[transport][port] is an index into lists: the records that speak for it. 0 is none.
    readonly int[][] slots = new int[Transports][];
    readonly PortState[][] listed = new PortState[Transports][];
    readonly PortState[][] effective = new PortState[Transports][];
    readonly List<ImmutableArray<RegistryRecord>> lists =
    [
        [],
    ];
    readonly Dictionary<string, ImmutableArray<RegistryRecord>> byName;
    readonly Lazy<AliasTable> aliases;

    /// <summary>Indexes a registry. Cost grows with the records and with 65,536 numbers of each transport.</summary>
    public RegistryIndex(Registry registry)
    {
        Registry = registry;
        aliases = new(() => new(registry));
        byName = new(registry.Records.Length, StringComparer.OrdinalIgnoreCase);
        for (var t = 0; t < Transports; t++)
        {
            slots[t] = new int[PortNumber.Count];
            listed[t] = new PortState[PortNumber.Count];
            effective[t] = new PortState[PortNumber.Count];
        }
        foreach (var record in registry.Records)
            Add(record);
        for (var port = 0; port < PortNumber.Count; port++)
            Settle(port);
    }

    /// <summary>The registry this is an index of.</summary>
    public Registry Registry { get; }

    /// <summary>Which service names stand aside for another.</summary>
    internal AliasTable Aliases => aliases.Value;

    /// <summary>The records that speak for a port number on a transport protocol, in document order.</summary>
    public ImmutableArray<RegistryRecord> Find(PortNumber port, TransportProtocol transport) =>
        lists[slots[(int)transport][port.Value]];

    /// <summary>The records of a service name, any spelling, without case, in document order.</summary>
    public ImmutableArray<RegistryRecord> Find(string name) => byName.GetValueOrDefault(name, []);

    /// <summary>The name that another stands aside for (procedures N4, N5), or null where it is primary itself.</summary>
    public string? PrimaryOf(string name) => Aliases.PrimaryOf(name);

    /// <summary>Every service name once, as its first record writes it, in document order.</summary>
    public IEnumerable<string> Names => byName.Values.Select(records => records[0].Name!.Value.Text);

    /// <summary>What the records say of a port number (procedures P2).</summary>
    public PortState Listed(PortNumber port, TransportProtocol transport) =>
        listed[(int)transport][port.Value];

    /// <summary>What counts for requests (procedures P2).</summary>
    public PortState Effective(PortNumber port, TransportProtocol transport) =>
        effective[(int)transport][port.Value];

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

    /// <summary>How many port numbers of a transport have each effective state within a range.</summary>
    public ImmutableArray<int> Count(TransportProtocol transport, PortClass range)
    {
        var counts = new int[4];
        var (first, last) = range switch
        {
            PortClass.System => (0, PortNumber.FirstUser - 1),
            PortClass.User => (PortNumber.FirstUser, PortNumber.FirstDynamic - 1),
            _ => (PortNumber.FirstDynamic, PortNumber.Count - 1),
        };
        foreach (var state in effective[(int)transport].AsSpan(first, last - first + 1))
            counts[(int)state]++;
        return [.. counts];
    }

    void Add(RegistryRecord record)
    {
        if (record.Name is { } name)
        {
            byName.TryGetValue(name.Text, out var named);
            byName[name.Text] = named.IsDefault ? [record] : named.Add(record);
        }
        if (record.Number is not { } range)
            return;
        var state = record.Kind().State();
        if (record.Transport is { } transport)
        {
            List(record, (int)transport, range, state);
            return;
        }
        List(record, (int)TransportProtocol.Tcp, range, state);
        List(record, (int)TransportProtocol.Udp, range, state);
        if (state == PortState.Assigned)
            return;
        List(record, (int)TransportProtocol.Sctp, range, state);
        List(record, (int)TransportProtocol.Dccp, range, state);
    }

    // Neighbouring numbers with the same records share a list, so a range costs one list, not one a number.
    void List(RegistryRecord record, int transport, PortRange range, PortState state)
    {
        var (from, to) = (-1, 0);
        for (int port = range.First.Value; port <= range.Last.Value; port++)
        {
            ref var slot = ref slots[transport][port];
            if (slot != from)
            {
                (from, to) = (slot, lists.Count);
                lists.Add(lists[from].Add(record));
            }
            slot = to;
            ref var known = ref listed[transport][port];
            if (state > known)
                known = state;
        }
    }

    void Settle(int number)
    {
        var port = new PortNumber((ushort)number);
        var isHeld = port.IsReservedEdge || port.IsExperimental;
        for (var t = 0; t < Transports; t++)
            isHeld |= listed[t][number] == PortState.Assigned;
        for (var t = 0; t < Transports; t++)
        {
            var own = listed[t][number];
            effective[t][number] =
                port.Class == PortClass.Dynamic ? PortState.Dynamic
                : own == PortState.Unassigned && isHeld ? PortState.Reserved
                : own;
        }
    }

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
        var holder = TransportProtocols.All.First(other => Listed(port, other) == PortState.Assigned);
        return $"{place}: {listedAs}; held for the assignee of {port}/{holder.Name()} (RFC 6335 section 7.2)";
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
