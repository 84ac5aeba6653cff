namespace Berthbook;

/// <summary>DCCP service codes, 32 bits, published as a decimal number (RFC 4340 section 8.1.2).</summary>
public static class ServiceCodes
{
    /// <summary>Parses the published form: 0 to 4294967295, digits only, no leading zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out uint code)
    {
        code = 0;
        if (text.Length is 0 or > 10 || (text[0] == '0' && text.Length > 1))
            return false;
        var value = 0UL;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = value * 10 + (uint)(c - '0');
        }
        if (value > uint.MaxValue)
            return false;
        code = (uint)value;
        return true;
    }
}
