using System.Buffers.Binary;
using System.Text;

namespace Berthbook.Formats;

/// <summary>
/// Values that were just made from ASCII bytes, so that texts which repeat (a name for TCP and for UDP, an id, a
/// description) are made once. Direct-mapped: a newer value pushes out an older one, so its size is fixed.
/// </summary>
sealed class ValueCache<T>(Func<T, string> textOf, Func<string, T> make, int bits)
    where T : class
{
    // A longer text seldom repeats and costs more to compare than to make.
    const int MaxLength = 120;

    readonly T?[] slots = new T?[1 << bits];

    /// <summary>The value of a text; <paramref name="text"/> must be plain ASCII or valid UTF-8.</summary>
    public T Of(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxLength)
            return make(Decode(text));
        ref var slot = ref slots[Hash(text) >> (32 - bits)];
        if (slot is { } known && Ascii.Equals(text, textOf(known)))
            return known;
        return slot = make(Decode(text));
    }

    // ASCII, which nearly all texts are, only needs widening.
    static string Decode(ReadOnlySpan<byte> text) =>
        Ascii.IsValid(text) ? Encoding.Latin1.GetString(text) : Encoding.UTF8.GetString(text);

    static uint Hash(ReadOnlySpan<byte> text)
    {
        unchecked
        {
            var hash = (ulong)text.Length * 0x9E3779B97F4A7C15;
            if (text.Length < 8)
            {
                foreach (var b in text)
                    hash = (hash ^ b) * 0x100000001B3;
            }
            else
            {
                // The last block overlaps the one before, so that no length needs a loop over single bytes.
                for (var i = 0; i + 8 < text.Length; i += 8)
                    hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text[i..]));
                hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]));
            }
            return (uint)((hash * 0x9E3779B97F4A7C15) >> 32);
        }
    }

    static ulong Mix(ulong hash)
    {
        hash = unchecked(hash * 0x9E3779B97F4A7C15);
        return hash ^ (hash >> 29);
    }
}
