namespace Berthbook.Formats;

/// <summary>
/// Writes numbers, dates and transport protocols as digits and letters into room that the caller made sure of. Each
/// returns where the next one goes on.
/// </summary>
static class PlainValues
{
    public static int Transport(Span<byte> room, int at, TransportProtocol transport)
    {
        foreach (var c in transport.Name())
            room[at++] = (byte)c;
        return at;
    }

    public static int Code(Span<byte> room, int at, uint code)
    {
        code.TryFormat(room[at..], out var length, default, null);
        return at + length;
    }

    public static int Number(Span<byte> room, int at, PortRange range)
    {
        at = Digits(room, at, range.First.Value);
        if (!range.IsWrittenAsRange)
            return at;
        room[at] = (byte)'-';
        return Digits(room, at + 1, range.Last.Value);
    }

    static int Digits(Span<byte> room, int at, uint number)
    {
        unchecked
        {
            if (number >= 10000)
            {
                room[at] = (byte)('0' + number / 10000);
                TwoDigits(room, at + 1, number / 100 % 100);
                TwoDigits(room, at + 3, number % 100);
                return at + 5;
            }
            if (number >= 1000)
            {
                TwoDigits(room, at, number / 100);
                TwoDigits(room, at + 2, number % 100);
                return at + 4;
            }
            if (number >= 100)
                room[at++] = (byte)('0' + number / 100);
            if (number >= 10)
            {
                TwoDigits(room, at, number % 100);
                return at + 2;
            }
            room[at] = (byte)('0' + number);
            return at + 1;
        }
    }

    public static int Date(Span<byte> room, int at, RegistryDate date)
    {
        unchecked
        {
            TwoDigits(room, at, (uint)date.Year / 100);
            TwoDigits(room, at + 2, (uint)date.Year % 100);
            room[at + 4] = (byte)'-';
            TwoDigits(room, at + 5, (uint)date.Month);
            if (date.Day is not { } day)
                return at + 7;
            room[at + 7] = (byte)'-';
            TwoDigits(room, at + 8, (uint)day);
            return at + 10;
        }
    }

    static void TwoDigits(Span<byte> room, int at, uint value)
    {
        unchecked
        {
            room[at] = (byte)('0' + value / 10);
            room[at + 1] = (byte)('0' + value % 10);
        }
    }
}
