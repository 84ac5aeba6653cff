using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace Berthbook.Cli.Host;

/// <summary>A line of the kernel's socket tables, of a socket that waits for others.</summary>
/// <param name="Address">The address it is bound to.</param>
/// <param name="Port">The port number it is bound to.</param>
/// <param name="Inode">The number by which processes hold it; 0 where it is the kernel's own.</param>
readonly record struct SocketLine(IPAddress Address, PortNumber Port, long Inode);

/// <summary>
/// Reads the text of the kernel's socket tables (<c>/proc/net/tcp</c> and its siblings; proc_net_tcp(5)). Lines that are
/// none, such as the heading, are passed over.
/// </summary>
static class SocketTable
{
    const int Listening = 0x0A;

    // What an unconnected UDP socket says (TCP_CLOSE).
    const int Unconnected = 0x07;

    /// <summary>The sockets of <c>tcp</c> or <c>tcp6</c> that listen.</summary>
    public static IEnumerable<SocketLine> OfTcp(IEnumerable<string> lines) => Of(lines, Listening);

    /// <summary>The sockets of <c>udp</c> or <c>udp6</c> that are connected to nobody.</summary>
    public static IEnumerable<SocketLine> OfUdp(IEnumerable<string> lines) => Of(lines, Unconnected);

    /// <summary>The endpoints of <c>sctp/eps</c> that listen, once for each address they are bound to.</summary>
    public static IEnumerable<SocketLine> OfSctp(IEnumerable<string> lines)
    {
        // ENDPT SOCK STY SST HBKT LPORT UID INODE LADDRS
        foreach (var line in lines)
        {
            var words = WordsOf(line);
            if (
                words.Length < 9
                || words[3] != "10"
                || !PortNumber.TryParse(words[5], out var port)
                || !long.TryParse(words[7], CultureInfo.InvariantCulture, out var inode)
            )
                continue;
            foreach (var word in words.Skip(8))
            {
                if (IPAddress.TryParse(word, out var address))
                    yield return new(address, port, inode);
            }
        }
    }

    static IEnumerable<SocketLine> Of(IEnumerable<string> lines, int state)
    {
        // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
        foreach (var line in lines)
        {
            var words = WordsOf(line);
            if (
                words.Length >= 10
                && TryParseHex(words[3], out var own)
                && own == state
                && words[1].Split(':') is [var hex, var number]
                && TryParseAddress(hex, out var address)
                && TryParseHex(number, out var port)
                && port < PortNumber.Count
                && long.TryParse(words[9], CultureInfo.InvariantCulture, out var inode)
            )
                yield return new(address, new((ushort)port), inode);
        }
    }

    static string[] WordsOf(string line) =>
        line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    // The kernel writes an address as words of 32 bits, each as the machine reads it.
    static bool TryParseAddress(string hex, out IPAddress address)
    {
        address = IPAddress.None;
        if (hex.Length is not (8 or 32))
            return false;
        Span<byte> bytes = stackalloc byte[hex.Length / 2];
        for (var i = 0; i < bytes.Length; i += 4)
        {
            if (!TryParseHex(hex.AsSpan(2 * i, 8), out var word))
                return false;
            MemoryMarshal.Write(bytes[i..], in word);
        }
        address = new(bytes);
        return true;
    }

    static bool TryParseHex(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
