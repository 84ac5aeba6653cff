using System.Text.RegularExpressions;

namespace Berthbook.Server.Layout;

/// <summary>A piece of a text that was compared with another.</summary>
/// <param name="Text">The piece.</param>
/// <param name="IsOwn">Whether the other text lacks it.</param>
readonly record struct DiffPiece(string Text, bool IsOwn);

/// <summary>Compares two texts word by word.</summary>
static partial class WordDiff
{
    const int MaxCells = 250_000;
    const int MaxLength = 4_000;

    /// <summary>
    /// Both texts in pieces. Texts that share little are each one piece, since scraps in common tell nobody
    /// anything. Longer ones than anybody compares by eye are cut.
    /// </summary>
    public static (IReadOnlyList<DiffPiece> Before, IReadOnlyList<DiffPiece> After) Compare(
        string before,
        string after
    )
    {
        var old = Tokens(before);
        var now = Tokens(after);
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
            start++;
        var end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)])
            end++;
        var oldKept = Enumerable
            .Range(0, old.Length)
            .Select(i => i < start || i >= old.Length - end)
            .ToArray();
        var nowKept = Enumerable
            .Range(0, now.Length)
            .Select(i => i < start || i >= now.Length - end)
            .ToArray();
        Pair(old, now, start, end, oldKept, nowKept);
        return IsScrap(old, oldKept) && IsScrap(now, nowKept)
            ? (Whole(before), Whole(after))
            : (Pieces(old, oldKept), Pieces(now, nowKept));
    }

    // Marks the longest common subsequence of what is left between start and end.
    static void Pair(string[] old, string[] now, int start, int end, bool[] oldKept, bool[] nowKept)
    {
        var (rows, columns) = (old.Length - end - start, now.Length - end - start);
        if (rows == 0 || columns == 0 || (long)rows * columns > MaxCells)
            return;
        var lengths = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
                lengths[i, j] =
                    old[start + i] == now[start + j]
                        ? lengths[i + 1, j + 1] + 1
                        : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }
        for (var (i, j) = (0, 0); i < rows && j < columns; )
        {
            if (old[start + i] == now[start + j])
                oldKept[start + i++] = nowKept[start + j++] = true;
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
                i++;
            else
                j++;
        }
    }

    // Less than a third of the characters in common.
    static bool IsScrap(string[] tokens, bool[] kept)
    {
        var common = tokens.Where((_, i) => kept[i]).Sum(token => token.Trim().Length);
        return common * 3 < tokens.Sum(token => token.Trim().Length);
    }

    static List<DiffPiece> Pieces(string[] tokens, bool[] kept)
    {
        var pieces = new List<DiffPiece>();
        for (var i = 0; i < tokens.Length; )
        {
            var from = i;
            while (i < tokens.Length && kept[i] == kept[from])
                i++;
            pieces.Add(new(string.Concat(tokens[from..i]), !kept[from]));
        }
        return pieces;
    }

    static DiffPiece[] Whole(string text) => text.Length == 0 ? [] : [new(Cut(text), true)];

    static string[] Tokens(string text) => [.. Token.Matches(Cut(text)).Select(match => match.Value)];

    static string Cut(string text) => text.Length <= MaxLength ? text : $"{text[..MaxLength]}\u2026";

    [GeneratedRegex(@"[\w.&@-]+|\s+|.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    static partial Regex Token { get; }
}
