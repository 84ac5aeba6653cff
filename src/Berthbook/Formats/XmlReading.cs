using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Berthbook.Formats;

/// <summary>
/// Builds the registry from IANA's XML, strictly, keeping every odd blank (formats.md 2 and 3). Faults of a value
/// are noted and reading goes on, so that one run tells them all.
/// </summary>
sealed partial class XmlReading(XmlScanner scanner, ProblemList faults)
{
    /// <summary>Past this many bytes a file is only checked; it is read again to be kept (reliability.md P10).</summary>
    public const long KeptBytes = 32 << 20;

    /// <summary>The most records, and the most contacts, of a registry.</summary>
    public const int MaxElements = 2_000_000;

    const string Namespace = "http://www.iana.org/assignments";

    // What an id's bytes are when they need no decoding.
    static readonly SearchValues<byte> IdBytes = SearchValues.Create([
        .. Enumerable.Range(' ', 95).Where(c => c is not ('&' or '<')).Select(c => (byte)c),
    ]);

    readonly ImmutableArray<RegistryRecord>.Builder records = ImmutableArray.CreateBuilder<RegistryRecord>(
        16 << 10
    );
    readonly ImmutableArray<Contact>.Builder contacts = ImmutableArray.CreateBuilder<Contact>(8 << 10);
    readonly HashSet<string> contactIds = new(StringComparer.Ordinal);
    readonly List<int> recordLines = new(16 << 10);
    readonly List<int> contactLines = new(8 << 10);
    readonly ValueCache<string> texts = new(text => text, text => text, 14);
    readonly ValueCache<RichText> richTexts = new(text => text.Words, text => new(text), 14);
    readonly ValueCache<Reference> persons = new(
        person => person.Data,
        id => new(ReferenceType.Person, id),
        14
    );
    readonly Dictionary<ulong, RecordLayout> layouts = [];
    readonly List<string?> gaps = [];
    readonly List<RecordPart> parts = [];
    int line = 1;
    int marked;

    /// <summary>Whether the file was too large to keep while it was checked.</summary>
    public bool IsOnlyChecked { get; private set; }

    /// <summary>The lines of the records, by their place.</summary>
    public IReadOnlyList<int> RecordLines => recordLines;

    /// <summary>The lines of the contacts, by their place.</summary>
    public IReadOnlyList<int> ContactLines => contactLines;

    /// <summary>Reads the whole file; null where it has a fault or was only checked.</summary>
    public Registry? Read(bool keepsAll)
    {
        var prolog = ReadProlog();
        var id = ReadRootTag();
        var headerParts = ImmutableArray.CreateBuilder<HeaderPart>();
        var footnotes = ImmutableArray.CreateBuilder<Footnote>();
        string? beforePeople = null;
        string? beforePeopleEnd = null;
        string? beforeEnd;
        var hasPeople = false;
        while (true)
        {
            scanner.BeginElement();
            IsOnlyChecked |= !keepsAll && scanner.BytesRead > KeptBytes;
            var gap = scanner.Gap(scanner.IsEndTagAfterGap(0) ? 0 : 1);
            beforeEnd = gap;
            if (scanner.HasFailed || scanner.IsAtEndTag)
                break;
            var start = scanner.Mark;
            var name = scanner.StartTag();
            if (name.SequenceEqual("record"u8))
            {
                RequireOrder(footnotes.Count == 0 && !hasPeople, start, "record");
                ReadRecord(gap, start);
            }
            else if (name.SequenceEqual("footnote"u8))
            {
                RequireOrder(!hasPeople, start, "footnote");
                footnotes.Add(ReadFootnote(gap));
            }
            else if (name.SequenceEqual("people"u8))
            {
                RequireOrder(!hasPeople, start, "people");
                hasPeople = true;
                beforePeople = gap;
                beforePeopleEnd = ReadPeople(keepsAll);
            }
            else
            {
                RequireOrder(
                    records.Count == 0 && footnotes.Count == 0 && !hasPeople,
                    start,
                    Encoding.UTF8.GetString(name)
                );
                if (ReadHeaderPart(name, gap, start, headerParts) is { } part)
                    headerParts.Add(part);
            }
            if (scanner.HasFailed)
                break;
        }
        scanner.EndTag("registry"u8);
        var trailer = ReadTrailer();
        if (!scanner.HasFailed && !headerParts.Any(part => part.Kind == HeaderPartKind.Updated))
            faults.Add(new(1, 1, "updated", "the registry does not say when it was last updated"));
        if (faults.Count > 0 || IsOnlyChecked)
            return null;
        var header = new RegistryHeader
        {
            Prolog = prolog,
            Id = id,
            Parts = headerParts.ToImmutable(),
            Footnotes = footnotes.ToImmutable(),
            GapBeforePeople = beforePeople,
            GapBeforePeopleEnd = beforePeopleEnd,
            GapBeforeEnd = beforeEnd,
            Trailer = trailer,
        };
        return new(header, records.DrainToImmutable(), contacts.DrainToImmutable());
    }

