using System.Collections.Immutable;

namespace Berthbook.Answers;

/// <summary>One port number on one transport protocol, as programs are answered.</summary>
/// <param name="Port">The port number, 0 to 65535.</param>
/// <param name="Transport">The transport protocol, in lower case.</param>
/// <param name="Range"><c>System</c>, <c>User</c> or <c>Dynamic</c> (RFC 6335 section 6).</param>
/// <param name="State">The effective state (procedures P2).</param>
/// <param name="ListedState">What the records say.</param>
/// <param name="Why">Why the effective state is what it is.</param>
/// <param name="Records">The records that speak for it.</param>
public sealed record TransportReply(
    int Port,
    TransportProtocol Transport,
    PortClass Range,
    PortState State,
    PortState ListedState,
    string Why,
    ImmutableArray<RegistryRecord> Records
)
{
    /// <summary>The answer of a status.</summary>
    public static TransportReply Of(PortStatus status) =>
        new(
            status.Port.Value,
            status.Transport,
            status.Port.Class,
            status.Effective,
            status.Listed,
            status.Why,
            status.Records
        );
}

/// <summary>One port number on every transport protocol, as programs are answered.</summary>
/// <param name="Port">The port number, 0 to 65535.</param>
/// <param name="Range"><c>System</c>, <c>User</c> or <c>Dynamic</c> (RFC 6335 section 6).</param>
/// <param name="Transports">What it is on each transport protocol.</param>
public sealed record PortReply(int Port, PortClass Range, TransportsReply Transports)
{
    /// <summary>The answer of a registry.</summary>
    public static PortReply Of(RegistryLookup index, PortNumber port)
    {
        return new(
            port.Value,
            port.Class,
            new(
                On(TransportProtocol.Tcp),
                On(TransportProtocol.Udp),
                On(TransportProtocol.Sctp),
                On(TransportProtocol.Dccp)
            )
        );

        TransportReply On(TransportProtocol transport) => TransportReply.Of(index.Status(port, transport));
    }
}

/// <summary>A port number on each transport protocol.</summary>
/// <param name="Tcp">On TCP.</param>
/// <param name="Udp">On UDP, which UDP-Lite shares.</param>
/// <param name="Sctp">On SCTP.</param>
/// <param name="Dccp">On DCCP.</param>
public sealed record TransportsReply(
    TransportReply Tcp,
    TransportReply Udp,
    TransportReply Sctp,
    TransportReply Dccp
);
