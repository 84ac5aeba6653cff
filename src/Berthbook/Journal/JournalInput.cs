using System.Collections.Immutable;
using System.Text;

namespace Berthbook.Journal;

/// <summary>
/// Reads the canonical bytes of the journal. A form that no writer of this version makes is damage and throws
/// <see cref="InvalidDataException"/>, which <see cref="Ledger"/> turns into words with the revision's number.
/// </summary>
sealed class JournalInput(ReadOnlyMemory<byte> memory)
{
    int position;

    public bool IsAtEnd => position == memory.Length;

    public int Position => position;

    public byte Byte() => Bytes(1)[0];

    public bool Flag() =>
        Byte() switch
        {
            0 => false,
            1 => true,
            var other => throw new InvalidDataException($"a flag is 0 or 1, not {other}"),
        };

    public long Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return (long)value;
        }
        throw new InvalidDataException("a number is too long");
    }

    /// <summary>A number that fits an int.</summary>
    public int Int() =>
        Number() is var value && value <= int.MaxValue
            ? (int)value
            : throw new InvalidDataException("a number is too large");

    /// <summary>A count of things of at least one byte each.</summary>
    public int Count() =>
        Int() is var count && count <= memory.Length - position
            ? count
            : throw new InvalidDataException("a count is too large");

    public ReadOnlySpan<byte> Bytes(int count) => Memory(count).Span;

    public ReadOnlyMemory<byte> Memory(int count)
    {
        if (count > memory.Length - position)
            throw new InvalidDataException("the bytes end too early");
        var bytes = memory.Slice(position, count);
        position += count;
        return bytes;
    }

    public ReadOnlySpan<byte> TextBytes() => Bytes(Count());

    public string Text() => Encoding.UTF8.GetString(TextBytes());

    public string? OptionalText() => Flag() ? Text() : null;

    public RegistryDate? OptionalDate() =>
        OptionalText() is not { } text ? null
        : RegistryDate.TryParse(text, out var date) ? date
        : throw new InvalidDataException($"'{text}' is no date");

    public Gaps? Gaps() => Flag() ? new(OptionalText(), List(OptionalText)) : null;

    public ImmutableArray<T> List<T>(Func<T> read)
    {
        var count = Count();
        if (count == 0)
            return [];
        var items = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count; i++)
            items.Add(read());
        return items.MoveToImmutable();
    }

    public T Enum<T>(int members)
        where T : struct, Enum
    {
        var value = Byte();
        if (value >= members)
            throw new InvalidDataException($"{value} is no {typeof(T).Name}");
        return System.Runtime.CompilerServices.Unsafe.BitCast<byte, T>(value);
    }
}
