using System.Text.RegularExpressions;

namespace Berthbook;

/// <summary>Cuts the list of a note's TXT keys into one piece a key.</summary>
static partial class TxtPieces
{
    /// <summary>
    /// The pieces between commas, semicolons, and before each <c>key=</c>, as far as none of them stands inside
    /// brackets or quotes. Where there is none of these, the pieces between line feeds or blanks.
    /// </summary>
    public static List<string> Split(string body)
    {
        var text = Link.Replace(Bullet.Replace(body, "$1"), "").Trim().TrimEnd('.', ';');
        var pieces = Cut(text);
        if (pieces is not [var only] || only.Contains('=', StringComparison.Ordinal))
            return pieces;
        var lines = only.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > 1)
            return [.. lines];
        if (Joined.Split(only) is { Length: > 1 } joined)
            return [.. joined];
        return Words.IsMatch(only) && !Prose.IsMatch(only) ? [.. only.Split(' ')] : pieces;
    }

    static List<string> Cut(string text)
    {
        var pieces = new List<string>();
        var starts = Assignment
            .Matches(text)
            .ToDictionary(
                match => match.Index + match.Groups["gap"].Length,
                match => match.Groups["gap"].ValueSpan.Contains('\n')
            );
        var (start, depth, isQuoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                isQuoted = false;
            else if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (isQuoted)
                continue;
            else if (text[i] is '<' or '(' or '[' or '{')
                depth++;
            else if (text[i] is '>' or ')' or ']' or '}')
                depth = Math.Max(depth - 1, 0);
            else if (depth == 0 && text[i] is (',' or ';'))
                Take(i, i + 1);
            else if (depth == 0 && starts.TryGetValue(i, out var beginsLine) && (beginsLine || IsAssigned(i)))
                Take(i, i);
        }
        Take(text.Length, text.Length);
        return pieces;

        // A key may have several words: "MAC Address=<address>".
        bool IsAssigned(int end) => text.AsSpan(start, end - start).Contains('=');

        void Take(int end, int next)
        {
            var piece = text[start..end].Trim();
            if (piece.Length > 0)
                pieces.Add(piece);
            start = next;
        }
    }

    // "a. ", "- " at the begin of a line.
    [GeneratedRegex(@"(\A|\n)[ \t]*(?:[a-z]\.|[-*])[ \t]+", RegexOptions.CultureInvariant)]
    static partial Regex Bullet { get; }

    // " - http://…" after the list.
    [GeneratedRegex(@"\s+-\s+https?://\S+", RegexOptions.CultureInvariant)]
    static partial Regex Link { get; }

    // A key with its "=", after the gap before it; at the begin of a line it may have three words.
    [GeneratedRegex(
        @"(?:(?<gap>\s*\n[ \t]*)(?:[^\s=<>()\[\]{}"",;]+ ){0,2}|(?<gap>\s+))[^\s=<>()\[\]{}"",;]+=",
        RegexOptions.CultureInvariant
    )]
    static partial Regex Assignment { get; }

    [GeneratedRegex(@"\s+(?:and|\+)\s+", RegexOptions.CultureInvariant)]
    static partial Regex Joined { get; }

    [GeneratedRegex(@"\A[a-z0-9_]+(?: [a-z0-9_]+){1,7}\z", RegexOptions.CultureInvariant)]
    static partial Regex Words { get; }

    [GeneratedRegex(
        @"\b(?:a|the|of|is|are|for|from|in|on|to|and|no|not|be|by|will|with)\b",
        RegexOptions.CultureInvariant
    )]
    static partial Regex Prose { get; }
}
