using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Berthbook.Server.Hosting;

/// <summary>
/// Bounds the connections of one client (reliability.md T19): an IPv4 address, or the 64 bits that name an IPv6
/// network, since one client has all addresses of its network. One too many is closed at once.
/// </summary>
sealed class AddressLimit(int most)
{
    readonly ConcurrentDictionary<UInt128, int> open = new();

    public ConnectionDelegate Before(ConnectionDelegate next) =>
        async connection =>
        {
            if (connection.RemoteEndPoint is not IPEndPoint { Address: var address })
            {
                await next(connection);
                return;
            }
            var client = ClientOf(address);
            if (open.AddOrUpdate(client, 1, (_, count) => count + 1) <= most)
            {
                try
                {
                    await next(connection);
                }
                finally
                {
                    Leave(client);
                }
                return;
            }
            Leave(client);
            connection.Abort(new ConnectionAbortedException("Too many connections from one address"));
        };

    /// <summary>What counts as one client.</summary>
    internal static UInt128 ClientOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var written))
            return 0;
        return address.AddressFamily == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes[..written])
            : (UInt128)BinaryPrimitives.ReadUInt64BigEndian(bytes) << 64;
    }

    void Leave(UInt128 client)
    {
        while (true)
        {
            var count = open[client];
            if (count == 1 ? open.TryRemove(new(client, 1)) : open.TryUpdate(client, count - 1, count))
                return;
        }
    }
}
