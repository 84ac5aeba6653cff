using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Berthbook.Formats;

/// <summary>A growing buffer of UTF-8 that the formats write into. Its memory is lent and given back by <see cref="Take"/>.</summary>
sealed class Utf8Output(int capacity) : IBufferWriter<byte>
{
    byte[] bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>What was written; nothing can be written after it.</summary>
    public byte[] Take()
    {
        var written = GC.AllocateUninitializedArray<byte>(Length);
        Written.CopyTo(written);
        Return();
        return written;
    }

    /// <summary>Writes what was written to a stream; nothing can be written after it.</summary>
    public void MoveTo(Stream stream)
    {
        stream.Write(Written);
        Return();
    }

    public void Truncate(int length) => Length = length;

    public void Advance(int count) => Length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Room(Math.Max(sizeHint, 256));
        return bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Room(Math.Max(sizeHint, 256));

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
    }

    public void Add(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Add(ReadOnlySpan<char> text)
    {
        // A UTF-16 unit takes at most three bytes.
        Length += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));
    }

    public void Add(string text) => Add(text.AsSpan());

    public void AddBlanks(int count)
    {
        Room(count)[..count].Fill((byte)' ');
        Length += count;
    }

    public void Add(uint number)
    {
        Utf8Formatter.TryFormat(number, Room(10), out var written);
        Length += written;
    }

    public void Add(TransportProtocol transport) =>
        Add(
            transport switch
            {
                TransportProtocol.Tcp => "tcp"u8,
                TransportProtocol.Udp => "udp"u8,
                TransportProtocol.Sctp => "sctp"u8,
                _ => "dccp"u8,
            }
        );

    public void Add(PortRange range)
    {
        Add((uint)range.First.Value);
        if (!range.IsWrittenAsRange)
            return;
        Add((byte)'-');
        Add((uint)range.Last.Value);
    }

    /// <summary>A date as the registry writes it, known to the day or to the month.</summary>
    public void Add(RegistryDate date)
    {
        var room = Room(10);
        AddDigits(room, date.Year, 4);
        room[4] = (byte)'-';
        AddDigits(room[5..], date.Month, 2);
        Length += 7;
        if (date.Day is not { } day)
            return;
        room[7] = (byte)'-';
        AddDigits(room[8..], day, 2);
        Length += 3;
    }

    /// <summary>Text with the three escapes of IANA's XML: <c>&amp;amp; &amp;lt; &amp;gt;</c> (formats.md 3.1).</summary>
    public void AddEscaped(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var special = text.IndexOfAny('&', '<', '>');
            if (special < 0)
                break;
            Add(text[..special]);
            Add(
                text[special] switch
                {
                    '&' => "&amp;"u8,
                    '<' => "&lt;"u8,
                    _ => "&gt;"u8,
                }
            );
            text = text[(special + 1)..];
        }
        Add(text);
    }

    /// <summary>The inside of an attribute in double quotes.</summary>
    public void AddAttribute(string text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOf('"') is >= 0 and var quote)
        {
            AddEscaped(rest[..quote]);
            Add("&quot;"u8);
            rest = rest[(quote + 1)..];
        }
        AddEscaped(rest);
    }

    static void AddDigits(Span<byte> room, int value, int digits)
    {
        for (var i = digits - 1; i >= 0; i--, value /= 10)
            room[i] = (byte)('0' + value % 10);
    }

    /// <summary>Room for at least so many bytes behind what is written. <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Room(int needed)
    {
        if (bytes.Length - Length < needed)
            Grow(needed);
        return bytes.AsSpan(Length);
    }

    void Return()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        (bytes, Length) = ([], 0);
    }

    void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, Length + needed));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
