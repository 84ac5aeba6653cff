using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;

namespace Berthbook.Formats;

/// <summary>
/// Reads the lines of a services file, strictly. A fault is noted and reading goes on with the next line, so that one
/// run tells them all.
/// </summary>
sealed class ServicesReading(ProblemList faults, ProblemList warnings)
{
    // What services files list besides the registry's transport protocols, on systems of their time.
    static readonly string[] OtherTransports = ["ddp", "divert", "idp", "ipx", "spx", "udplite", "xns"];

    readonly ImmutableArray<ServicesEntry>.Builder entries = ImmutableArray.CreateBuilder<ServicesEntry>();
    int number;

    /// <summary>
    /// Whether a text begins as services files do: with a comment, or with a name, white space, digits and a slash. The
    /// heading of a table does neither.
    /// </summary>
    public static bool IsServices(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'#', ..])
            return true;
        var blank = text.IndexOfAny(" \t\r\n"u8);
        if (blank <= 0 || text[..blank].ContainsAny((byte)',', (byte)'"'))
            return false;
        text = text[blank..].TrimStart(" \t"u8);
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && text[digits] == '/';
    }

    /// <summary>Reads all lines; empty where there is a fault.</summary>
    public ImmutableArray<ServicesEntry> Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("\uFEFF"u8))
            file = file[3..];
        while (!file.IsEmpty)
        {
            number++;
            var end = file.IndexOf((byte)'\n');
            ReadLine((end < 0 ? file : file[..end]).TrimEnd((byte)'\r'));
            file = end < 0 ? [] : file[(end + 1)..];
        }
        if (faults.Count == 0 && entries.Count == 0)
            Fault(0, "no line names a service; a services file has lines such as 'https 443/tcp'");
        return faults.Count == 0 ? entries.DrainToImmutable() : [];
    }

    void ReadLine(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            Fault(LengthOfText(bytes), "the bytes here are not UTF-8");
            return;
        }
        var line = Encoding.UTF8.GetString(bytes);
        var odd = IndexOfControl(line);
        if (odd >= 0)
        {
            Fault(odd, $"the control character U+{(int)line[odd]:X4} has no place in a services file");
            return;
        }
        var sign = line.IndexOf('#', StringComparison.Ordinal);
        var comment = sign < 0 ? "" : line[(sign + 1)..].Trim();
        ReadWords(sign < 0 ? line : line[..sign], comment);
    }

    void ReadWords(string text, string comment)
    {
        var (nameAt, name) = Word(text, 0);
        if (name.Length == 0)
            return;
        var (placeAt, place) = Word(text, nameAt + name.Length);
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            Fault(
                placeAt,
                place.Length == 0
                    ? $"'{Shown.Of(name)}' stands alone; write 'name port/transport'"
                    : $"'{Shown.Of(place)}' is not port/transport, such as 443/tcp"
            );
            return;
        }
        if (!PortNumber.TryParse(place.AsSpan(0, slash), out var port))
        {
            Fault(placeAt, FaultOfPort(place[..slash]));
            return;
        }
        var protocol = place[(slash + 1)..];
        if (!TransportProtocols.TryParse(protocol, out var transport))
        {
            TellOther(placeAt + slash + 1, name, protocol);
            return;
        }
        if (entries.Count == ReadLimits.MaxElements)
            Fault(0, $"the file names more than {ReadLimits.MaxElements:N0} services");
        else if (entries.Count < ReadLimits.MaxElements)
            entries.Add(
                new(number, nameAt + 1, name, port, transport, Aliases(text, placeAt + place.Length), comment)
            );
    }

    static ImmutableArray<string> Aliases(string text, int at)
    {
        var aliases = ImmutableArray.CreateBuilder<string>(0);
        for (
            var (start, word) = Word(text, at);
            word.Length > 0;
            (start, word) = Word(text, start + word.Length)
        )
            aliases.Add(word);
        return aliases.DrainToImmutable();
    }

    void TellOther(int at, string name, string protocol)
    {
        if (OtherTransports.Contains(protocol, StringComparer.OrdinalIgnoreCase))
            warnings.Add(
                new(
                    number,
                    at + 1,
                    "",
                    $"'{Shown.Of(name)}' is left out: the registry has no port numbers of {protocol}"
                )
            );
        else
            Fault(at, $"'{Shown.Of(protocol)}' is no transport protocol here: tcp, udp, sctp or dccp");
    }

    static string FaultOfPort(string port) =>
        port.Contains('-', StringComparison.Ordinal) && PortRange.TryParse(port, out _)
            ? $"'{port}' is a range; a services file has a line for each port number"
            : PortRange.FaultOf(port) ?? $"'{Shown.Of(port)}' is not a port number";

    // The first word at or after a place, and where it stands.
    static (int Start, string Word) Word(string text, int from)
    {
        var start = from;
        while (start < text.Length && Cells.IsBlank(text[start]))
            start++;
        var end = start;
        while (end < text.Length && !Cells.IsBlank(text[end]))
            end++;
        return (start, text[start..end]);
    }

    static int IndexOfControl(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is not ('\t' or '\f') && !Shown.IsSafe(line[i]))
                return i;
        }
        return -1;
    }

    // How many characters stand before the first bytes that are none.
    static int LengthOfText(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var taken) == System.Buffers.OperationStatus.Done)
        {
            length += rune.Utf16SequenceLength;
            bytes = bytes[taken..];
        }
        return length;
    }

    void Fault(int at, string message) => faults.Add(new(number, at + 1, "", message));
}
