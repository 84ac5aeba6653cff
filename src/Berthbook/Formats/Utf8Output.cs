using System.Buffers.Text;
using System.Text;

namespace Berthbook.Formats;

/// <summary>A growing buffer of UTF-8 that the formats write into.</summary>
sealed class Utf8Output(int capacity)
{
    byte[] bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public void Truncate(int length) => Length = length;

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

    public void Add(uint number)
    {
        Utf8Formatter.TryFormat(number, Room(10), out var written);
        Length += written;
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

    Span<byte> Room(int needed)
    {
        if (bytes.Length - Length < needed)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + needed));
        return bytes.AsSpan(Length);
    }
}
