using System.Collections.Immutable;

namespace Berthbook;

/// <summary>What a lookup must answer, found by reading every record, plainly (formats.md 6, procedures P2 to P11).</summary>
static class PlainScan
{
    /// <summary>The records that speak for a port number, in document order.</summary>
    public static ImmutableArray<RegistryRecord> Records(
        IEnumerable<RegistryRecord> all,
        int port,
        TransportProtocol transport
    ) =>
        [
            .. all.Where(record =>
                record.Number is { } range
                && range.First.Value <= port
                && port <= range.Last.Value
                && SpeaksFor(record, transport)
            ),
        ];

    /// <summary>The records of a name, without case, in document order.</summary>
    public static ImmutableArray<RegistryRecord> Records(IEnumerable<RegistryRecord> all, string name) =>
        [
            .. all.Where(record =>
                record.Name is { } own && string.Equals(own.Text, name, StringComparison.OrdinalIgnoreCase)
            ),
        ];

    /// <summary>What records that speak for a number say of it.</summary>
    public static PortState Listed(ImmutableArray<RegistryRecord> records) =>
        records.Any(record => record.Kind().State() == PortState.Assigned) ? PortState.Assigned
        : records.Any(record => record.Kind().State() == PortState.Reserved) ? PortState.Reserved
        : PortState.Unassigned;

    /// <summary>What counts, from what is listed on all four transports.</summary>
    public static PortState Effective(int port, PortState own, IEnumerable<PortState> listedOnAll)
    {
        if (port >= 49152)
            return PortState.Dynamic;
        if (own != PortState.Unassigned)
            return own;
        if (port is 0 or 1023 or 1024 or 49151 or 1021 or 1022)
            return PortState.Reserved;
        return listedOnAll.Contains(PortState.Assigned) ? PortState.Reserved : PortState.Unassigned;
    }

    static bool SpeaksFor(RegistryRecord record, TransportProtocol transport)
    {
        if (record.Transport is { } own)
            return own == transport;
        return transport is TransportProtocol.Tcp or TransportProtocol.Udp
            || record.Kind().State() != PortState.Assigned;
    }
}
