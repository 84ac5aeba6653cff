using System.Text;

namespace Berthbook.Cli.Output;

/// <summary>A sheet as text: aligned for a terminal, parted by tabs for a pipe.</summary>
static class SheetText
{
    const int Gap = 2;
    const int LeastLast = 20;
    const string Reset = "\e[0m";

    /// <summary>A line a row, cells parted by tabs, on one line each.</summary>
    public static void AppendTabs(StringBuilder output, Sheet sheet)
    {
        foreach (var row in sheet.Rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                if (i > 0)
                    output.Append('\t');
                AppendOnOneLine(output, row[i].Text);
            }
            output.Append('\n');
        }
    }

    /// <summary>Aligned columns under headings; the last wraps at the width of the terminal.</summary>
    public static void AppendTable(StringBuilder output, Sheet sheet, int width, bool hasColours)
    {
        var shown = new List<int>();
        for (var i = 0; i < sheet.Headings.Count; i++)
        {
            if (!sheet.Headings[i].StartsWith('-'))
                shown.Add(i);
        }
        var widths = Widths(sheet, shown);
        var before = 0;
        for (var i = 0; i < shown.Count - 1; i++)
            before += widths[i] + Gap;
        var last = Math.Max(LeastLast, width - before);
        var headings = new Cell[sheet.Headings.Count];
        for (var i = 0; i < headings.Length; i++)
            headings[i] = new(sheet.Headings[i].ToUpperInvariant(), Tone.Quiet);
        AppendRow(output, headings, shown, widths, before, last, hasColours);
        foreach (var row in sheet.Rows)
            AppendRow(output, row, shown, widths, before, last, hasColours);
    }

    /// <summary>Words below a table: an empty line, then they.</summary>
    public static void AppendNote(StringBuilder output, string words, int width, bool hasColours)
    {
        output.Append('\n');
        foreach (var line in Wrap(words, Math.Max(LeastLast, width)))
        {
            AppendCell(output, line, Tone.Quiet, hasColours);
            output.Append('\n');
        }
    }

    static int[] Widths(Sheet sheet, List<int> shown)
    {
        var widths = new int[shown.Count];
        for (var i = 0; i < shown.Count; i++)
        {
            widths[i] = sheet.Headings[shown[i]].Length;
            foreach (var row in sheet.Rows)
                widths[i] = Math.Max(widths[i], row[shown[i]].Text.Length);
        }
        return widths;
    }

    static void AppendRow(
        StringBuilder output,
        Cell[] row,
        List<int> shown,
        int[] widths,
        int before,
        int lastWidth,
        bool hasColours
    )
    {
        for (var i = 0; i < shown.Count - 1; i++)
        {
            var cell = row[shown[i]];
            AppendCell(output, cell.Text, cell.Tone, hasColours);
            output.Append(' ', widths[i] - cell.Text.Length + Gap);
        }
        var rest = row[shown[^1]];
        var isFirst = true;
        foreach (var line in Wrap(rest.Text, lastWidth))
        {
            if (!isFirst)
                output.Append('\n').Append(' ', before);
            AppendCell(output, line, rest.Tone, hasColours);
            isFirst = false;
        }
        while (output.Length > 0 && output[^1] == ' ')
            output.Length--;
        output.Append('\n');
    }

    /// <summary>A text on one line, in its tone.</summary>
    public static void AppendCell(StringBuilder output, string text, Tone tone, bool hasColours)
    {
        var code = hasColours && text.Length > 0 ? CodeOf(tone) : "";
        output.Append(code);
        AppendOnOneLine(output, text);
        if (code.Length > 0)
            output.Append(Reset);
    }

    static string CodeOf(Tone tone) =>
        tone switch
        {
            Tone.Strong => "\e[1m",
            Tone.Quiet => "\e[2m",
            Tone.Good => "\e[32m",
            Tone.Warning => "\e[33m",
            Tone.Bad => "\e[31m",
            _ => "",
        };

    /// <summary>The text in lines of a width, parted at blanks where there are some.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var start = 0;
        while (text.Length - start > width)
        {
            var end = text.LastIndexOf(' ', start + width, width);
            if (end <= start)
                end = start + width;
            yield return text[start..end];
            start = text[end] == ' ' ? end + 1 : end;
        }
        yield return text[start..];
    }

    // Words of a file must not steer a terminal, nor make cells or lines of their own.
    static void AppendOnOneLine(StringBuilder output, string text)
    {
        foreach (var c in text)
            output.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
    }
}
