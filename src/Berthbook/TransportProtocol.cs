namespace Berthbook;

/// <summary>
/// The transport protocols with a port number space each (RFC 6335 section 6, procedures P1). UDP's is shared
/// by UDP-Lite. In the order the registry lists them.
/// </summary>
public enum TransportProtocol : byte
{
    /// <summary>Transmission Control Protocol.</summary>
    Tcp,

    /// <summary>User Datagram Protocol, and UDP-Lite.</summary>
    Udp,

    /// <summary>Stream Control Transmission Protocol.</summary>
    Sctp,

    /// <summary>Datagram Congestion Control Protocol.</summary>
    Dccp,
}

/// <summary>The names of the transport protocols as the registry writes them.</summary>
public static class TransportProtocols
{
    static readonly string[] Names = ["tcp", "udp", "sctp", "dccp"];

    /// <summary>All transport protocols, in the registry's order.</summary>
    public static IReadOnlyList<TransportProtocol> All { get; } =
    [TransportProtocol.Tcp, TransportProtocol.Udp, TransportProtocol.Sctp, TransportProtocol.Dccp];

    /// <summary>The name in lower case, as in the registry: <c>tcp</c>.</summary>
    public static string Name(this TransportProtocol transport) => Names[(int)transport];

    /// <summary>The name in upper case, as in prose: <c>TCP</c>.</summary>
    public static string UpperName(this TransportProtocol transport) => transport.Name().ToUpperInvariant();

    /// <summary>Finds a transport protocol by its exact lower-case name.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TransportProtocol transport)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (!text.SequenceEqual(Names[i]))
                continue;
            transport = (TransportProtocol)i;
            return true;
        }
        transport = default;
        return false;
    }

    /// <summary>Finds a transport protocol by its name, whatever the case: as people type it, and as the DNS compares.</summary>
    public static bool TryParseAnyCase(ReadOnlySpan<char> text, out TransportProtocol transport)
    {
        Span<char> lower = stackalloc char[4];
        transport = default;
        if (text.Length is 0 or > 4)
            return false;
        for (var i = 0; i < text.Length; i++)
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        return TryParse(lower[..text.Length], out transport);
    }
}
