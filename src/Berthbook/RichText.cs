using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Berthbook;

/// <summary>The kinds of piece that running text is made of.</summary>
public enum InlineKind : byte
{
    /// <summary>Words, verbatim, line feeds and blanks included.</summary>
    Text,

    /// <summary>A line break (<c>br</c>).</summary>
    Break,

    /// <summary>A reference (<c>xref</c>).</summary>
    Reference,

    /// <summary>A paragraph, running text itself.</summary>
    Paragraph,
}

/// <summary>One piece of running text. Exactly the member that its kind names is set.</summary>
public readonly record struct Inline(
    InlineKind Kind,
    string? Text = null,
    Reference? Reference = null,
    RichText? Paragraph = null
);

/// <summary>
/// Running text of the registry: a description, a note, the header's notes. Its words are never tidied; the
/// forms that files print are derived (formats.md 1.4 and 4.2).
/// </summary>
public sealed class RichText : IEquatable<RichText>
{
    // What neither CSV nor XML nor flattening needs to look at twice.
    static readonly SearchValues<char> Special = SearchValues.Create(",\"\n\r\t\f\v&<>");

    readonly string text;
    string? flat;

    /// <summary>Running text of words alone.</summary>
    public RichText(string text)
    {
        this.text = text;
        Inlines = [];
        IsPlain = !IsEdged(text) && text.AsSpan().IndexOfAny(Special) < 0;
        flat = IsPlain ? text : null;
    }

    /// <summary>Running text of several pieces.</summary>
    public RichText(ImmutableArray<Inline> inlines)
    {
        text = "";
        Inlines = inlines;
    }

    /// <summary>No words at all.</summary>
    public static RichText Empty { get; } = new("");

    /// <summary>Whether the text is empty.</summary>
    public bool IsEmpty => text.Length == 0 && Inlines.IsEmpty;

    /// <summary>The pieces; empty where the text is words alone, which are then in <see cref="Words"/>.</summary>
    public ImmutableArray<Inline> Inlines { get; }

    /// <summary>The words where there is nothing else; empty where there are <see cref="Inlines"/>.</summary>
    public string Words => text;

    /// <summary>Whether this is words alone that every format prints as they are.</summary>
    internal bool IsPlain { get; }

    /// <summary>The pieces, words alone being one piece.</summary>
    public ImmutableArray<Inline> Pieces =>
        !Inlines.IsEmpty ? Inlines
        : text.Length == 0 ? []
        : [new(InlineKind.Text, text)];

    /// <summary>
    /// The text of IANA's CSV cell: line breaks vanish, references become labels in brackets, a paragraph begins
    /// with eight blanks, a line feed with white space on both sides becomes a blank, edges are trimmed
    /// (formats.md 1.4).
    /// </summary>
    public string Flat => flat ??= Flatten(RfcLabel.Joined);

    /// <summary>All references inside the text, in order.</summary>
    public IEnumerable<Reference> References =>
        Inlines.SelectMany(inline =>
            inline.Kind switch
            {
                InlineKind.Reference => [inline.Reference!],
                InlineKind.Paragraph => inline.Paragraph!.References,
                _ => Enumerable.Empty<Reference>(),
            }
        );

    /// <summary>The CSV cell with the labels of RFCs written as asked for.</summary>
    public string FlatIn(RfcLabel style) =>
        style == RfcLabel.Joined || Inlines.IsEmpty ? Flat : Flatten(style);

    /// <summary>The text on one line: <see cref="Flat"/> with line breaks and all runs of white space as one blank.</summary>
    public string OneLine => Cells.Fold(Inlines.IsEmpty ? Flat : SpacedText());

    /// <summary>The text with other pieces.</summary>
    public static RichText Of(ImmutableArray<Inline> inlines) =>
        inlines switch
        {
            [] => Empty,
            [{ Kind: InlineKind.Text, Text: var words }] => new(words!),
            _ => new(inlines),
        };

    /// <summary>Equal piece by piece, to the character.</summary>
    public bool Equals(RichText? other) =>
        other is not null
        && (
            ReferenceEquals(this, other)
            || (text == other.text && Inlines.AsSpan().SequenceEqual(other.Inlines.AsSpan()))
        );

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RichText);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(text, Inlines.Length);

    /// <summary>The text of the CSV cell.</summary>
    public override string ToString() => Flat;

    string Flatten(RfcLabel style)
    {
        var builder = new StringBuilder();
        AppendTo(builder, style);
        return Cells.Tidy(builder.ToString());
    }

    string SpacedText()
    {
        var builder = new StringBuilder();
        foreach (var inline in Inlines)
        {
            if (inline.Kind is InlineKind.Break or InlineKind.Paragraph)
                builder.Append(' ');
            new RichText([inline]).AppendTo(builder, RfcLabel.Joined);
        }
        return builder.ToString();
    }

    void AppendTo(StringBuilder builder, RfcLabel style)
    {
        if (Inlines.IsEmpty)
            builder.Append(text);
        foreach (var inline in Inlines)
        {
            switch (inline.Kind)
            {
                case InlineKind.Text:
                    builder.Append(inline.Text);
                    break;
                case InlineKind.Reference:
                    builder.Append(inline.Reference!.Bracketed(style));
                    break;
                case InlineKind.Paragraph:
                    builder.Append("        ");
                    inline.Paragraph!.AppendTo(builder, style);
                    break;
                default:
                    break;
            }
        }
    }

    static bool IsEdged(string text) =>
        text.Length > 0 && (Cells.IsBlank(text[0]) || Cells.IsBlank(text[^1]));
}
