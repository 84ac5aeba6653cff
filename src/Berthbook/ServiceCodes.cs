using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Berthbook;

/// <summary>DCCP service codes, 32 bits, published as a decimal number (RFC 4340 section 8.1.2).</summary>
public static class ServiceCodes
{
    const string AsText = "SC:";
    const string AsNumber = "SC=";
    const int Characters = 4;

    /// <summary>The code that means none; it is reserved (RFC 5595 section 2.7).</summary>
    public const uint Absent = 0;

    /// <summary>The code that is never valid; it is reserved (RFC 5595 section 2.7).</summary>
    public const uint Invalid = uint.MaxValue;

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

    /// <summary>
    /// Parses a code as requests write it (RFC 4340 section 8.1.2): <c>1145656131</c>, <c>SC=1145656131</c>,
    /// <c>SC=x44495343</c>, <c>SC:DISC</c>. Text has 1 to 4 characters and is padded with blanks; the first is the highest byte.
    /// </summary>
    /// <param name="text">What a person wrote.</param>
    /// <param name="code">The code.</param>
    /// <param name="fault">Why it is none, in words; null where it is.</param>
    public static bool TryParse(string text, out uint code, [NotNullWhen(false)] out SyntaxFault? fault)
    {
        fault = null;
        if (text.StartsWith(AsText, StringComparison.OrdinalIgnoreCase))
            return TryReadText(text.AsSpan(AsText.Length), out code, out fault);
        var number = text.StartsWith(AsNumber, StringComparison.OrdinalIgnoreCase)
            ? text.AsSpan(AsNumber.Length)
            : text;
        var isRead =
            number.Length > 1 && number.Length != text.Length && number[0] is 'x' or 'X'
                ? uint.TryParse(
                    number[1..],
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out code
                )
                : TryParse(number, out code);
        if (!isRead)
            fault = new(
                "A service code is written SC:text with 1 to 4 characters, SC=number, SC=xHEX, or as a number up to 4294967295"
            );
        return isRead;
    }

    /// <summary>Whether the code is for private use, 1056964608 to 1073741823: its first character is ? (RFC 4340 section 8.1.2).</summary>
    public static bool IsPrivate(uint code) => code >> 24 == '?';

    /// <summary>Whether the code is reserved: 0 and 4294967295 (RFC 5595 section 2.7).</summary>
    public static bool IsReserved(uint code) => code is Absent or Invalid;

    /// <summary>
    /// Whether the code needs a specification: its four bytes are capital letters, digits, blanks and <c>-./</c> alone (RFC
    /// 4340 sections 8.1.2 and 19.8).
    /// </summary>
    public static bool NeedsSpecification(uint code)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            if ((byte)(code >> shift & 0xFF) is not (32 or >= 45 and <= 57 or >= 65 and <= 90))
                return false;
        }
        return true;
    }

    static bool TryReadText(
        ReadOnlySpan<char> text,
        out uint code,
        [NotNullWhen(false)] out SyntaxFault? fault
    )
    {
        code = 0;
        fault = text.Length is 0 or > Characters
            ? new($"A service code written SC: has 1 to {Characters} characters; this one has {text.Length}")
            : null;
        for (var i = 0; i < Characters && fault is null; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (!IsOfText(c))
                fault = new(
                    "A service code written SC: has ASCII letters, digits, blanks and *+-./?@_ only (RFC 4340 section 8.1.2)"
                );
            code = code << 8 | (byte)(c & 0xFF);
        }
        return fault is null;
    }

    static bool IsOfText(char c) => char.IsAsciiLetterOrDigit(c) || " *+-./?@_".Contains(c);
}
