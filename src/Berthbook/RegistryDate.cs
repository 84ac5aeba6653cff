using System.Globalization;

namespace Berthbook;

/// <summary>
/// A date of the registry, known to the day or to the month: <c>2025-10-16</c> or <c>2003-07</c>. A month stays a
/// month. Years 1 to 9999. <c>default</c> means "none yet".
/// </summary>
public readonly record struct RegistryDate : IComparable<RegistryDate>
{
    readonly int packed; // year, month, day as digits; day 0 when only the month is known

    RegistryDate(int year, int month, int day) => packed = year * 10000 + month * 100 + day;

    /// <summary>The date of a day.</summary>
    public RegistryDate(DateOnly day)
        : this(day.Year, day.Month, day.Day) { }

    /// <summary>The year.</summary>
    public int Year => packed / 10000;

    /// <summary>The month, 1 to 12.</summary>
    public int Month => packed / 100 % 100;

    /// <summary>The day of the month, or null where only the month is known.</summary>
    public int? Day => packed % 100 is var day && day == 0 ? null : day;

    /// <summary>The first day the date can mean.</summary>
    public DateOnly FirstDay => new(Year, Month, Day ?? 1);

    /// <summary>Parses <c>yyyy-mm-dd</c> or <c>yyyy-mm</c>, ASCII digits only, a day that exists.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RegistryDate date)
    {
        date = default;
        if (text.Length is not (7 or 10) || text[4] != '-' || (text.Length == 10 && text[7] != '-'))
            return false;
        if (
            !TryDigits(text[..4], out var year)
            || !TryDigits(text[5..7], out var month)
            || year == 0
            || month is 0 or > 12
        )
            return false;
        var day = 0;
        if (
            text.Length == 10
            && (!TryDigits(text[8..], out day) || day == 0 || day > DateTime.DaysInMonth(year, month))
        )
            return false;
        date = new(year, month, day);
        return true;
    }

    /// <summary>A date from its parts, day 0 where only the month is known; all 0 is none yet. False where no such day exists.</summary>
    internal static bool TryCreate(int year, int month, int day, out RegistryDate date)
    {
        date = default;
        if (year == 0 && month == 0 && day == 0)
            return true;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new(year, month, day);
        return true;
    }

    /// <summary>Chronological; a month comes before the days in it.</summary>
    public int CompareTo(RegistryDate other) => packed.CompareTo(other.packed);

    /// <summary>Whether this date is certainly before another: a month is not before a day in it.</summary>
    public bool IsBefore(RegistryDate other) =>
        Day is null || other.Day is null
            ? (Year, Month).CompareTo((other.Year, other.Month)) < 0
            : packed < other.packed;

    /// <summary>The date as the registry writes it.</summary>
    public override string ToString() =>
        Day is { } day
            ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{day:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");

    static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}
