using System.Net;

namespace Berthbook.Cli.Check;

/// <summary>
/// What a line of <c>ports</c> in a compose file publishes: a number of the host, one that is left open, or a fault in
/// words. Exactly one of the three is set.
/// </summary>
/// <param name="Ports">The port number or range of the host.</param>
/// <param name="Transport">The transport protocol.</param>
/// <param name="Open">Why the number is left open.</param>
/// <param name="Fault">What is wrong.</param>
readonly record struct PublishedText(
    PortRange? Ports,
    TransportProtocol Transport,
    string? Open = null,
    string? Fault = null
)
{
    const string NoHostPort =
        "no port number of the host is named, so one is picked when the container starts";

    /// <summary>Reads the short form: <c>[[IP:]HOST:]CONTAINER[/PROTOCOL]</c>.</summary>
    public static PublishedText OfShort(string written)
    {
        var text = Interpolation.Fill(written);
        var slash = text.LastIndexOf('/');
        var (rest, protocol) = slash < 0 ? (text, "tcp") : (text[..slash], text[(slash + 1)..]);
        var (left, container) = SplitLast(rest);
        var (address, host) = left is null ? (null, "") : SplitLast(left);
        if (!IsOpen(container) && !PortRange.TryParse(container, out _))
            return Wrong(
                $"'{Shown(container)}' is no port number of a container: write HOST:CONTAINER, such as 8080:80"
            );
        if (
            address is not null and not ""
            && !IsOpen(address)
            && !IPAddress.TryParse(address.Trim('[', ']'), out _)
        )
            return Wrong($"'{Shown(address)}' is no IP address");
        return OfParts(written, host, protocol);
    }

    /// <summary>Reads the members <c>published</c> and <c>protocol</c> of the long form, null where they are not given.</summary>
    public static PublishedText OfLong(string? published, string? protocol) =>
        OfParts(published ?? "", Interpolation.Fill(published ?? ""), Interpolation.Fill(protocol ?? "tcp"));

    static PublishedText OfParts(string written, string host, string protocol)
    {
        if (IsOpen(protocol) || IsOpen(host))
            return new(null, default, $"'{Shown(written)}' has a variable without a default");
        if (!TransportProtocols.TryParse(protocol.ToLowerInvariant(), out var transport))
            return Wrong($"'{Shown(protocol)}' is no transport protocol here: tcp, udp or sctp");
        if (host is "" or "0")
            return new(null, transport, NoHostPort);
        return PortRange.TryParse(host, out var ports)
            ? new(ports, transport)
            : Wrong(PortRange.FaultOf(host) ?? $"'{Shown(host)}' is no port number");
    }

    static (string? Before, string Last) SplitLast(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon < 0 ? (null, text) : (text[..colon], text[(colon + 1)..]);
    }

    static bool IsOpen(string text) => text.Contains(Interpolation.Unknown, StringComparison.Ordinal);

    static PublishedText Wrong(string words) => new(null, default, null, words);

    static string Shown(string text) => text.Length > 60 ? $"{text[..60]}…" : text;
}
