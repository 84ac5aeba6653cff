using System.Collections.Immutable;
using System.Text;

namespace Berthbook.Formats;

/// <summary>Reads the record elements, with the order of their parts and their odd blanks.</summary>
sealed class XmlRecordReading(XmlScanner scanner, XmlPieces pieces, XmlKeeping keeping)
{
    readonly Dictionary<ulong, RecordLayout> layouts = [];
    readonly List<string?> gaps = [];
    readonly List<RecordPart> parts = [];
    readonly RecordDraft draft = new();
    int count;

    /// <summary>Reads a record whose start tag's name was read.</summary>
    public void Read(string? before, int start)
    {
        draft.Clear();
        parts.Clear();
        gaps.Clear();
        gaps.Add(before);
        var isEmpty = ReadAttributes();
        while (!isEmpty && !scanner.HasFailed)
        {
            gaps.Add(scanner.Gap(scanner.IsEndTagAfterGap(1) ? 1 : 2));
            if (scanner.HasFailed || scanner.IsAtEndTag)
                break;
            ReadPart();
        }
        if (!isEmpty)
            scanner.EndTag("record"u8);
        if (scanner.HasFailed)
            return;
        if (draft.Description is null)
            scanner.Fault(start, "description", "a record has a description, perhaps an empty one");
        if (draft.Name is null && draft.Number is null && !draft.HasFault)
            scanner.Fault(start, "record", "a record has a service name, a port number or both");
        if (++count > ReadLimits.MaxElements)
            scanner.Fail(start, $"the registry has more than {ReadLimits.MaxElements:N0} records");
        if (draft.Description is not null)
            keeping.Keep(draft.ToRecord(Layout()), start);
    }

    bool ReadAttributes()
    {
        bool isEmpty;
        while (scanner.Attribute(out var attribute, out var value, out isEmpty))
        {
            if (attribute.SequenceEqual("date"u8))
                draft.Registered = pieces.ReadDate(value, scanner.ValueOffset, "date");
            else if (attribute.SequenceEqual("updated"u8))
                draft.Modified = pieces.ReadDate(value, scanner.ValueOffset, "updated");
            else
                pieces.UnknownAttribute(attribute, "record");
        }
        return isEmpty;
    }

    void ReadPart()
    {
        var start = scanner.Mark;
        var name = scanner.StartTag();
        if (scanner.HasFailed)
            return;
        if (name.SequenceEqual("xref"u8))
        {
            if (pieces.ReadReference(start) is not { } reference)
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
            pieces.SkipElement();
            draft.HasFault = true;
            return;
        }
        if (parts.Contains(part))
            scanner.Fault(start, Encoding.UTF8.GetString(name), "the record has a second one of these");
        parts.Add(part);
        var isEmpty = pieces.NoAttributes(name);
        var offset = scanner.Mark;
        switch (part)
        {
            case RecordPart.Name:
                var text = pieces.ReadText(name, isEmpty);
                draft.Name = text.Length == 0 ? null : ServiceName.Historic(text);
                break;
            case RecordPart.Transport:
                var transport = pieces.ReadText(name, isEmpty);
                if (TransportProtocols.TryParse(transport, out var known))
                    draft.Transport = known;
                else
                    scanner.Fault(
                        offset,
                        "protocol",
                        $"'{Shown.Of(transport)}' is no transport protocol here: tcp, udp, sctp or dccp"
                    );
                break;
            case RecordPart.Number:
                var number = pieces.ReadText(name, isEmpty);
                if (PortRange.TryParse(number, out var range))
                    draft.Number = range;
                else
                    draft.FaultWith(scanner, offset, "number", PortRange.FaultOf(number)!);
                break;
            case RecordPart.Description:
                draft.Description = isEmpty ? RichText.Empty : pieces.ReadRich(name, 3);
                break;
            case RecordPart.Note:
                draft.Note = isEmpty ? RichText.Empty : pieces.ReadRich(name, 3);
                break;
            case RecordPart.Unauthorized:
                draft.Unauthorized = pieces.ReadText(name, isEmpty);
                break;
            case RecordPart.ServiceCode:
                var code = pieces.ReadText(name, isEmpty);
                if (ServiceCodes.TryParse(code, out var value))
                    draft.ServiceCode = value;
                else
                    scanner.Fault(
                        offset,
                        "sc",
                        $"'{Shown.Of(code)}' is no service code: a number from 0 to 4294967295"
                    );
                break;
            default:
                ReadAssignee(isEmpty);
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

    void ReadAssignee(bool isEmpty)
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
                if (pieces.ReadReference(start) is { } reference)
                    assignee.Add(reference);
            }
            else if (!scanner.HasFailed)
            {
                scanner.Fault(start, "assignee", "an assignee is written as <xref type=\"person\" .../>");
                pieces.SkipElement();
            }
        }
        if (!isEmpty)
            scanner.EndTag("assignee"u8);
        draft.Assignee = assignee.DrainToImmutable();
        draft.AssigneeGaps = inside is null ? null : new(null, [.. inside]);
    }

    RecordLayout Layout()
    {
        var hasGaps = gaps.Exists(gap => gap is not null);
        if (!hasGaps && draft.AssigneeGaps is null && parts.Count <= 15)
        {
            var key = 1UL;
            foreach (var part in parts)
                key = (key << 4) | (byte)part;
            if (!layouts.TryGetValue(key, out var known))
                layouts.Add(key, known = new([.. parts]));
            return known;
        }
        var inside = gaps.Skip(1).Any(gap => gap is not null) ? gaps.Skip(1) : [];
        return new([.. parts], hasGaps ? new(gaps[0], [.. inside]) : null, draft.AssigneeGaps);
    }
}
