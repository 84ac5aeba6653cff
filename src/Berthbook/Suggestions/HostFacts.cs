using System.Collections.Immutable;
using Berthbook.Checks;

namespace Berthbook.Suggestions;

/// <summary>What a host says of its own port numbers, read by whoever asks; nothing where it is not known.</summary>
/// <param name="Ephemeral">
/// The port numbers that the host gives to outgoing connections, or null.
/// </param>
/// <param name="InUse">The port numbers that sockets of the host are bound to, on each transport protocol.</param>
public sealed record HostFacts(
    EphemeralPorts? Ephemeral,
    ImmutableHashSet<(PortNumber Port, TransportProtocol Transport)> InUse
)
{
    /// <summary>Nothing is known of the host.</summary>
    public static HostFacts None { get; } = new(null, []);

    /// <summary>Whether a socket of the host is bound to the port number on the transport protocol.</summary>
    public bool IsInUse(PortNumber port, TransportProtocol transport) => InUse.Contains((port, transport));
}