    string ReadProlog()
    {
        var start = scanner.Mark;
        if (scanner.Peek() is 0xFE or 0xFF)
        {
            scanner.Fail(start, "the file is UTF-16; the registry's files are UTF-8");
            return "";
        }
        scanner.Skip("\uFEFF"u8);
        var declarationPlace = scanner.Mark;
        while (!scanner.HasFailed)
        {
            scanner.SkipBlanks();
            var here = scanner.Mark;
            if (scanner.StartsWith("<?"u8) && scanner.SkipThrough("?>"u8))
                RequireInstruction(
                    Encoding.Latin1.GetString(scanner.Since(here)),
                    here,
                    here == declarationPlace
                );
            else if (scanner.StartsWith("<!--"u8) && scanner.SkipThrough("-->"u8))
                RequireComment(Encoding.Latin1.GetString(scanner.Since(here)), here);
            else
                break;
        }
        return scanner.Decode(scanner.Since(start), start, isMarkup: true);
    }

    void RequireInstruction(string instruction, int offset, bool isFirst)
    {
        if (
            instruction.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)
            && !instruction.StartsWith("<?xml-", StringComparison.Ordinal)
        )
        {
            if (!isFirst || XmlDeclaration.Match(instruction) is not { Success: true } declaration)
                scanner.Fail(
                    offset,
                    "the XML declaration is <?xml version='1.0' encoding='UTF-8'?>, first in the file"
                );
            else if (
                declaration.Groups[1].Value + declaration.Groups[2].Value is { Length: > 0 } encoding
                && !encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase)
            )
                scanner.Fail(
                    offset,
                    $"the file says it is {encoding}, not UTF-8; the registry's files are UTF-8"
                );
        }
        else if (!Instruction.IsMatch(instruction))
        {
            scanner.Fail(offset, "a processing instruction is written <?name words?>");
        }
    }

    void RequireComment(string comment, int offset)
    {
        if (
            comment.Length < 7
            || comment.AsSpan(4, comment.Length - 7).Contains("--", StringComparison.Ordinal)
            || comment[^4] == '-'
        )
            scanner.Fail(offset, "a comment has no two hyphens in a row");
    }

    string ReadRootTag()
    {
        var start = scanner.Mark;
        if (scanner.IsAtEnd && !scanner.HasFailed)
            scanner.Fail(start, "the file has no content");
        var name = scanner.StartTag();
        if (scanner.HasFailed)
            return "";
        if (!name.SequenceEqual("registry"u8))
        {
            scanner.Fail(start, "the root element is <registry>");
            return "";
        }
        string? id = null;
        string? space = null;
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out var value, out isEmpty))
        {
            var text = scanner.Decode(value, scanner.ValueOffset);
            if (attribute.SequenceEqual("xmlns"u8))
                space = text;
            else if (attribute.SequenceEqual("id"u8))
                id = text;
            else
                UnknownAttribute(attribute, "registry");
        }
        if (scanner.HasFailed)
            return "";
        if (space != Namespace)
            scanner.Fault(start, "registry", $"the namespace is {Namespace}");
        if (id is null)
            scanner.Fault(start, "registry", "the registry has an id");
        if (isEmpty)
            scanner.Fail(start, "the registry is empty");
        return id ?? "";
    }

    string ReadTrailer()
    {
        var start = scanner.Mark;
        scanner.SkipBlanks();
        if (!scanner.HasFailed && !scanner.IsAtEnd)
            scanner.Fail(scanner.Mark, "something follows the end of the registry");
        return scanner.HasFailed ? "" : Encoding.ASCII.GetString(scanner.Since(start));
    }

    HeaderPart? ReadHeaderPart(
        ReadOnlySpan<byte> name,
        string? gap,
        int start,
        ImmutableArray<HeaderPart>.Builder known
    )
    {
        if (scanner.HasFailed)
            return null;
        if (name.SequenceEqual("xref"u8))
            return new(HeaderPartKind.Reference, RichText.Empty, ReadReference(start), null, gap);
        if (HeaderKind(name) is not { } kind)
        {
            scanner.Fault(
                start,
                "registry",
                $"the element <{Encoding.UTF8.GetString(name)}> is not known here"
            );
            SkipElement();
            return null;
        }
        if (kind != HeaderPartKind.Note && known.Any(part => part.Kind == kind))
            scanner.Fault(start, Encoding.UTF8.GetString(name), "the registry has a second one of these");
        string? title = null;
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out var value, out isEmpty))
        {
            if (kind == HeaderPartKind.Note && attribute.SequenceEqual("title"u8))
                title = scanner.Decode(value, scanner.ValueOffset);
            else
                UnknownAttribute(attribute, Encoding.UTF8.GetString(name));
        }
        var offset = scanner.Mark;
        var text = isEmpty ? RichText.Empty : ReadRich(name, 2);
        if (
            kind == HeaderPartKind.Updated
            && (!RegistryDate.TryParse(text.Words, out var date) || date.Day is null)
        )
            scanner.Fault(offset, "updated", $"'{text.Flat}' is not a day; write yyyy-mm-dd");
        return new(kind, text, null, title, gap);
    }

    static HeaderPartKind? HeaderKind(ReadOnlySpan<byte> name) =>
        Encoding.UTF8.GetString(name) switch
        {
            "title" => HeaderPartKind.Title,
            "created" => HeaderPartKind.Created,
            "category" => HeaderPartKind.Category,
            "updated" => HeaderPartKind.Updated,
            "registration_rule" => HeaderPartKind.RegistrationRule,
            "expert" => HeaderPartKind.Expert,
            "description" => HeaderPartKind.Description,
            "note" => HeaderPartKind.Note,
            _ => null,
        };

    Footnote ReadFootnote(string? gap)
    {
        var anchor = "";
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out var value, out isEmpty))
        {
            if (attribute.SequenceEqual("anchor"u8))
                anchor = scanner.Decode(value, scanner.ValueOffset);
            else
                UnknownAttribute(attribute, "footnote");
        }
        return new(anchor, isEmpty ? RichText.Empty : ReadRich("footnote"u8, 2), gap);
    }

    void ReadRecord(string? before, int start)
    {
        NoteLine(start, recordLines);
        RegistryDate? registered = null;
        RegistryDate? modified = null;
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out var value, out isEmpty))
        {
            if (attribute.SequenceEqual("date"u8))
                registered = ReadDate(value, scanner.ValueOffset, "date");
            else if (attribute.SequenceEqual("updated"u8))
                modified = ReadDate(value, scanner.ValueOffset, "updated");
            else
                UnknownAttribute(attribute, "record");
        }
        var draft = new RecordDraft { Registered = registered, Modified = modified };
        parts.Clear();
        gaps.Clear();
        gaps.Add(before);
        var hasGaps = before is not null;
        while (!isEmpty && !scanner.HasFailed)
        {
            var gap = scanner.Gap(scanner.IsEndTagAfterGap(1) ? 1 : 2);
            gaps.Add(gap);
            hasGaps |= gap is not null;
            if (scanner.HasFailed || scanner.IsAtEndTag)
                break;
            ReadRecordPart(draft);
        }
        if (!isEmpty)
            scanner.EndTag("record"u8);
        if (scanner.HasFailed)
            return;
        if (draft.Description is null)
            scanner.Fault(start, "description", "a record has a description, perhaps an empty one");
        if (draft.Name is null && draft.Number is null && !draft.HasFault)
            scanner.Fault(start, "record", "a record has a service name, a port number or both");
        if (records.Count >= MaxElements)
            scanner.Fail(start, $"the registry has more than {MaxElements:N0} records");
        if (IsOnlyChecked || draft.Description is null)
        {
            records.Clear();
            recordLines.Clear();
            return;
        }
        records.Add(draft.ToRecord(Layout(hasGaps, draft.AssigneeGaps)));
    }

    void ReadRecordPart(RecordDraft draft)
    {
        var start = scanner.Mark;
        var name = scanner.StartTag();
        if (scanner.HasFailed)
            return;
        if (name.SequenceEqual("xref"u8))
        {
            if (ReadReference(start) is not { } reference)
                return;
            var isPerson = reference.Type == ReferenceType.Person;
            (isPerson ? draft.Contacts : draft.References).Add(reference);
            parts.Add(isPerson ? RecordPart.Contact : RecordPart.Reference);
            return;
        }
        if (PartOf(name) is not { } part)
        {
            scanner.Fault(
                start,
                "record",
                $"the element <{Encoding.UTF8.GetString(name)}> is not known in a record"
            );
            SkipElement();
            draft.HasFault = true;
            return;
        }
        if (parts.Contains(part))
            scanner.Fault(start, Encoding.UTF8.GetString(name), "the record has a second one of these");
        parts.Add(part);
        var isEmpty = NoAttributes(name);
        var offset = scanner.Mark;
        switch (part)
        {
            case RecordPart.Name:
                var text = ReadText(name, isEmpty);
                draft.Name = text.Length == 0 ? null : ServiceName.Historic(text);
                break;
            case RecordPart.Transport:
                var transport = ReadText(name, isEmpty);
                if (TransportProtocols.TryParse(transport, out var known))
                    draft.Transport = known;
                else
                    scanner.Fault(
                        offset,
                        "protocol",
                        $"'{transport}' is no transport protocol here: tcp, udp, sctp or dccp"
                    );
                break;
            case RecordPart.Number:
                var number = ReadText(name, isEmpty);
                if (PortRange.TryParse(number, out var range))
                    draft.Number = range;
                else
                    draft.FaultWith(scanner, offset, "number", PortRange.FaultOf(number)!);
                break;
            case RecordPart.Description:
                draft.Description = isEmpty ? RichText.Empty : ReadRich(name, 3);
                break;
            case RecordPart.Note:
                draft.Note = isEmpty ? RichText.Empty : ReadRich(name, 3);
                break;
            case RecordPart.Unauthorized:
                draft.Unauthorized = ReadText(name, isEmpty);
                break;
            case RecordPart.ServiceCode:
                var code = ReadText(name, isEmpty);
                if (ServiceCodes.TryParse(code, out var value))
                    draft.ServiceCode = value;
                else
                    scanner.Fault(
                        offset,
                        "sc",
                        $"'{code}' is no service code: a number from 0 to 4294967295"
                    );
                break;
            default:
                ReadAssignee(draft, isEmpty);
                break;
        }
    }

    static RecordPart? PartOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("name"u8) ? RecordPart.Name
        : name.SequenceEqual("protocol"u8) ? RecordPart.Transport
        : name.SequenceEqual("description"u8) ? RecordPart.Description
        : name.SequenceEqual("number"u8) ? RecordPart.Number
        : name.SequenceEqual("assignee"u8) ? RecordPart.Assignee
        : name.SequenceEqual("note"u8) ? RecordPart.Note
        : name.SequenceEqual("unauthorized"u8) ? RecordPart.Unauthorized
        : name.SequenceEqual("sc"u8) ? RecordPart.ServiceCode
        : null;

    void ReadAssignee(RecordDraft draft, bool isEmpty)
    {
        var assignee = ImmutableArray.CreateBuilder<Reference>(1);
        List<string?>? inside = null;
        while (!isEmpty && !scanner.HasFailed)
        {
            var gap = scanner.Gap(scanner.IsEndTagAfterGap(2) ? 2 : 3);
            if (gap is not null)
                inside ??= [.. Enumerable.Repeat<string?>(null, assignee.Count)];
            inside?.Add(gap);
            if (scanner.HasFailed || scanner.IsAtEndTag)
                break;
            var start = scanner.Mark;
            if (scanner.StartTag().SequenceEqual("xref"u8))
            {
                if (ReadReference(start) is { } reference)
                    assignee.Add(reference);
            }
            else if (!scanner.HasFailed)
            {
                scanner.Fault(start, "assignee", "an assignee is written as <xref type=\"person\" .../>");
                SkipElement();
            }
        }
        if (!isEmpty)
            scanner.EndTag("assignee"u8);
        draft.Assignee = assignee.DrainToImmutable();
        draft.AssigneeGaps = inside is null ? null : new(null, [.. inside]);
    }

    string? ReadPeople(bool keepsAll)
    {
        if (NoAttributes("people"u8))
            return null;
        while (!scanner.HasFailed)
        {
            scanner.BeginElement();
            IsOnlyChecked |= !keepsAll && scanner.BytesRead > KeptBytes;
            var gap = scanner.Gap(scanner.IsEndTagAfterGap(1) ? 1 : 2);
            if (scanner.HasFailed)
                break;
            if (scanner.IsAtEndTag)
            {
                scanner.EndTag("people"u8);
                return gap;
            }
            var start = scanner.Mark;
            if (scanner.StartTag().SequenceEqual("person"u8))
            {
                ReadContact(gap, start);
            }
            else if (!scanner.HasFailed)
            {
                scanner.Fault(start, "people", "people holds <person> elements only");
                SkipElement();
            }
        }
        return null;
    }

    void ReadContact(string? before, int start)
    {
        NoteLine(start, contactLines);
        string? id = null;
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out var value, out isEmpty))
        {
            if (attribute.SequenceEqual("id"u8))
                id = scanner.Decode(value, scanner.ValueOffset);
            else
                UnknownAttribute(attribute, "person");
        }
        string? name = null;
        string? organization = null;
        RegistryDate? updated = null;
        var uris = ImmutableArray<string>.Empty;
        gaps.Clear();
        var hasGaps = false;
        var last = 0;
        while (!isEmpty && !scanner.HasFailed)
        {
            var gap = scanner.Gap(scanner.IsEndTagAfterGap(2) ? 2 : 3);
            gaps.Add(gap);
            hasGaps |= gap is not null;
            if (scanner.HasFailed || scanner.IsAtEndTag)
                break;
            var childStart = scanner.Mark;
            var child = scanner.StartTag();
            if (scanner.HasFailed)
                break;
            var place =
                child.SequenceEqual("name"u8) ? 1
                : child.SequenceEqual("org"u8) ? 2
                : child.SequenceEqual("uri"u8) ? 3
                : child.SequenceEqual("updated"u8) ? 4
                : 0;
            if (place == 0)
            {
                scanner.Fault(
                    childStart,
                    "person",
                    $"the element <{Encoding.UTF8.GetString(child)}> is not known in a person"
                );
                SkipElement();
                continue;
            }
            if (place < last || (place == last && place != 3))
                scanner.Fault(
                    childStart,
                    "person",
                    "a person has name, org, uri and updated in this order, only uri more than once"
                );
            last = place;
            var isChildEmpty = NoAttributes(child);
            var offset = scanner.Mark;
            var text = ReadText(child, isChildEmpty);
            if (place == 1)
                name = text;
            else if (place == 2)
                organization = text;
            else if (place == 3)
                uris = uris.Add(text);
            else if (RegistryDate.TryParse(text, out var date))
                updated = date;
            else if (!scanner.HasFailed)
                scanner.Fault(offset, "updated", $"'{text}' is not a date; write yyyy-mm-dd or yyyy-mm");
        }
        if (!isEmpty)
            scanner.EndTag("person"u8);
        if (scanner.HasFailed)
            return;
        if (string.IsNullOrEmpty(id))
            scanner.Fault(start, "person", "a person has an id");
        else if (!contactIds.Add(id))
            scanner.Fault(start, "person", $"a second person has the id '{id}'");
        if (contactIds.Count > MaxElements)
            scanner.Fail(start, $"the registry has more than {MaxElements:N0} contacts");
        if (IsOnlyChecked || string.IsNullOrEmpty(id))
            return;
        contacts.Add(
            new()
            {
                Id = id,
                Name = name,
                Organization = organization,
                Uris = uris,
                Updated = updated,
                Gaps = before is null && !hasGaps ? null : new(before, hasGaps ? [.. gaps] : []),
            }
        );
    }

    Reference? ReadReference(int start)
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

    ReferenceType? TypeOf(ReadOnlySpan<byte> value, int offset)
    {
        if (value.SequenceEqual("person"u8))
            return ReferenceType.Person;
        var text = scanner.Decode(value, offset);
        if (Reference.TryParseType(text, out var type))
            return type;
        scanner.Fault(offset, "xref", $"'{text}' is no type of reference");
        return ReferenceType.Text;
    }

    RichText ReadRich(ReadOnlySpan<byte> name, int depth)
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
            var text = decoded ?? scanner.Decode(raw, scanner.Mark - raw.Length);
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

    RichText WordsOf(ReadOnlySpan<byte> raw) =>
        raw.IsEmpty ? RichText.Empty
        : Ascii.IsValid(raw) && raw.IndexOf("]]>"u8) < 0 ? richTexts.Of(raw)
        : new(scanner.Decode(raw, scanner.Mark - raw.Length));

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

    string ReadText(ReadOnlySpan<byte> name, bool isEmpty)
    {
        if (isEmpty)
            return "";
        var raw = scanner.Text(out var decoded);
        if (scanner.HasFailed)
            return "";
        var offset = scanner.Mark - raw.Length;
        var text =
            decoded
            ?? (Ascii.IsValid(raw) && raw.IndexOf("]]>"u8) < 0 ? texts.Of(raw) : scanner.Decode(raw, offset));
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

    // Skips the rest of an element whose start tag's name was read.
    void SkipElement()
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

    bool NoAttributes(ReadOnlySpan<byte> name)
    {
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out _, out isEmpty))
            UnknownAttribute(attribute, Encoding.UTF8.GetString(name));
        return isEmpty;
    }

    void UnknownAttribute(ReadOnlySpan<byte> attribute, string element) =>
        scanner.Fault(
            scanner.ValueOffset,
            element,
            $"the attribute '{Encoding.UTF8.GetString(attribute)}' is not known here"
        );

    void RequireOrder(bool isInOrder, int start, string name)
    {
        if (!isInOrder && !scanner.HasFailed)
            scanner.Fault(
                start,
                name,
                "the registry has its header first, then records, footnotes and people"
            );
    }

    RegistryDate? ReadDate(ReadOnlySpan<byte> value, int offset, string field)
    {
        var text = texts.Of(value);
        if (RegistryDate.TryParse(text, out var date))
            return date;
        scanner.Fault(offset, field, $"'{text}' is not a date; write yyyy-mm-dd or yyyy-mm");
        return null;
    }

    RecordLayout Layout(bool hasGaps, Gaps? assigneeGaps)
    {
        if (!hasGaps && assigneeGaps is null && parts.Count <= 15)
        {
            var key = 1UL;
            foreach (var part in parts)
                key = (key << 4) | (byte)part;
            if (!layouts.TryGetValue(key, out var known))
                layouts.Add(key, known = new([.. parts]));
            return known;
        }
        var own = hasGaps
            ? new Gaps(gaps[0], gaps.Skip(1).Any(gap => gap is not null) ? [.. gaps.Skip(1)] : [])
            : null;
        return new([.. parts], own, assigneeGaps);
    }

    void NoteLine(int start, List<int> lines)
    {
        if (marked > start)
            (marked, line) = (start, scanner.PlaceOf(start).Line);
        else
            (line, marked) = (scanner.LineAt(start, marked, line), start);
        lines.Add(line);
    }

    [GeneratedRegex(
        """\A<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:'1\.0'|"1\.0")(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:'([A-Za-z][A-Za-z0-9._-]*)'|"([A-Za-z][A-Za-z0-9._-]*)"))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:'yes'|'no'|"yes"|"no"))?[ \t\r\n]*\?>\z"""
    )]
    static partial Regex XmlDeclaration { get; }

    [GeneratedRegex("""\A<\?[A-Za-z_][A-Za-z0-9._-]*(?:[ \t\r\n][\s\S]*)?\?>\z""")]
    static partial Regex Instruction { get; }
}
