using System.Collections.Immutable;
using System.Text;

namespace Berthbook.Formats;

/// <summary>
/// Builds the registry from IANA's XML, strictly, keeping every odd blank (formats.md 2 and 3). Faults of a value
/// are noted and reading goes on, so that one run tells them all.
/// </summary>
sealed class XmlReading
{
    const string Namespace = "http://www.iana.org/assignments";

    readonly XmlPieces pieces;
    readonly XmlRecordReading records;
    readonly XmlContactReading contacts;

    readonly XmlScanner scanner;
    readonly ProblemList faults;
    readonly XmlKeeping keeping;

    public XmlReading(XmlScanner scanner, ProblemList faults, XmlKeeping keeping)
    {
        (this.scanner, this.faults, this.keeping) = (scanner, faults, keeping);
        pieces = new(scanner);
        records = new(scanner, pieces, keeping);
        contacts = new(scanner, pieces, keeping);
    }

    /// <summary>Reads the whole file; null where it has a fault or was only checked.</summary>
    public Registry? Read()
    {
        var prolog = XmlProlog.Read(scanner);
        var id = ReadRootTag();
        var headerParts = ImmutableArray.CreateBuilder<HeaderPart>();
        var footnotes = ImmutableArray.CreateBuilder<Footnote>();
        string? beforePeople = null;
        string? beforePeopleEnd = null;
        string? beforeEnd;
        var (hasRecords, hasPeople) = (false, false);
        while (true)
        {
            keeping.BeginElement();
            var gap = scanner.Gap(scanner.IsEndTagAfterGap(0) ? 0 : 1);
            beforeEnd = gap;
            if (scanner.HasFailed || scanner.IsAtEndTag)
                break;
            var start = scanner.Mark;
            var name = scanner.StartTag();
            if (name.SequenceEqual("record"u8))
            {
                RequireOrder(footnotes.Count == 0 && !hasPeople, start, "record");
                hasRecords = true;
                records.Read(gap, start);
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
                beforePeopleEnd = contacts.Read();
            }
            else
            {
                RequireOrder(
                    !hasRecords && footnotes.Count == 0 && !hasPeople,
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
        if (faults.Count > 0 || keeping.IsOnlyChecked)
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
        return new(header, [.. keeping.Records], [.. keeping.Contacts]);
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
                pieces.UnknownAttribute(attribute, "registry");
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
            return new(HeaderPartKind.Reference, RichText.Empty, pieces.ReadReference(start), null, gap);
        if (HeaderKind(name) is not { } kind)
        {
            scanner.Fault(
                start,
                "registry",
                $"the element <{Encoding.UTF8.GetString(name)}> is not known here"
            );
            pieces.SkipElement();
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
                pieces.UnknownAttribute(attribute, Encoding.UTF8.GetString(name));
        }
        var offset = scanner.Mark;
        var text = isEmpty ? RichText.Empty : pieces.ReadRich(name, 2);
        if (
            kind == HeaderPartKind.Updated
            && (!RegistryDate.TryParse(text.Words, out var date) || date.Day is null)
        )
            scanner.Fault(offset, "updated", $"'{Shown.Of(text.Flat)}' is not a day; write yyyy-mm-dd");
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
                pieces.UnknownAttribute(attribute, "footnote");
        }
        return new(anchor, isEmpty ? RichText.Empty : pieces.ReadRich("footnote"u8, 2), gap);
    }

    void RequireOrder(bool isInOrder, int start, string name)
    {
        if (!isInOrder && !scanner.HasFailed)
            scanner.Fault(
                start,
                name,
                "the registry has its header first, then records, footnotes and people"
            );
    }
}
