using System.Runtime.CompilerServices;

namespace Berthbook.Formats;

/// <summary>
/// Writes the records and contacts that need no thought, which nearly all are: canonical white space, ASCII, nothing to
/// escape but what is escaped here. <see cref="XmlWriting"/> writes the others.
/// </summary>
/// <remarks>
/// Goes from the model's strings to UTF-8 in one step and allocates nothing. Each step returns where the next one goes
/// on, or -1 where the value is not plain or too long; nothing can overflow, for what comes stays below
/// <see cref="Slack"/>.
/// </remarks>
static class XmlPlainWriting
{
    /// <summary>The room a record or contact is given, in bytes.</summary>
    public const int Room = 4096;

    // More than all tags, numbers and dates between two texts take.
    const int Slack = 256;

    public static int TryWrite(Span<byte> room, RegistryRecord record)
    {
        if (record.Layout is not { Gaps: null, AssigneeGaps: null } layout)
            return -1;
        unchecked
        {
            var at = Add(room, 0, "\n  <record"u8);
            if (record.Registered is { } registered)
            {
                at = PlainValues.Date(room, Add(room, at, " date=\""u8), registered);
                room[at++] = (byte)'"';
            }
            if (record.Modified is { } modified)
            {
                at = PlainValues.Date(room, Add(room, at, " updated=\""u8), modified);
                room[at++] = (byte)'"';
            }
            room[at++] = (byte)'>';
            var (contact, reference) = (0, 0);
            foreach (var part in layout.Parts.AsSpan())
            {
                at = part switch
                {
                    RecordPart.Contact => Person(room, Add(room, at, "\n    "u8), record.Contacts[contact++]),
                    RecordPart.Reference => Link(
                        room,
                        Add(room, at, "\n    "u8),
                        record.References[reference++]
                    ),
                    _ => Part(room, at, record, part),
                };
                if (at < 0)
                    return -1;
            }
            return Add(room, at, "\n  </record>"u8);
        }
    }

    public static int TryWrite(Span<byte> room, Contact contact)
    {
        if (
            contact.Gaps is not null
            || contact is { Name: null, Organization: null, Uris.IsEmpty: true, Updated: null }
        )
            return -1;
        unchecked
        {
            var at = Attribute(room, Add(room, 0, "\n    <person id=\""u8), contact.Id);
            if (at < 0)
                return -1;
            at = Add(room, at, "\">"u8);
            if (contact.Name is { } name)
            {
                if ((at = Text(room, Add(room, at, "\n      <name>"u8), name)) < 0)
                    return -1;
                at = Add(room, at, "</name>"u8);
            }
            if (contact.Organization is { } organization)
            {
                if ((at = Text(room, Add(room, at, "\n      <org>"u8), organization)) < 0)
                    return -1;
                at = Add(room, at, "</org>"u8);
            }
            foreach (var uri in contact.Uris.AsSpan())
            {
                if ((at = Address(room, Add(room, at, "\n      <uri>"u8), uri)) < 0)
                    return -1;
                at = Add(room, at, "</uri>"u8);
            }
            if (contact.Updated is { } updated)
            {
                at = PlainValues.Date(room, Add(room, at, "\n      <updated>"u8), updated);
                at = Add(room, at, "</updated>"u8);
            }
            return Add(room, at, "\n    </person>"u8);
        }
    }

    static int Part(Span<byte> room, int at, RegistryRecord record, RecordPart part)
    {
        switch (part)
        {
            case RecordPart.Name when record.Name is { } name:
                at = Text(room, Add(room, at, "\n    <name>"u8), name.Text);
                return at < 0 ? -1 : Add(room, at, "</name>"u8);
            case RecordPart.Transport when record.Transport is { } transport:
                at = PlainValues.Transport(room, Add(room, at, "\n    <protocol>"u8), transport);
                return Add(room, at, "</protocol>"u8);
            case RecordPart.Description
                when record.Description is { IsPlain: true, IsEmpty: false } description:
                at = Text(room, Add(room, at, "\n    <description>"u8), description.Words);
                return at < 0 ? -1 : Add(room, at, "</description>"u8);
            case RecordPart.Number when record.Number is { } number:
                at = PlainValues.Number(room, Add(room, at, "\n    <number>"u8), number);
                return Add(room, at, "</number>"u8);
            case RecordPart.Note when record.Note is { IsPlain: true, IsEmpty: false } note:
                at = Text(room, Add(room, at, "\n    <note>"u8), note.Words);
                return at < 0 ? -1 : Add(room, at, "</note>"u8);
            case RecordPart.Assignee when record.Assignee is [var holder]:
                at = Person(room, Add(room, at, "\n    <assignee>\n      "u8), holder);
                return at < 0 ? -1 : Add(room, at, "\n    </assignee>"u8);
            default:
                return -1;
        }
    }

    static int Person(Span<byte> room, int at, Reference reference)
    {
        if (
            reference
            is not { Type: ReferenceType.Person, Text: null, Part: ReferencePart.Whole, LastUpdated: null }
        )
            return -1;
        at = Attribute(room, Add(room, at, "<xref type=\"person\" data=\""u8), reference.Data);
        return at < 0 ? -1 : Add(room, at, "\"/>"u8);
    }

    static int Link(Span<byte> room, int at, Reference reference)
    {
        if (
            reference
            is not { Type: ReferenceType.Rfc, Text: null, Part: ReferencePart.Whole, LastUpdated: null }
        )
            return -1;
        at = Attribute(room, Add(room, at, "<xref type=\"rfc\" data=\""u8), reference.Data);
        return at < 0 ? -1 : Add(room, at, "\"/>"u8);
    }

    // A mail address is written mailto:user&amp;host: its one ampersand is escaped here.
    static int Address(Span<byte> room, int at, string uri)
    {
        var ampersand = uri.AsSpan().IndexOf('&');
        if (ampersand < 0)
            return Text(room, at, uri);
        unchecked
        {
            at = Text(room, at, uri.AsSpan(0, ampersand));
            return at < 0 ? -1 : Text(room, Add(room, at, "&amp;"u8), uri.AsSpan(ampersand + 1));
        }
    }

    static int Attribute(Span<byte> room, int at, string text) =>
        text.Length == 0 || text.Contains('"', StringComparison.Ordinal) ? -1 : Text(room, at, text);

    static int Text(Span<byte> room, int at, ReadOnlySpan<char> text)
    {
        unchecked
        {
            return
                text.Length > 0
                && at + text.Length + Slack <= room.Length
                && PlainText.TryCopy<OddInXml>(text, room[at..])
                ? at + text.Length
                : -1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Add(Span<byte> room, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(room[at..]);
        return unchecked(at + text.Length);
    }
}
