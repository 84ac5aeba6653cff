using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Berthbook;

/// <summary>
/// A service name of at most 16 ASCII characters as 16 bytes, capital letters made small and nothing else, zeros
/// behind them: two names are equal without case where these are. Every well-formed name fits (RFC 6335 section 5.1).
/// </summary>
static class FoldedName
{
    public const int MaxLength = 16;

    /// <summary>Folds a name; false where it is empty, too long, not ASCII, or holds a zero character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFold(ReadOnlySpan<char> name, out Vector128<byte> folded)
    {
        ref var text = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(name));
        var length = name.Length;
        folded = default;
        if (!BitConverter.IsLittleEndian || unchecked((uint)(length - 1)) >= MaxLength)
            return false;
        Vector128<ushort> first;
        var last = Vector128<ushort>.Zero;
        if (length >= 8)
        {
            first = Vector128.LoadUnsafe(ref text);
            last = Vector128.LoadUnsafe(ref text, (uint)length - 8);
        }
        else if (length >= 4)
        {
            var high = ShiftOut(FourAt(ref text, length - 4), 2 * (8 - length));
            first = Vector128.Create(FourAt(ref text, 0), high).AsUInt16();
        }
        else
        {
            var three =
                text
                | ((ulong)Unsafe.Add(ref text, length / 2) << (16 * (length / 2)))
                | ((ulong)Unsafe.Add(ref text, length - 1) << (16 * (length - 1)));
            first = Vector128.CreateScalar(three).AsUInt16();
        }
        var bytes = Vector128.NarrowWithSaturation(first, last).AsUInt64();
        // The last eight characters overlap the first eight; what stands there twice is shifted out.
        return TryFold(bytes[0], ShiftOut(bytes[1], Math.Min(16 - length, 8)), length, out folded);
    }

    /// <summary>The same for UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFold(ReadOnlySpan<byte> name, out Vector128<byte> folded)
    {
        ref var text = ref MemoryMarshal.GetReference(name);
        var length = name.Length;
        folded = default;
        if (!BitConverter.IsLittleEndian || unchecked((uint)(length - 1)) >= MaxLength)
            return false;
        ulong low;
        var high = 0UL;
        if (length >= 8)
        {
            low = Unsafe.ReadUnaligned<ulong>(ref text);
            high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, length - 8));
            high = ShiftOut(high, 16 - length);
        }
        else if (length >= 4)
        {
            var end = (ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, length - 4));
            low = Unsafe.ReadUnaligned<uint>(ref text) | (end << (8 * (length - 4)));
        }
        else
        {
            low =
                text
                | ((ulong)Unsafe.Add(ref text, length / 2) << (8 * (length / 2)))
                | ((ulong)Unsafe.Add(ref text, length - 1) << (8 * (length - 1)));
        }
        return TryFold(low, high, length, out folded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryFold(ulong low, ulong high, int length, out Vector128<byte> folded)
    {
        var bytes = Vector128.Create(low, high).AsSByte();
        var isCapital =
            Vector128.GreaterThan(bytes, Vector128.Create((sbyte)('A' - 1)))
            & Vector128.LessThan(bytes, Vector128.Create((sbyte)('Z' + 1)));
        folded = (bytes | (isCapital & Vector128.Create((sbyte)0x20))).AsByte();
        // Whole where exactly the first characters are above zero: 128 and more are below it.
        var characters = Vector128.GreaterThan(bytes, Vector128<sbyte>.Zero).ExtractMostSignificantBits();
        return characters == (1u << length) - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong FourAt(ref ushort text, int place) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref text, place)));

    // In two steps, since a shift by all 64 bits is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong ShiftOut(ulong value, int bytes) => value >> (4 * bytes) >> (4 * bytes);
}
