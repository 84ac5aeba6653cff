using System.Text;

namespace Berthbook.Formats;

/// <summary>
/// The plain text of the registry as IANA publishes it, to the byte (formats.md 4): the page as a text browser
/// shows it, 150 columns wide except for its tables.
/// </summary>
/// <remarks>
/// A pure function of registry and profile. The time grows with the text; a single long word anywhere widens its
/// column and so the whole file.
/// </remarks>
public static class TextFormat
{
    const int PageWidth = 150;
    const int PageMargin = 3;

    /// <summary>The text, in the frame and with the labels of the profile.</summary>
    public static byte[] Write(Registry registry, RegistryProfile profile)
    {
        var output = new Utf8Output(4 << 20);
        var isFlush = profile.TextFrame == TextFrame.Frame3;
        var frame = new Frame(output, isFlush ? 0 : PageMargin, isFlush ? 8 : PageMargin, profile.RfcLabel);
        WriteTop(frame, registry.Header, profile);
        WriteHeader(frame, registry.Header);
        WriteRecords(output, registry, profile.RfcLabel);
        output.Add("\n"u8);
        if (!registry.Contacts.IsEmpty)
        {
            frame.Centred("Contact Information");
            WriteContacts(output, registry);
            output.Add("\n"u8);
        }
        if (!registry.Header.Footnotes.IsEmpty)
            WriteFootnotes(frame, registry.Header);
        if (profile.LicensingAddress is not null)
            frame.Heading("Licensing Terms");
        return output.Take();
    }

    static void WriteTop(Frame frame, RegistryHeader header, RegistryProfile profile)
    {
        frame.Heading(profile.Publisher);
        if (profile.TextFrame != TextFrame.Frame3)
            frame.Blank();
        if (profile.TextFrame != TextFrame.Frame1 && !profile.Links.IsEmpty)
        {
            foreach (var link in profile.Links)
                frame.Heading($"  \u2022\u00a0{link.Words}");
            frame.Blank();
        }
        frame.Centred(header.Title);
    }

    static void WriteHeader(Frame frame, RegistryHeader header)
    {
        foreach (var section in HeaderSection.Of(header))
        {
            frame.Heading(section.Title);
            if (section.IsRunningText)
                frame.Block(section.Text);
            else
                frame.Values(section.Text.FlatIn(frame.Style));
            frame.Blank();
        }
        frame.Heading("Available Formats");
        frame.Values("[IMG]", "CSV [IMG]", "XML [IMG]", "HTML [IMG]", "Plain text");
        frame.Blank();
    }

    static void WriteRecords(Utf8Output output, Registry registry, RfcLabel style)
    {
        var table = new TextTable(RegistryRecord.Columns, column => column is 1 or 2 or 9);
        foreach (var record in registry.Records)
        {
            for (var column = 1; column <= RegistryRecord.Columns.Length; column++)
            {
                table.Add(
                    column switch
                    {
                        4 => Cell(record.Description, style),
                        12 when record.Note is { } note => Cell(note, style),
                        _ => Cells.Fold(record.Cell(column, style)),
                    }
                );
            }
        }
        table.Write(output);
    }

    static void WriteContacts(Utf8Output output, Registry registry)
    {
        var hasOrganizations = registry.Contacts.Any(contact => contact.Organization is not null);
        string[] headings = hasOrganizations
            ? ["ID", "Name", "Organization", "Contact URI", "Last Updated"]
            : ["ID", "Name", "Contact URI", "Last Updated"];
        var table = new TextTable(headings, _ => false);
        foreach (var contact in registry.Contacts)
        {
            table.Add(Cells.Fold($"[{contact.Id}]"));
            table.Add(Cells.Fold(contact.Name ?? ""));
            if (hasOrganizations)
                table.Add(Cells.Fold(contact.Organization ?? ""));
            table.Add(string.Join('\n', contact.Uris.Select(Cells.Fold)));
            table.Add(contact.Updated?.ToString() ?? "");
        }
        table.Write(output);
    }

    static void WriteFootnotes(Frame frame, RegistryHeader header)
    {
        frame.Centred(header.Footnotes.Length == 1 ? "Footnote" : "Footnotes");
        foreach (var footnote in header.Footnotes)
        {
            var label = $"[{footnote.Anchor}] ";
            foreach (var line in frame.Lines(HeaderSection.Preformatted(footnote.Text)))
            {
                frame.Heading(label + line);
                label = new(' ', label.Length);
            }
        }
        frame.Blank();
    }

    // A cell as a browser shows it: line breaks break, paragraphs stand apart, a break before all text is nothing.
    static string Cell(RichText text, RfcLabel style)
    {
        if (text.Inlines.IsEmpty)
            return Cells.Fold(text.Words);
        var blocks = new List<string>();
        var block = new StringBuilder();
        foreach (var inline in text.Inlines)
        {
            if (inline.Kind == InlineKind.Paragraph)
            {
                EndBlock();
                blocks.Add(Cell(inline.Paragraph!, style));
            }
            else
            {
                block.Append(
                    inline.Kind switch
                    {
                        InlineKind.Text => inline.Text!.Replace('\n', ' '),
                        InlineKind.Break => "\n",
                        _ => inline.Reference!.Bracketed(style).Replace('\n', ' '),
                    }
                );
            }
        }
        EndBlock();
        return string.Join("\n\n", blocks.Where(one => one.Length > 0));

        void EndBlock()
        {
            var broken = block.ToString().Split('\n').Select(Cells.Fold);
            blocks.Add(string.Join('\n', broken).Trim('\n'));
            block.Clear();
        }
    }

    // The parts of the page around its tables, with their two margins.
    sealed class Frame(Utf8Output output, int margin, int valueMargin, RfcLabel style)
    {
        public RfcLabel Style => style;

        public void Blank() => output.Add("\n"u8);

        public void Heading(string words) => Line(margin, words);

        public void Values(params ReadOnlySpan<string> values)
        {
            foreach (var value in values)
                Line(valueMargin, value);
        }

        public void Centred(string words)
        {
            Line(PageMargin + Math.Max(0, PageWidth - 2 * PageMargin - words.Length) / 2, words);
            Blank();
        }

        /// <summary>Preformatted text, a blank before each line.</summary>
        public void Block(RichText text)
        {
            Blank();
            foreach (var line in Lines(text))
                Line(1, line);
        }

        public string[] Lines(RichText text)
        {
            var builder = new StringBuilder();
            Append(builder, text);
            return builder.ToString().Split('\n');
        }

        void Append(StringBuilder builder, RichText text)
        {
            foreach (var piece in text.Pieces)
            {
                switch (piece.Kind)
                {
                    case InlineKind.Text:
                        builder.Append(piece.Text);
                        break;
                    case InlineKind.Reference:
                        builder.Append(piece.Reference!.Bracketed(style));
                        break;
                    case InlineKind.Paragraph:
                        builder.Append('\n');
                        Append(builder, piece.Paragraph!);
                        builder.Append('\n');
                        break;
                    default:
                        builder.Append('\n');
                        break;
                }
            }
        }

        void Line(int indent, string words)
        {
            words = words.TrimEnd(' ');
            if (words.Length > 0)
                output.AddBlanks(indent);
            output.Add(words);
            Blank();
        }
    }
}
