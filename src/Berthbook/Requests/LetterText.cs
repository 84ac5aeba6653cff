using System.Text;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>The text of a letter while it is written: paragraphs of 72 columns, quotations, links on lines of their own.</summary>
sealed class LetterText
{
    const int Width = 72;

    readonly StringBuilder text = new();

    /// <summary>A paragraph.</summary>
    public LetterText Say(string words)
    {
        Wrap(words, "", Width);
        return End();
    }

    /// <summary>What somebody wrote, line by line behind a mark.</summary>
    public LetterText Quote(string words)
    {
        foreach (var line in words.ReplaceLineEndings("\n").Split('\n'))
            Wrap(line, "> ", Width);
        return End();
    }

    /// <summary>A link, whole however long it is.</summary>
    public LetterText Link(string address)
    {
        text.Append("  ").Append(address).Append('\n');
        return End();
    }

    /// <summary>The letter, signed.</summary>
    public string Sign(LetterHead head)
    {
        text.Append("-- \n");
        Wrap(head.Registry, "", Width);
        Wrap("Sent by the registry itself; answers to this letter are not read.", "", Width);
        return text.ToString();
    }

    LetterText End()
    {
        text.Append('\n');
        return this;
    }

    void Wrap(string words, string mark, int width)
    {
        text.Append(mark);
        var column = mark.Length;
        foreach (var word in Visible(words).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > mark.Length && column + 1 + word.Length > width)
            {
                text.Append('\n').Append(mark);
                column = mark.Length;
            }
            if (column > mark.Length)
            {
                text.Append(' ');
                column++;
            }
            text.Append(word);
            column += word.Length;
        }
        text.Append('\n');
    }

    static string Visible(string words) =>
        string.Create(
            words.Length,
            words,
            (shown, from) =>
            {
                for (var i = 0; i < shown.Length; i++)
                    shown[i] = Shown.IsSafe(from[i]) ? from[i] : ' ';
            }
        );
}
