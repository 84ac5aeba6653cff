using System.Runtime.InteropServices;

namespace Berthbook.Formats;

/// <summary>
/// A table in plain text, laid out as a text browser does it: a column is as wide as its longest word, cells wrap at
/// blanks and stand in the middle of their row (formats.md 4.2).
/// </summary>
/// <param name="headings">The headings, which are centred.</param>
/// <param name="isCentred">Whether a column's cells are centred too.</param>
sealed class TextTable(IReadOnlyList<string> headings, Func<int, bool> isCentred)
{
    readonly List<string> cells = [];
    readonly int[] widths = new int[headings.Count];
    readonly List<(int Start, int Length)>[] lines =
    [
        .. Enumerable.Range(0, headings.Count).Select(_ => new List<(int, int)>()),
    ];

    /// <summary>Adds the next cell, row by row. White space is folded; a line feed is a line break.</summary>
    public void Add(string cell)
    {
        var column = cells.Count % headings.Count;
        if (cell.Length > widths[column])
            Widen(ref widths[column], cell);
        cells.Add(cell);
    }

    /// <summary>Writes headings and rows, all cells being known.</summary>
    public void Write(Utf8Output output)
    {
        for (var column = 0; column < headings.Count; column++)
            Widen(ref widths[column], headings[column]);
        WriteRow(output, [.. headings], true);
        var all = CollectionsMarshal.AsSpan(cells);
        for (var first = 0; first < all.Length; first += headings.Count)
            WriteRow(output, all.Slice(first, headings.Count), false);
    }

    void WriteRow(Utf8Output output, ReadOnlySpan<string> row, bool isHeading)
    {
        var height = 1;
        for (var column = 0; column < row.Length; column++)
        {
            Wrap(row[column], widths[column], lines[column]);
            height = Math.Max(height, lines[column].Count);
        }
        for (var line = 0; line < height; line++)
        {
            var left = 0;
            var written = 0;
            for (var column = 0; column < row.Length; column++)
            {
                var own = lines[column];
                var place = line - (height - own.Count) / 2;
                if (place >= 0 && place < own.Count && own[place] is { Length: > 0 } text)
                {
                    var centred = isHeading || isCentred(column);
                    var start = left + (centred ? (widths[column] - text.Length) / 2 : 0);
                    output.AddBlanks(start - written);
                    output.Add(row[column].AsSpan(text.Start, text.Length));
                    written = start + text.Length;
                }
                left += widths[column] + 1;
            }
            output.Add((byte)'\n');
        }
    }

    static void Wrap(string cell, int width, List<(int Start, int Length)> lines)
    {
        lines.Clear();
        if (cell.Length <= width && !cell.Contains('\n'))
        {
            if (cell.Length > 0)
                lines.Add((0, cell.Length));
            return;
        }
        var start = 0;
        while (start <= cell.Length)
        {
            var feed = cell.AsSpan(start).IndexOf('\n');
            var end = feed < 0 ? cell.Length : start + feed;
            while (end - start > width)
            {
                var length = cell.AsSpan(start, width + 1).LastIndexOf(' ');
                lines.Add((start, length));
                start += length + 1;
            }
            lines.Add((start, end - start));
            start = end + 1;
        }
    }

    static void Widen(ref int width, string cell)
    {
        var rest = cell.AsSpan();
        while (rest.Length > width)
        {
            var word = rest.IndexOfAny(' ', '\n');
            width = Math.Max(width, word < 0 ? rest.Length : word);
            rest = word < 0 ? [] : rest[(word + 1)..];
        }
    }
}
