using System.Collections.Immutable;
using System.Text;

namespace Berthbook.Journal;

/// <summary>Writes the canonical bytes of the journal (docs/journal-format.md section 2).</summary>
sealed class JournalOutput
{
    byte[] bytes = new byte[4096];
    int length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public byte[] ToArray() => Written.ToArray();

    public void Byte(byte value)
    {
        Room(1);
        bytes[length++] = value;
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Number(long value)
    {
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
            Byte((byte)(rest & 0x7F | 0x80));
        Byte((byte)rest);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Room(value.Length);
        value.CopyTo(bytes.AsSpan(length));
        length += value.Length;
    }

    public void Text(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        Number(size);
        Room(size);
        length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(length));
    }

    /// <summary>A text that may be absent: 0, or 1 and the text.</summary>
    public void Optional(string? text)
    {
        Flag(text is not null);
        if (text is not null)
            Text(text);
    }

    public void Optional(RegistryDate? date) => Optional(date?.ToString());

    public void Gaps(Gaps? gaps)
    {
        Flag(gaps is not null);
        if (gaps is null)
            return;
        Optional(gaps.Before);
        Number(gaps.Inside.Length);
        foreach (var gap in gaps.Inside)
            Optional(gap);
    }

    public void List<T>(ImmutableArray<T> items, Action<T> write)
    {
        Number(items.Length);
        foreach (var item in items)
            write(item);
    }

    void Room(int needed)
    {
        if (bytes.Length - length < needed)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + needed));
    }
}
