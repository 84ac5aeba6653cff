using System.Globalization;
using System.Text;
using Berthbook.Cli.Output;

namespace Berthbook.Cli.Request;

/// <summary>A verdict as rows for a pipe, and in words for a person.</summary>
static class RequestSheets
{
    /// <summary>A row for the verdict, each finding, each change and each step.</summary>
    public static Sheet ForPipe(CheckedDocument document)
    {
        var sheet = new Sheet("file", "line", "what", "rule", "subject", "words");
        if (document.Verdict is null)
            return sheet;
        var line = document.Line.ToString(CultureInfo.InvariantCulture);
        Add("verdict", "", document.Procedure, document.Words);
        foreach (var finding in document.Findings)
            Add(
                CheckedDocument.Text(finding, "severity"),
                CheckedDocument.Text(finding, "rule"),
                CheckedDocument.Text(finding, "field"),
                CheckedDocument.Text(finding, "message")
            );
        foreach (var change in document.Effect)
        {
            foreach (var (sign, words) in PublishedRow.Of(change))
                Add("effect", "", CheckedDocument.Text(change, "kind"), $"{sign} {words}");
        }
        foreach (var step in document.Next)
            Add(
                "next",
                CheckedDocument.Text(step, "rule"),
                CheckedDocument.Text(step, "who"),
                CheckedDocument.Text(step, "words")
            );
        return sheet;

        void Add(string? what, string? rule, string? subject, string? words) =>
            sheet.Add(document.File, line, what, rule, subject, words);
    }

    /// <summary>The verdict first, then what it rests on, what would change and what happens next.</summary>
    public static void Append(StringBuilder text, CheckedDocument document, Printer printer, bool isFirst)
    {
        if (document.Verdict is null)
            return;
        var paper = new Paper(text, printer);
        if (!isFirst)
            paper.Line("");
        var place = document.Line > 1 ? $", line {document.Line}" : "";
        paper.Line(
            $"{document.File}{place}: {Sentence(document)}",
            document.IsRefused ? Tone.Bad
                : document.ToMend > 0 ? Tone.Warning
                : Tone.Good
        );
        if (document.Procedure is { } procedure)
            paper.Line($"Decided by: {procedure}", Tone.Strong);
        if (document.Findings.Any())
        {
            paper.Line("");
            var sheet = new Sheet("weight", "rule", "field", "finding");
            foreach (var finding in document.Findings)
                sheet.Add(
                    Weight(CheckedDocument.Text(finding, "severity")!),
                    CheckedDocument.Text(finding, "rule"),
                    CheckedDocument.Text(finding, "field"),
                    CheckedDocument.Text(finding, "message")
                );
            SheetText.AppendTable(text, sheet, paper.Width, printer.HasColours);
        }
        if (document.Effect.Any())
        {
            paper.Heading("would change");
            foreach (var (sign, words) in document.Effect.SelectMany(PublishedRow.Of))
                paper.Hanging(sign, words, sign == "+" ? Tone.Good : Tone.Bad);
        }
        if (!document.Next.Any())
            return;
        paper.Heading("next");
        var number = 0;
        foreach (var step in document.Next)
            paper.Hanging(
                string.Create(CultureInfo.InvariantCulture, $"{++number}."),
                $"{CheckedDocument.Text(step, "words")} ({CheckedDocument.Text(step, "rule")})",
                Tone.Plain
            );
    }

    static string Sentence(CheckedDocument document) =>
        (document.IsRefused, document.ToMend) switch
        {
            (true, _) => "refused as it is",
            (_, 0) => "complete",
            (_, 1) => "incomplete, 1 thing to mend",
            (_, var count) => $"incomplete, {count} things to mend",
        };

    static Cell Weight(string severity) =>
        new(
            severity,
            severity switch
            {
                "refuse" => Tone.Bad,
                "need" => Tone.Warning,
                _ => Tone.Quiet,
            }
        );

    // Lines of a terminal, wrapped at its width.
    sealed class Paper(StringBuilder text, Printer printer)
    {
        public int Width => printer.Width;

        public void Heading(string words)
        {
            Line("");
            Line(words.ToUpperInvariant(), Tone.Quiet);
        }

        public void Line(string words, Tone tone = Tone.Plain)
        {
            foreach (var line in SheetText.Wrap(words, Width))
            {
                SheetText.AppendCell(text, line, tone, printer.HasColours);
                text.Append('\n');
            }
        }

        public void Hanging(string sign, string words, Tone tone)
        {
            var indent = sign.Length + 1;
            var lead = sign;
            foreach (var line in SheetText.Wrap(words, Math.Max(20, Width - indent)))
            {
                SheetText.AppendCell(text, $"{lead} {line}", tone, printer.HasColours);
                text.Append('\n');
                lead = new(' ', sign.Length);
            }
        }
    }
}
