using System.Net;
using System.Net.Sockets;

namespace Berthbook.Checks;

/// <summary>A socket that waits for others: a TCP or SCTP socket that listens, a UDP socket that is connected to nobody.</summary>
public sealed record ListeningSocket
{
    /// <summary>The address it is bound to; <c>0.0.0.0</c> or <c>::</c> is every address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The port number it is bound to.</summary>
    public required PortNumber Port { get; init; }

    /// <summary>Its transport protocol.</summary>
    public required TransportProtocol Transport { get; init; }

    /// <summary>The process that holds it, the first where several do; null where it is not known.</summary>
    public SocketProcess? Process { get; init; }

    /// <summary>The network namespace it lives in.</summary>
    public NetworkNamespace Namespace { get; init; }

    /// <summary>Address and port number: <c>127.0.0.1:53</c>, <c>[::1]:53</c>.</summary>
    public string Endpoint =>
        Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";

    /// <summary>Short, for messages: <c>[::1]:53/udp</c>.</summary>
    public override string ToString() => $"{Endpoint}/{Transport.Name()}";
}

/// <summary>A process of the host.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What the system calls it, which the process itself can choose.</param>
public sealed record SocketProcess(int Id, string Name);

/// <summary>A network namespace of the host: a container has one of its own.</summary>
/// <param name="Id">Its number, 0 where it is not known.</param>
/// <param name="IsForeign">Whether it is another than that of the asking process.</param>
public readonly record struct NetworkNamespace(long Id, bool IsForeign);
