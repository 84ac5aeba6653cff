namespace Berthbook;

/// <summary>A port number, 0 to 65535 (RFC 6335 section 6). Written in decimal without leading zeros.</summary>
public readonly record struct PortNumber(ushort Value) : IComparable<PortNumber>, ISpanParsable<PortNumber>
{
    /// <summary>How many port numbers a transport has.</summary>
    public const int Count = 65536;

    /// <summary>The first Dynamic port (RFC 6335 section 6).</summary>
    public const int FirstDynamic = 49152;

    /// <summary>The first User port (RFC 6335 section 6).</summary>
    public const int FirstUser = 1024;

    /// <summary>The range the number lies in.</summary>
    public PortClass Class =>
        Value switch
        {
            < FirstUser => PortClass.System,
            < FirstDynamic => PortClass.User,
            _ => PortClass.Dynamic,
        };

    /// <summary>Whether the number is at the edge of a range, which RFC 6335 section 6 reserves.</summary>
    public bool IsReservedEdge => Value is 0 or 1023 or 1024 or 49151;

    /// <summary>Whether the number is exp1's or exp2's, kept for experiments (RFC 6335 section 10.2, procedures P11).</summary>
    public bool IsExperimental => Value is 1021 or 1022;

    /// <summary>Parses 0 to 65535: ASCII digits only, no sign, no blank, no leading zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PortNumber port)
    {
        port = default;
        if (text.Length is 0 or > 5 || (text[0] == '0' && text.Length > 1))
            return false;
        var value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = value * 10 + (c - '0');
        }
        if (value >= Count)
            return false;
        port = new((ushort)value);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out PortNumber result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out PortNumber result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static PortNumber Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, out var port) ? port : throw new FormatException($"'{s}' is not a port number");

    /// <inheritdoc/>
    public static PortNumber Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public int CompareTo(PortNumber other) => Value.CompareTo(other.Value);

    /// <summary>The number in decimal. Digits are the same in every culture, so none is set up for them.</summary>
    public override string ToString() => Value.ToString((IFormatProvider?)null);
}

/// <summary>The three ranges of port numbers (RFC 6335 section 6).</summary>
public enum PortClass
{
    /// <summary>0 to 1023.</summary>
    System,

    /// <summary>1024 to 49151.</summary>
    User,

    /// <summary>49152 to 65535: never assigned.</summary>
    Dynamic,
}
