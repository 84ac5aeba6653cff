namespace Berthbook;

/// <summary>
/// One port number or a range of them as a record holds it: <c>443</c>, <c>6000-6063</c>. A file may also
/// write one number as a range (<c>n-n</c>); that form is kept.
/// </summary>
public readonly record struct PortRange(PortNumber First, PortNumber Last, bool IsWrittenAsRange)
{
    /// <summary>A range of one number.</summary>
    public PortRange(PortNumber port)
        : this(port, port, false) { }

    /// <summary>The range from <paramref name="first"/> to <paramref name="last"/>, which may be equal.</summary>
    public PortRange(int first, int last)
        : this(new((ushort)first), new((ushort)last), first != last)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
    }

    /// <summary>How many port numbers the range holds, 1 to 65536.</summary>
    public int Count => Last.Value - First.Value + 1;

    /// <summary>Whether the range holds one number.</summary>
    public bool IsSingle => First == Last;

    /// <summary>Whether the range holds the port number.</summary>
    public bool Contains(PortNumber port) => port.Value >= First.Value && port.Value <= Last.Value;

    /// <summary>Whether the range holds all of another.</summary>
    public bool Contains(PortRange other) => Contains(other.First) && Contains(other.Last);

    /// <summary>Parses <c>n</c> or <c>first-last</c>, no blanks, not backwards.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PortRange range)
    {
        range = default;
        var hyphen = text.IndexOf('-');
        if (hyphen < 0)
        {
            if (!PortNumber.TryParse(text, out var port))
                return false;
            range = new(port);
            return true;
        }
        if (
            !PortNumber.TryParse(text[..hyphen], out var first)
            || !PortNumber.TryParse(text[(hyphen + 1)..], out var last)
            || first.Value > last.Value
        )
            return false;
        range = new(first, last, true);
        return true;
    }

    /// <summary>Why a text is not a port number or range, in words; null where it is.</summary>
    public static string? FaultOf(string text)
    {
        if (TryParse(text, out _))
            return null;
        if (text.Length > 60)
            return "this is not a port number or range";
        var parts = text.Split('-');
        if (parts.Length > 2)
            return $"'{text}' is not a port number or range";
        foreach (var part in parts)
        {
            if (!PortNumber.TryParse(part, out _))
                return IsDigits(part) && part[0] != '0'
                    ? $"{part} is no port number: they end at 65535"
                    : $"'{text}' is not a port number or range: write 443 or 6000-6063, digits only";
        }
        return $"the range {text} runs backwards";
    }

    /// <summary>The range as the registry writes it.</summary>
    public override string ToString() => IsWrittenAsRange ? $"{First}-{Last}" : First.ToString();

    static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
