using System.Text.Json;
using Berthbook.Answers;

namespace Berthbook.Server.Api;

/// <summary>
/// The bodies of the answers about port numbers of one snapshot. A few thousand of them are kept ready, each in
/// the one place that its number has; looking one up allocates nothing.
/// </summary>
sealed class PortAnswers(RegistryIndex index)
{
    const int Places = 4096; // some 5 MB of about 1,200 bytes each
    const int AllTransports = 4;

    readonly Body?[] bodies = new Body[Places];

    sealed record Body(int Key, byte[] Bytes);

    /// <summary>The answer about a port number on a transport protocol, or on all of them.</summary>
    public byte[] Of(PortNumber port, TransportProtocol? transport)
    {
        var key = port.Value * 8 + (transport is { } one ? (int)one : AllTransports);
        // 5 keys a number: mixed, so that the numbers asked for most do not share places.
        ref var place = ref bodies[unchecked((uint)key * 2654435769u) >> 20];
        if (Volatile.Read(ref place) is { } known && known.Key == key)
            return known.Bytes;
        var bytes = transport is { } asked
            ? JsonSerializer.SerializeToUtf8Bytes(
                TransportReply.Of(index.Status(port, asked)),
                ApiJson.Default.TransportReply
            )
            : JsonSerializer.SerializeToUtf8Bytes(PortReply.Of(index, port), ApiJson.Default.PortReply);
        Volatile.Write(ref place, new(key, bytes));
        return bytes;
    }
}
