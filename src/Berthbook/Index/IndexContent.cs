using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using static Berthbook.IndexLayout;

namespace Berthbook;

/// <summary>The checked bytes of an index file by section, and the texts that its parts share.</summary>
sealed class IndexContent : IDisposable
{
    readonly CheckedBlocks blocks;
    readonly (int Start, int Length)[] sections = new (int, int)[Sections];
    Dictionary<int, string>? texts;

    public IndexContent(SafeFileHandle file)
    {
        blocks = new(file);
        var header = blocks.Header;
        for (var i = 0; i < Sections; i++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(header[(SectionsAt + 8 * i)..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(header[(SectionsAt + 8 * i + 4)..]);
            if (start < blocks.Start || (long)start + length > blocks.Length)
                throw CheckedBlocks.Malformed("a section lies outside of it");
            sections[i] = ((int)start, (int)length);
        }
        RecordCount = CountAt(RecordCountAt, IndexSection.Records);
        ContactCount = CountAt(ContactCountAt, IndexSection.Contacts);
    }

    public int RecordCount { get; }

    public int ContactCount { get; }

    /// <summary>What stands in the header behind the fixed part: where the registry comes from.</summary>
    public IndexInput Source => new(this, FixedLength, blocks.HeaderEnd);

    public int LengthOf(IndexSection section) => sections[(int)section].Length;

    /// <summary>A section from a place within it.</summary>
    public IndexInput Open(IndexSection section, long place = 0)
    {
        var (start, length) = sections[(int)section];
        return place >= 0 && place <= length
            ? new(this, start + (int)place, start + length)
            : throw CheckedBlocks.Malformed("it speaks of a place outside of a section");
    }

    /// <summary>A record or contact: of every sixteenth the place is known, and the others follow it.</summary>
    public IndexInput OpenOne(IndexSection groups, IndexSection section, int number)
    {
        var group = Open(groups, 4L * (number / GroupSize)).UInt32();
        var input = Open(section, group);
        for (var i = number % GroupSize; i > 0; i--)
            input.Part(input.Count());
        return input.Part(input.Count());
    }

    /// <summary>From now on each shared text is one string: for who reads everything.</summary>
    public void ShareTexts() => texts ??= [];

    /// <summary>A text that several parts share.</summary>
    public string Text(int place)
    {
        if (texts is not null && texts.TryGetValue(place, out var known))
            return known;
        var text = Open(IndexSection.Texts, place).SharedText();
        texts?.Add(place, text);
        return text;
    }

    /// <summary>Bytes, checked when they are first asked for.</summary>
    public ReadOnlySpan<byte> Span(int start, int length) =>
        start < blocks.Start ? blocks.Header.Slice(start, length) : blocks.Span(start, length);

    /// <summary>Reads and checks what was not read yet.</summary>
    public void CheckAll() => blocks.ReadAll();

    public void Dispose() => blocks.Dispose();

    // Each takes at least a byte, so that no count asks for more memory than the file has bytes.
    int CountAt(int place, IndexSection section)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(blocks.Header[place..]);
        return count <= LengthOf(section)
            ? (int)count
            : throw CheckedBlocks.Malformed("it has more records or contacts than room for them");
    }
}
