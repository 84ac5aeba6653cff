using System.Text;

namespace Berthbook;

/// <summary>How white space is treated in a cell of the published table (formats.md 1.4). ASCII white space only.</summary>
static class Cells
{
    public static bool IsBlank(char c) => c is ' ' or (>= '\t' and <= '\r');

    /// <summary>Trims, and joins a line feed that has white space on both sides to one blank.</summary>
    public static string Tidy(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsBlank(text[start]))
            start++;
        while (end > start && IsBlank(text[end - 1]))
            end--;
        var span = text.AsSpan(start, end - start);
        if (span.IndexOf('\n') < 0)
            return span.Length == text.Length ? text : span.ToString();
        var builder = new StringBuilder(span.Length);
        for (var i = 0; i < span.Length; i++)
        {
            var joins =
                IsBlank(span[i]) && i + 2 < span.Length && span[i + 1] == '\n' && IsBlank(span[i + 2]);
            if (!joins)
            {
                builder.Append(span[i]);
                continue;
            }
            builder.Append(' ');
            i += 2;
            while (i + 1 < span.Length && IsBlank(span[i + 1]))
                i++;
        }
        return builder.ToString();
    }

    /// <summary>Every run of white space becomes one blank, edges are trimmed.</summary>
    public static string Fold(string text)
    {
        if (IsFolded(text))
            return text;
        var builder = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!IsBlank(c))
                builder.Append(c);
            else if (builder.Length > 0 && builder[^1] != ' ')
                builder.Append(' ');
        }
        if (builder.Length > 0 && builder[^1] == ' ')
            builder.Length--;
        return builder.ToString();
    }

    static bool IsFolded(ReadOnlySpan<char> text) =>
        text.IsEmpty
        || (
            text[0] != ' '
            && text[^1] != ' '
            && text.IndexOfAnyInRange('\t', '\r') < 0
            && text.IndexOf("  ", StringComparison.Ordinal) < 0
        );
}
