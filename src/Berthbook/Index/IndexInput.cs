using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Berthbook;

/// <summary>
/// Reads one part of an index file, from a place to an end that it never passes. Whatever the bytes say is checked
/// before it is used.
/// </summary>
struct IndexInput(IndexContent content, int at, int end)
{
    // Deeper than any registry nests paragraphs, and far from where the stack ends.
    const int DeepestText = 64;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => end - at;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A number in groups of seven bits, the lowest first; the eighth bit says that more follow.</summary>
    public ulong Number()
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var one = Byte();
            number |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
                return number;
        }
        throw Malformed("a number does not end");
    }

    /// <summary>A number that is at most a limit; below zero nothing is.</summary>
    public int Number(int limit, string what)
    {
        var number = Number();
        return limit >= 0 && number <= (ulong)limit
            ? (int)number
            : throw Malformed($"{number} is too many for {what}");
    }

    /// <summary>A number of things that follow, each of at least one byte.</summary>
    public int Count() => Number(Left, "what follows");

    /// <summary>A number that may be negative, the small ones short.</summary>
    public long Signed()
    {
        var number = Number();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    /// <summary>The next bytes as a part of their own.</summary>
    public IndexInput Part(int length)
    {
        if ((uint)length > (uint)Left)
            throw Malformed("a part is longer than what holds it");
        var part = new IndexInput(content, at, at + length);
        at += length;
        return part;
    }

    public string Text() => Text(Number());

    /// <summary>A text of the section of shared texts, which shares nothing itself.</summary>
    public string SharedText()
    {
        var head = Number();
        return (head & 3) != IndexOutput.Pooled ? Text(head) : throw Malformed("a shared text is shared");
    }

    public string? OptionalText(bool isThere) => isThere ? Text() : null;

    public RichText RichText(int depth = 0)
    {
        var head = Number();
        if ((head & 3) != IndexOutput.Pieces)
            return new(Text(head));
        if (head >> 2 > (ulong)Left || depth == DeepestText)
            throw Malformed("a text has too many pieces");
        var pieces = ImmutableArray.CreateBuilder<Inline>((int)(head >> 2));
        for (var i = 0; i < pieces.Capacity; i++)
            pieces.Add(Piece(depth));
        return new(pieces.MoveToImmutable());
    }

    public Reference Reference()
    {
        var head = Byte();
        var type = (ReferenceType)(head & 15);
        if (type > ReferenceType.Unicode || head > IndexOutput.LargestReference)
            throw Malformed("a reference is of an unknown type");
        var data = Text();
        var text = OptionalText((head & IndexOutput.HasText) != 0);
        if ((head & ~15 & ~IndexOutput.HasText) == 0)
            return new(type, data, text);
        var part = ReferencePart.Whole;
        var partName = "";
        if ((head & IndexOutput.HasPart) != 0)
        {
            part = (ReferencePart)Byte();
            if (part > ReferencePart.Anchor)
                throw Malformed("a reference names an unknown part");
            partName = Text();
        }
        return new(type, data, text, part, partName, OptionalText((head & IndexOutput.HasUpdated) != 0));
    }

    public ImmutableArray<Reference> References()
    {
        var references = ImmutableArray.CreateBuilder<Reference>(Count());
        for (var i = 0; i < references.Capacity; i++)
            references.Add(Reference());
        return references.MoveToImmutable();
    }

    public RegistryDate Date()
    {
        var days = unchecked((uint)Number() + IndexOutput.FirstDay);
        return RegistryDate.TryCreate(
            (int)(days / 416),
            (int)(days / 32 % 13),
            (int)(days % 32),
            out var date
        )
            ? date
            : throw Malformed("a date does not exist");
    }

    public RegistryDate? OptionalDate(bool isThere) => isThere ? Date() : null;

    static IndexFileException Malformed(string what) => CheckedBlocks.Malformed(what);

    Inline Piece(int depth)
    {
        var kind = (InlineKind)Byte();
        return kind switch
        {
            InlineKind.Text => new(kind, Text()),
            InlineKind.Break => new(kind),
            InlineKind.Reference => new(kind, Reference: Reference()),
            InlineKind.Paragraph => new(kind, Paragraph: RichText(depth + 1)),
            _ => throw Malformed("a text has a piece of an unknown kind"),
        };
    }

    string Text(ulong head)
    {
        var size = head >> 2;
        if (size > int.MaxValue / 2)
            throw Malformed("a text is too long");
        return (head & 3) switch
        {
            IndexOutput.Utf8 => Encoding.UTF8.GetString(Take((int)size)),
            IndexOutput.Utf16 => Characters(Take(2 * (int)size)),
            IndexOutput.Pooled => content.Text((int)size),
            _ => throw Malformed("a text is no text"),
        };
    }

    // A text with half a character, which no encoding of .NET lets pass.
    static string Characters(ReadOnlySpan<byte> units)
    {
        var text = new char[units.Length / 2];
        for (var i = 0; i < text.Length; i++)
            text[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(units[(2 * i)..]);
        return new(text);
    }

    ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)Left)
            throw Malformed("something ends too early");
        var span = content.Span(at, length);
        at += length;
        return span;
    }
}
