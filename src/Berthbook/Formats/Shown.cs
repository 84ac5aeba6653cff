namespace Berthbook.Formats;

/// <summary>How messages show a text of a file: short, and without characters that could forge a line.</summary>
static class Shown
{
    const int MaxLength = 60;

    public static string Of(ReadOnlySpan<char> text)
    {
        var isCut = text.Length > MaxLength;
        if (isCut)
            text = text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        Span<char> shown = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
            shown[i] = IsSafe(text[i]) ? text[i] : ' ';
        return isCut ? $"{shown}…" : shown.ToString();
    }

    /// <summary>Whether a character neither breaks a line nor steers a terminal.</summary>
    public static bool IsSafe(char c) => !char.IsControl(c) && c is not ('\u2028' or '\u2029');
}
