using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Berthbook.Formats;

/// <summary>Which ASCII characters a format cannot print as they are, beside the controls.</summary>
interface IOddCharacters
{
    static abstract Vector128<byte> Find(Vector128<byte> block);

    static abstract bool Has(char c);
}

/// <summary>Comma and double quote: what makes a CSV cell be quoted.</summary>
readonly struct OddInCsv : IOddCharacters
{
    public static Vector128<byte> Find(Vector128<byte> block) =>
        Vector128.Equals(block, Vector128.Create((byte)','))
        | Vector128.Equals(block, Vector128.Create((byte)'"'));

    public static bool Has(char c) => c is ',' or '"';
}

/// <summary>Ampersand and angle brackets: what XML escapes in text.</summary>
readonly struct OddInXml : IOddCharacters
{
    public static Vector128<byte> Find(Vector128<byte> block) =>
        Vector128.Equals(block, Vector128.Create((byte)'&'))
        | Vector128.Equals(block, Vector128.Create((byte)'<'))
        | Vector128.Equals(block, Vector128.Create((byte)'>'));

    public static bool Has(char c) => c is '&' or '<' or '>';
}

/// <summary>
/// Copies text that a format prints as it is: ASCII without controls and the format's odd characters. It is checked
/// while it is copied, many characters at once.
/// </summary>
static class PlainText
{
    /// <summary>
    /// Copies a text; false where it has another character, and then the room holds nothing of use. The room must
    /// be as long as the text.
    /// </summary>
    public static bool TryCopy<TOdd>(ReadOnlySpan<char> text, Span<byte> room)
        where TOdd : struct, IOddCharacters
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(room.Length, text.Length);
        // The first and the last block of a text overlap, so that no length needs a loop over single characters.
        var length = (nuint)text.Length;
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var to = ref MemoryMarshal.GetReference(room);
        if (length >= 16)
        {
            var odd = Copy16<TOdd>(ref from, ref to, length - 16);
            for (nuint i = 0; i + 16 < length; i += 16)
                odd |= Copy16<TOdd>(ref from, ref to, i);
            return odd == Vector128<byte>.Zero;
        }
        if (length >= 8)
        {
            var block = Vector128.NarrowWithSaturation(
                Vector128.LoadUnsafe(ref from),
                Vector128.LoadUnsafe(ref from, length - 8)
            );
            var halves = block.AsUInt64();
            Unsafe.WriteUnaligned(ref to, halves.ToScalar());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 8), halves.GetElement(1));
            return Odd<TOdd>(block) == Vector128<byte>.Zero;
        }
        if (length >= 4)
        {
            var block = Vector128.Create(Load4(ref from, 0), Load4(ref from, length - 4)).AsUInt16();
            var bytes = Vector128.NarrowWithSaturation(block, block);
            var halves = bytes.AsUInt32();
            Unsafe.WriteUnaligned(ref to, halves.ToScalar());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 4), halves.GetElement(1));
            return Odd<TOdd>(bytes) == Vector128<byte>.Zero;
        }
        for (nuint i = 0; i < length; i++)
        {
            var c = Unsafe.Add(ref from, i);
            if (c is < ' ' or > '~' || TOdd.Has((char)c))
                return false;
            Unsafe.Add(ref to, i) = (byte)c;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Copy16<TOdd>(ref ushort from, ref byte to, nuint start)
        where TOdd : struct, IOddCharacters
    {
        var block = Vector128.NarrowWithSaturation(
            Vector128.LoadUnsafe(ref from, start),
            Vector128.LoadUnsafe(ref from, start + 8)
        );
        block.StoreUnsafe(ref to, start);
        return Odd<TOdd>(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Load4(ref ushort from, nuint start) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref from, start)));

    // Controls and, being negative as signed bytes, all that is not ASCII; then the format's own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Odd<TOdd>(Vector128<byte> block)
        where TOdd : struct, IOddCharacters =>
        Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | TOdd.Find(block);
}
