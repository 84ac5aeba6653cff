using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Berthbook.Formats;

/// <summary>Words, references and links of one page, escaped on their way out.</summary>
sealed class PageText(Utf8Output output, TablePage page, RfcLabel style)
{
    // What markup or XML 1.0 keeps for itself: five signs, the control characters, two that are none.
    static readonly SearchValues<char> Special = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(code => (char)code).Except("\t\n\r"),
        .. "&<>\"\uFFFE\uFFFF",
    ]);

    public Utf8Output Output => output;

    /// <summary>Words, between tags or inside an attribute.</summary>
    public void Add(ReadOnlySpan<char> words)
    {
        while (words.IndexOfAny(Special) is >= 0 and var place)
        {
            output.Add(words[..place]);
            output.Add(
                words[place] switch
                {
                    '&' => "&amp;"u8,
                    '<' => "&lt;"u8,
                    '>' => "&gt;"u8,
                    '"' => "&quot;"u8,
                    _ => "\uFFFD"u8,
                }
            );
            words = words[(place + 1)..];
        }
        output.Add(words);
    }

    /// <summary>A number as people read it: <c>4,027</c>.</summary>
    public void AddNumber(int number) => Add(number.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>Running text: line breaks, references as links, paragraphs.</summary>
    public void Add(RichText text)
    {
        Add(text.Words);
        foreach (var inline in text.Inlines)
        {
            switch (inline.Kind)
            {
                case InlineKind.Text:
                    Add(inline.Text);
                    break;
                case InlineKind.Reference:
                    Add(inline.Reference!);
                    break;
                case InlineKind.Paragraph:
                    output.Add("<p>"u8);
                    Add(inline.Paragraph!);
                    output.Add("</p>"u8);
                    break;
                default:
                    output.Add("<br />"u8);
                    break;
            }
        }
    }

    public void Add(ImmutableArray<Reference> references)
    {
        foreach (var reference in references)
            Add(reference);
    }

    /// <summary>The words, as a link where the address is one of the web, of mail, or of this site.</summary>
    public void AddLink(string address, string words)
    {
        if (!IsLink(address))
        {
            Add(words);
            return;
        }
        output.Add("<a href=\""u8);
        Add(address);
        output.Add("\">"u8);
        Add(words);
        output.Add("</a>"u8);
    }

    void Add(Reference reference)
    {
        output.Add((byte)'[');
        AddLink(AddressOf(reference), reference.LabelIn(style));
        output.Add((byte)']');
        if (reference.LastUpdated is { } date)
            Add($" ({date})");
    }

    // Contacts and footnotes that the registry has are on the page, since the page's rows name them.
    string AddressOf(Reference reference) =>
        reference.Type switch
        {
            ReferenceType.Person when page.Registry.FindContact(reference.Data) is not null =>
                $"#{Uri.EscapeDataString(reference.Data)}",
            ReferenceType.Note
                when page.Registry.Header.Footnotes.Any(note => note.Anchor == reference.Data) =>
                $"#note{Uri.EscapeDataString(reference.Data)}",
            _ => reference.Address ?? "",
        };

    // A path of this site has one slash; two would be another host.
    static bool IsLink(string address) =>
        address is ['#', ..] or ['/'] or ['/', not '/' and not '\\', ..]
        || Reference.IsWebAddress(address)
        || address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
}
