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
            return make(Encoding.UTF8.GetString(text));
        ref var slot = ref slots[Hash(text) >> (32 - bits)];
        if (slot is { } known && Ascii.Equals(text, textOf(known)))
            return known;
        return slot = make(Encoding.UTF8.GetString(text));
    }

    static uint Hash(ReadOnlySpan<byte> text)
    {
        unchecked
        {
            var hash = (ulong)text.Length * 0x9E3779B97F4A7C15;
            while (text.Length >= 8)
            {
                hash =
                    (hash ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(text))
                    * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
                text = text[8..];
            }
            foreach (var b in text)
                hash = (hash ^ b) * 0x100000001B3;
            return (uint)((hash * 0x9E3779B97F4A7C15) >> 32);
        }
    }
}
