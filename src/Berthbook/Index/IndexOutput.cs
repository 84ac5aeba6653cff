using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Berthbook;

/// <summary>The bytes of a part of an index file, written as <see cref="IndexInput"/> reads them.</summary>
sealed class IndexOutput(SharedTexts? texts)
{
    // The two low bits of the number before a text: what the rest of the number counts.
    public const int Utf8 = 0;
    public const int Pooled = 1;
    public const int Pieces = 2;
    public const int Utf16 = 3;

    // The high bits of the byte before a reference, whose low bits are its type.
    public const int HasText = 16;
    public const int HasPart = 32;
    public const int HasUpdated = 64;
    public const int LargestReference = 127;

    /// <summary>Days are counted from 1990, so that most dates take two bytes: 13 months of 32 days, month and day 0 included.</summary>
    public const uint FirstDay = 1990 * 416;

    readonly List<byte> bytes = [];

    public int Length => bytes.Count;

    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(bytes);

    public void Byte(byte value) => bytes.Add(value);

    public void UInt16(ushort value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(two, value);
        bytes.AddRange(two);
    }

    public void UInt32(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        bytes.AddRange(four);
    }

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)((value & 0x7F) | 0x80));
        bytes.Add((byte)value);
    }

    public void Number(int value) => Number((ulong)value);

    public void Signed(long value) => Number(unchecked((ulong)((value << 1) ^ (value >> 63))));

    /// <summary>Another output behind its length.</summary>
    public void Part(IndexOutput part)
    {
        Number(part.Length);
        Append(part);
    }

    public void Append(IndexOutput part) => bytes.AddRange(part.Bytes);

    public void Clear() => bytes.Clear();

    public void Text(string text)
    {
        var isUtf8 = !HasLoneSurrogate(text);
        var length = isUtf8 ? Encoding.UTF8.GetByteCount(text) : 2 * text.Length;
        if (texts?.PlaceOf(text, length) is { } place)
        {
            Number(((ulong)place << 2) | Pooled);
            return;
        }
        Number(isUtf8 ? (ulong)length << 2 : ((ulong)text.Length << 2) | Utf16);
        if (isUtf8)
            bytes.AddRange(Encoding.UTF8.GetBytes(text));
        else
            foreach (var unit in text)
                UInt16(unit);
    }

    public void OptionalText(string? text)
    {
        if (text is not null)
            Text(text);
    }

    public void RichText(RichText text)
    {
        if (text.Inlines.IsEmpty)
        {
            Text(text.Words);
            return;
        }
        Number(((ulong)text.Inlines.Length << 2) | Pieces);
        foreach (var piece in text.Inlines)
        {
            Byte((byte)piece.Kind);
            if (piece.Kind == InlineKind.Text)
                Text(piece.Text ?? "");
            else if (piece.Kind == InlineKind.Reference)
                Reference(piece.Reference!);
            else if (piece.Kind == InlineKind.Paragraph)
                RichText(piece.Paragraph!);
        }
    }

    public void Reference(Reference reference)
    {
        var hasPart = reference.Part != ReferencePart.Whole || reference.PartName.Length > 0;
        Byte(
            (byte)(
                (int)reference.Type
                | (reference.Text is null ? 0 : HasText)
                | (hasPart ? HasPart : 0)
                | (reference.LastUpdated is null ? 0 : HasUpdated)
            )
        );
        Text(reference.Data);
        OptionalText(reference.Text);
        if (hasPart)
        {
            Byte((byte)reference.Part);
            Text(reference.PartName);
        }
        OptionalText(reference.LastUpdated);
    }

    public void References(ImmutableArray<Reference> references)
    {
        Number(references.Length);
        foreach (var reference in references)
            Reference(reference);
    }

    public void Date(RegistryDate? date)
    {
        if (date is { } known)
            Number(unchecked((uint)(known.Year * 416 + known.Month * 32 + (known.Day ?? 0)) - FirstDay));
    }

    static bool HasLoneSurrogate(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }
        return false;
    }
}
