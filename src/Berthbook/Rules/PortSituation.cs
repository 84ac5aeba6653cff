using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>
/// What a number asked for is on one transport protocol, and by which rule (procedures P2): told from what the records list
/// and the rules in force.
/// </summary>
/// <param name="Port">The number.</param>
/// <param name="Transport">The transport protocol.</param>
/// <param name="Listed">What the records say.</param>
/// <param name="State">What counts for the request.</param>
/// <param name="HeldBy">The rule by which it is not free: P3, P4, P5, P7 (listed as Reserved), P11, P12, C1 (de-assigned); null where it is free or assigned.</param>
/// <param name="Records">The records that speak for it.</param>
/// <param name="Holders">The assignments of the same number on another transport, for whose assignee it is held (procedures P5, P7).</param>
sealed record PortSituation(
    PortNumber Port,
    TransportProtocol Transport,
    PortState Listed,
    PortState State,
    string? HeldBy,
    ImmutableArray<RegistryRecord> Records,
    ImmutableArray<RegistryRecord> Holders
)
{
    /// <summary>The records that assign the number on the transport.</summary>
    public IEnumerable<RegistryRecord> Assignments =>
        Records.Where(record => record.Kind().State() == PortState.Assigned);

    public static ImmutableArray<PortSituation> Of(
        Question question,
        PortNumber port,
        ImmutableArray<TransportProtocol> transports
    )
    {
        var found = ImmutableArray.CreateBuilder<PortSituation>(transports.Length);
        foreach (var transport in transports)
            found.Add(Of(question, port, transport));
        return found.MoveToImmutable();
    }

    public static PortSituation Of(Question question, PortNumber port, TransportProtocol transport)
    {
        var index = question.Basis.Index;
        var records = index.Find(port, transport);
        var listed = index.Listed(port, transport);
        var holders = HoldersOf(index, port, transport);
        var (state, rule) = StateOf(question.Rules, port, listed, records, holders);
        return new(port, transport, listed, state, rule, records, holders);
    }

    static ImmutableArray<RegistryRecord> HoldersOf(
        RegistryIndex index,
        PortNumber port,
        TransportProtocol transport
    )
    {
        ImmutableArray<RegistryRecord>.Builder? holders = null;
        foreach (var other in TransportProtocols.All)
        {
            if (other == transport || index.Listed(port, other) != PortState.Assigned)
                continue;
            foreach (var record in index.Find(port, other))
            {
                if (record.Kind().State() == PortState.Assigned)
                    (holders ??= ImmutableArray.CreateBuilder<RegistryRecord>()).Add(record);
            }
        }
        return holders?.ToImmutable() ?? [];
    }

    // Procedures P2: Dynamic, else Assigned, else Reserved where a record or a rule holds it, else Unassigned. Without P2
    // only what is listed counts.
    static (PortState State, string? Rule) StateOf(
        RuleBook rules,
        PortNumber port,
        PortState listed,
        ImmutableArray<RegistryRecord> records,
        ImmutableArray<RegistryRecord> holders
    )
    {
        if (port.Class == PortClass.Dynamic)
            return (PortState.Dynamic, "P4");
        if (listed == PortState.Assigned)
            return (PortState.Assigned, null);
        var isEffective = rules.Has("P2");
        if (isEffective && port.IsReservedEdge && rules.Has("P3"))
            return (PortState.Reserved, "P3");
        if (isEffective && port.IsExperimental && rules.Has("P11"))
            return (PortState.Reserved, "P11");
        foreach (var record in records)
        {
            if (record.Kind() is RecordKind.ReservedDeassigned or RecordKind.Deassigned)
                return (PortState.Reserved, "C1");
        }
        if (!holders.IsEmpty && rules.Has("P5") && (isEffective || listed == PortState.Reserved))
            return (PortState.Reserved, "P5");
        if (listed == PortState.Reserved)
            return (PortState.Reserved, "P7");
        foreach (var record in records)
        {
            if (record.Kind() == RecordKind.UnassignedUseNoted)
                return (PortState.Unassigned, "P12");
        }
        return (PortState.Unassigned, null);
    }
}
