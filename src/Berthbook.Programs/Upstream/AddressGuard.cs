using System.Net;
using System.Net.Sockets;

namespace Berthbook.Programs.Upstream;

/// <summary>
/// Connects to the upstream only at addresses of the public network, checked after the name is resolved and on the
/// address that is connected to (reliability.md T20): whoever controls the name's DNS must not make this server
/// call its neighbours. An operator who writes such an address into the setting itself, or says that the upstream
/// stands on a network of one's own, means it.
/// </summary>
sealed class AddressGuard(Uri upstream, bool allowsPrivate)
{
    static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3",
            "::/127",
            "64:ff9b:1::/48",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    // Networks whose addresses carry an IPv4 address, and where in them it stands.
    static readonly (IPNetwork Network, int Offset)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    readonly bool allowsAll =
        allowsPrivate
        || upstream.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
        || upstream.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellation
    )
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var allowed = Choose(host, await Dns.GetHostAddressesAsync(host, cancellation));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a host that may be connected to; throws where there is none.</summary>
    internal IPAddress[] Choose(string host, IPAddress[] addresses)
    {
        // A host that is not the upstream is the proxy of the operator's environment.
        var isGuarded = !allowsAll && host.Equals(upstream.IdnHost, StringComparison.OrdinalIgnoreCase);
        var allowed = isGuarded ? Array.FindAll(addresses, IsPublic) : addresses;
        return allowed.Length > 0
            ? allowed
            : throw new HttpRequestException(
                addresses.Length == 0
                    ? $"{host} has no address"
                    : $"{host} has the address {addresses[0]}, which is not on the public network; an upstream on a "
                        + "network of one's own takes the setting UpstreamNetwork=any"
            );
    }

    /// <summary>Whether an address is one of the public network.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (var (network, offset) in Carriers)
        {
            if (network.Contains(address))
                return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(offset, 4)));
        }
        return !Private.Any(network => network.Contains(address));
    }
}
