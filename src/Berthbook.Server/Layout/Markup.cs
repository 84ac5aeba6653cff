using System.Globalization;
using System.Text.Encodings.Web;
using Berthbook.Journal;
using Microsoft.AspNetCore.Html;

namespace Berthbook.Server.Layout;

/// <summary>The small pieces of markup that stand on many pages. Every word of the registry is encoded on its way out.</summary>
static class Markup
{
    static readonly HtmlString[] States =
    [
        .. Enum.GetValues<PortState>()
            .Select(state => new HtmlString(
                $"<span class=\"state state-{state.ToString().ToLowerInvariant()}\">{state}</span>"
            )),
    ];

    static readonly HtmlString[] Transports =
    [
        .. TransportProtocols.All.Select(transport => new HtmlString(
            $"<span class=\"transport\">{transport.UpperName()}</span>"
        )),
    ];

    /// <summary>A state as a badge: a mark, a word and a colour.</summary>
    public static IHtmlContent Badge(PortState state) => States[(int)state];

    /// <summary>A transport protocol as a badge.</summary>
    public static IHtmlContent Badge(TransportProtocol transport) => Transports[(int)transport];

    /// <summary>How many numbers have each state, as a bar for the eye; the numbers stand beside it.</summary>
    public static IHtmlContent Bar(IReadOnlyList<int> counts) =>
        new Written(output =>
        {
            var total = Math.Max(1, counts.Sum());
            var at = 0.0;
            output.Raw("<svg class=\"bar\" aria-hidden=\"true\" focusable=\"false\">");
            foreach (var state in (PortState[])[PortState.Assigned, PortState.Reserved, PortState.Unassigned])
            {
                var share = 100.0 * counts[(int)state] / total;
                output.Raw(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"<rect class=\"bar-{state.ToString().ToLowerInvariant()}\" x=\"{at:0.##}%\" width=\"{share:0.##}%\" height=\"100%\"/>"
                    )
                );
                at += share;
            }
            output.Raw("</svg>");
        });

    /// <summary>Service names as links.</summary>
    public static IHtmlContent Names(IEnumerable<ServiceName> names) =>
        new Written(output =>
        {
            var isFirst = true;
            foreach (var name in names)
            {
                if (!isFirst)
                    output.Raw(", ");
                isFirst = false;
                output.Link(Addresses.Service(name), name.Text);
            }
        });

    /// <summary>Running text, its references as links and its line breaks kept.</summary>
    public static IHtmlContent Of(RichText text, Registry registry) =>
        new Written(output => Write(output, Trimmed(text), registry));

    /// <summary>References of one column, persons by name.</summary>
    public static IHtmlContent Of(IEnumerable<Reference> references, Registry registry) =>
        new Written(output =>
        {
            var isFirst = true;
            foreach (var reference in references)
            {
                if (!isFirst)
                    output.Raw(", ");
                isFirst = false;
                var contact =
                    reference.Type == ReferenceType.Person ? registry.FindContact(reference.Data) : null;
                Write(output, reference, registry, contact?.DisplayName ?? reference.Label);
            }
        });

    /// <summary>How many were added, removed and changed, by sign and word.</summary>
    public static IHtmlContent Of(ChangeCounts counts) =>
        new Written(output =>
        {
            output.Raw("<span class=\"counts\">");
            Count("what-added", counts.Added, "added");
            Count("what-removed", counts.Removed, "removed");
            Count("what-changed", counts.Changed, "changed");
            if (counts == default)
                output.Raw("none ");
            output.Raw("</span>");

            void Count(string style, int count, string word)
            {
                if (count > 0)
                    output.Raw(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"<span class=\"what {style}\">{count:N0}<span class=\"hidden\"> {word}</span></span> "
                        )
                    );
            }
        });

    /// <summary>A compared text, what the other lacks in an element of its own where it is not all of it.</summary>
    public static IHtmlContent Of(IReadOnlyList<DiffPiece> pieces, string element) =>
        new Written(output =>
        {
            foreach (var piece in pieces)
            {
                var isMarked = piece.IsOwn && pieces.Count > 1;
                if (isMarked)
                    output.Raw($"<{element}>");
                output.Text(piece.Text);
                if (isMarked)
                    output.Raw($"</{element}>");
            }
        });

    /// <summary>A contact's address as the registry has it; a link only where it leads to the web.</summary>
    public static IHtmlContent Uri(string uri) => new Written(output => WriteLink(output, uri, uri));

    // Seven descriptions begin with a line break (formats.md 2.3).
    static ReadOnlySpan<Inline> Trimmed(RichText text)
    {
        var pieces = text.Pieces.AsSpan();
        while (pieces is [var first, ..] && IsBlank(first))
            pieces = pieces[1..];
        while (pieces is [.., var last] && IsBlank(last))
            pieces = pieces[..^1];
        return pieces;
    }

    static bool IsBlank(Inline piece) =>
        piece.Kind == InlineKind.Break
        || (piece.Kind == InlineKind.Text && string.IsNullOrWhiteSpace(piece.Text));

    static void Write(Output output, ReadOnlySpan<Inline> pieces, Registry registry)
    {
        foreach (var piece in pieces)
        {
            switch (piece.Kind)
            {
                case InlineKind.Text:
                    output.Text(piece.Text!);
                    break;
                case InlineKind.Break:
                    output.Raw("<br>");
                    break;
                case InlineKind.Reference:
                    output.Raw("[");
                    Write(output, piece.Reference!, registry, piece.Reference!.Label);
                    output.Raw("]");
                    break;
                default:
                    output.Raw("<span class=\"paragraph\">");
                    Write(output, piece.Paragraph!.Pieces.AsSpan(), registry);
                    output.Raw("</span>");
                    break;
            }
        }
    }

    static void Write(Output output, Reference reference, Registry registry, string label)
    {
        if (reference.Type == ReferenceType.Person && registry.FindContact(reference.Data) is not null)
            output.Link(Addresses.Contact(reference.Data), label);
        else if (reference.Type == ReferenceType.Note)
            output.Link($"#{Footnotes.IdOf(reference.Data)}", $"note {label}");
        else
            WriteLink(output, reference.Address, label);
        if (reference.LastUpdated is { } date)
            output.Text($" ({date})");
    }

    static void WriteLink(Output output, string? address, string label)
    {
        if (Addresses.IsLink(address))
            output.Link(address, label);
        else
            output.Text(label);
    }

    sealed class Written(Action<Output> write) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => write(new(writer, encoder));
    }

    readonly struct Output(TextWriter writer, HtmlEncoder encoder)
    {
        public void Raw(string markup) => writer.Write(markup);

        public void Text(string words) => encoder.Encode(writer, words);

        public void Link(string address, string words)
        {
            writer.Write("<a href=\"");
            encoder.Encode(writer, address);
            writer.Write("\">");
            encoder.Encode(writer, words);
            writer.Write("</a>");
        }
    }
}
