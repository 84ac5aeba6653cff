using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Berthbook.Formats;

/// <summary>
/// Reads the pieces that header, records and contacts share: words, running text, references, dates. Texts that
/// repeat are made once.
/// </summary>
sealed class XmlPieces(XmlScanner scanner)
{
    // What an id's bytes are when they need no decoding.
    static readonly SearchValues<byte> IdBytes = SearchValues.Create([
        .. Enumerable.Range(' ', 95).Where(c => c is not ('&' or '<')).Select(c => (byte)c),
    ]);

    readonly ValueCache<string> texts = new(text => text, text => text, 14);
    readonly ValueCache<RichText> richTexts = new(text => text.Words, text => new(text), 14);
    readonly ValueCache<Reference> persons = new(
        person => person.Data,
        id => new(ReferenceType.Person, id),
        14
    );

    /// <summary>Reads a reference whose start tag's name was read; null where it has a fault.</summary>
    public Reference? ReadReference(int start)
    {
        ReferenceType? type = null;
        var data = default(ReadOnlySpan<byte>);
        var dataOffset = 0;
        var part = ReferencePart.Whole;
        var partName = "";
        string? lastUpdated = null;
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out var value, out isEmpty))
        {
            if (attribute.SequenceEqual("type"u8))
                type = TypeOf(value, scanner.ValueOffset);
            else if (attribute.SequenceEqual("data"u8))
            {
                data = value;
                dataOffset = scanner.ValueOffset;
            }
            else if (attribute.SequenceEqual("lastupdated"u8))
                lastUpdated = scanner.Decode(value, scanner.ValueOffset);
            else if (Reference.TryParsePart(Encoding.UTF8.GetString(attribute), out var named))
            {
                if (part != ReferencePart.Whole)
                    scanner.Fault(start, "xref", "a reference names at most one part of a document");
                (part, partName) = (named, scanner.Decode(value, scanner.ValueOffset));
            }
            else
                UnknownAttribute(attribute, "xref");
        }
        var text = isEmpty ? null : ReadText("xref"u8, false);
        if (scanner.HasFailed)
            return null;
        if (type is null)
        {
            scanner.Fault(
                start,
                "xref",
                "a reference has a type: person, rfc, draft, uri, text, note, rfc-errata, registry or unicode"
            );
            return null;
        }
        if (data.IsEmpty && type is not ReferenceType.Text && string.IsNullOrEmpty(text))
            scanner.Fault(start, "xref", "a reference says in data what it points at");
        if (
            type == ReferenceType.Person
            && text is null
            && part == ReferencePart.Whole
            && lastUpdated is null
            && data.IndexOfAnyExcept(IdBytes) < 0
        )
            return persons.Of(data);
        return new(
            type.Value,
            scanner.Decode(data, dataOffset),
            string.IsNullOrEmpty(text) ? null : text,
            part,
            partName,
            lastUpdated
        );
    }

    /// <summary>Reads running text and the end tag of the element that holds it.</summary>
    public RichText ReadRich(ReadOnlySpan<byte> name, int depth)
    {
        if (depth > ReadLimits.MaxDepth)
        {
            scanner.Fail(scanner.Mark, $"elements are nested deeper than {ReadLimits.MaxDepth}");
            return RichText.Empty;
        }
        ImmutableArray<Inline>.Builder? inlines = null;
        while (true)
        {
            var raw = scanner.Text(out var decoded);
            if (scanner.HasFailed)
                return RichText.Empty;
            if (inlines is null && scanner.IsAtEndTag)
            {
                var words = decoded is null ? WordsOf(raw) : new(decoded);
                scanner.EndTag(name);
                return words;
            }
            inlines ??= ImmutableArray.CreateBuilder<Inline>();
            var text = decoded ?? Encoding.Latin1.GetString(raw);
            if (text.Length > 0)
                inlines.Add(new(InlineKind.Text, text));
            if (scanner.IsAtEndTag)
            {
                scanner.EndTag(name);
                return RichText.Of(inlines.ToImmutable());
            }
            ReadInline(inlines, depth);
        }
    }

    /// <summary>Reads words and the end tag of the element that holds them.</summary>
    public string ReadText(ReadOnlySpan<byte> name, bool isEmpty)
    {
        if (isEmpty)
            return "";
        var raw = scanner.Text(out var decoded);
        if (scanner.HasFailed)
            return "";
        var text = decoded ?? texts.Of(raw);
        if (!scanner.IsAtEndTag && scanner.Peek(1) is not ((byte)'!' or (byte)'?'))
        {
            var start = scanner.Mark;
            var child = scanner.StartTag();
            if (scanner.HasFailed)
                return "";
            scanner.Fault(
                start,
                Encoding.UTF8.GetString(name),
                $"the element <{Encoding.UTF8.GetString(child)}> has no place here, only words"
            );
            SkipElement();
            scanner.Text(out _);
            while (!scanner.HasFailed && !scanner.IsAtEndTag)
            {
                scanner.StartTag();
                SkipElement();
                scanner.Text(out _);
            }
        }
        scanner.EndTag(name);
        return text;
    }

    /// <summary>Reads a date in an attribute; a fault and null where it is none.</summary>
    public RegistryDate? ReadDate(ReadOnlySpan<byte> value, int offset, string field)
    {
        var text = texts.Of(value);
        if (RegistryDate.TryParse(text, out var date))
            return date;
        scanner.Fault(offset, field, $"'{Shown.Of(text)}' is not a date; write yyyy-mm-dd or yyyy-mm");
        return null;
    }

    /// <summary>Skips the rest of an element whose start tag's name was read.</summary>
    public void SkipElement()
    {
        var depth = 1;
        while (scanner.Attribute(out _, out _, out _)) { }
        if (scanner.WasEmptyTag)
            return;
        while (depth > 0 && !scanner.HasFailed)
        {
            scanner.Text(out _);
            if (scanner.HasFailed)
                return;
            if (scanner.IsAtEndTag)
            {
                scanner.SkipThrough(">"u8);
                depth--;
                continue;
            }
            scanner.StartTag();
            while (scanner.Attribute(out _, out _, out _)) { }
            if (!scanner.WasEmptyTag && ++depth > ReadLimits.MaxDepth)
                scanner.Fail(scanner.Mark, $"elements are nested deeper than {ReadLimits.MaxDepth}");
        }
    }

    /// <summary>Reads the rest of a start tag that has no attributes; true where it ended the element.</summary>
    public bool NoAttributes(ReadOnlySpan<byte> name)
    {
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out _, out isEmpty))
            UnknownAttribute(attribute, Encoding.UTF8.GetString(name));
        return isEmpty;
    }

    public void UnknownAttribute(ReadOnlySpan<byte> attribute, string element) =>
        scanner.Fault(
            scanner.ValueOffset,
            element,
            $"the attribute '{Encoding.UTF8.GetString(attribute)}' is not known here"
        );

    ReferenceType? TypeOf(ReadOnlySpan<byte> value, int offset)
    {
        if (value.SequenceEqual("person"u8))
            return ReferenceType.Person;
        var text = scanner.Decode(value, offset);
        if (Reference.TryParseType(text, out var type))
            return type;
        scanner.Fault(offset, "xref", $"'{Shown.Of(text)}' is no type of reference");
        return ReferenceType.Text;
    }

    RichText WordsOf(ReadOnlySpan<byte> raw) => raw.IsEmpty ? RichText.Empty : richTexts.Of(raw);

    void ReadInline(ImmutableArray<Inline>.Builder inlines, int depth)
    {
        var start = scanner.Mark;
        var name = scanner.StartTag();
        if (scanner.HasFailed)
            return;
        if (name.SequenceEqual("br"u8))
        {
            if (!NoAttributes(name))
                scanner.EndTag("br"u8);
            inlines.Add(new(InlineKind.Break));
        }
        else if (name.SequenceEqual("xref"u8))
        {
            if (ReadReference(start) is { } reference)
                inlines.Add(new(InlineKind.Reference, Reference: reference));
        }
        else if (name.SequenceEqual("paragraph"u8))
        {
            var paragraph = NoAttributes(name) ? RichText.Empty : ReadRich("paragraph"u8, depth + 1);
            inlines.Add(new(InlineKind.Paragraph, Paragraph: paragraph));
        }
        else
        {
            scanner.Fault(
                start,
                "",
                $"the element <{Encoding.UTF8.GetString(name)}> is not known in running text"
            );
            SkipElement();
        }
    }
}
