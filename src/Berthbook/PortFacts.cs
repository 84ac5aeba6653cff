using System.Collections.Immutable;

namespace Berthbook;

/// <summary>What a port number is on every transport protocol, and what stands beside it.</summary>
/// <param name="Port">The port number.</param>
/// <param name="Statuses">Its states, reasons and records, a transport protocol each, in the registry's order.</param>
/// <param name="Below">The nearest number below that other records speak for, or null.</param>
/// <param name="Above">The nearest number above that other records speak for, or null.</param>
public sealed record PortFacts(
    PortNumber Port,
    ImmutableArray<PortStatus> Statuses,
    PortNeighbour? Below,
    PortNeighbour? Above
)
{
    /// <summary>The range that the number lies in.</summary>
    public PortClass Range => Port.Class;

    /// <summary>The records that speak for the number on any transport protocol, each once: TCP first, then UDP, SCTP, DCCP.</summary>
    public ImmutableArray<RegistryRecord> Records { get; } =
    [
        .. Statuses
            .SelectMany(status => status.Records)
            .Distinct(ReferenceEqualityComparer.Instance)
            .Cast<RegistryRecord>(),
    ];

    /// <summary>
    /// Whether a record notes a widespread use without assignment, so that the number is not free (procedures P12).
    /// </summary>
    public bool IsUseNoted => Records.Any(record => record.Kind() == RecordKind.UnassignedUseNoted);

    /// <summary>The records with an unauthorized use reported.</summary>
    public IEnumerable<RegistryRecord> WithUnauthorizedUse =>
        Records.Where(record => !string.IsNullOrWhiteSpace(record.Unauthorized));

    /// <summary>The status on a transport protocol.</summary>
    public PortStatus On(TransportProtocol transport) => Statuses[(int)transport];

    /// <summary>The facts of a port number. Cost grows with the distance to its neighbours.</summary>
    public static PortFacts Of(RegistryLookup lookup, PortNumber port)
    {
        var facts = new PortFacts(
            port,
            [.. TransportProtocols.All.Select(transport => lookup.Status(port, transport))],
            null,
            null
        );
        return facts with { Below = facts.Neighbour(lookup, -1), Above = facts.Neighbour(lookup, 1) };
    }

    PortNeighbour? Neighbour(RegistryLookup lookup, int step)
    {
        for (var number = Port.Value + step; number is >= 0 and < PortNumber.Count; number += step)
        {
            var port = new PortNumber((ushort)number);
            var others = new List<RegistryRecord>();
            foreach (var transport in TransportProtocols.All)
            {
                foreach (var record in lookup.Find(port, transport))
                {
                    if (
                        !Records.Contains(record, ReferenceEqualityComparer.Instance)
                        && !others.Contains(record)
                    )
                        others.Add(record);
                }
            }
            if (others.Count > 0)
                return new(port, [.. others]);
        }
        return null;
    }
}

/// <summary>The nearest port number that other records speak for.</summary>
/// <param name="Port">The number itself.</param>
/// <param name="Records">Those records, each once.</param>
public sealed record PortNeighbour(PortNumber Port, ImmutableArray<RegistryRecord> Records);
