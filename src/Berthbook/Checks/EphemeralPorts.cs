using System.Collections.Immutable;

namespace Berthbook.Checks;

/// <summary>The port numbers that a host gives to outgoing connections: a range, less those kept out of it.</summary>
/// <param name="Range">The range (Linux: <c>net.ipv4.ip_local_port_range</c>).</param>
/// <param name="KeptOut">What is never given (Linux: <c>net.ipv4.ip_local_reserved_ports</c>).</param>
public sealed record EphemeralPorts(PortRange Range, ImmutableArray<PortRange> KeptOut)
{
    /// <summary>Whether the host may give the port number to an outgoing connection.</summary>
    public bool Contains(PortNumber port) =>
        Range.Contains(port) && !KeptOut.Any(range => range.Contains(port));

    /// <summary>The range, for messages: <c>32768-60999</c>.</summary>
    public override string ToString() => Range.ToString();
}
