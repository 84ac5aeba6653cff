using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>Writes the registry as IANA's XML, to the byte (formats.md 3).</summary>
static class XmlWriting
{
    static ReadOnlySpan<byte> CanonicalGap => "\n                                "u8;

    static readonly byte[][] HeaderNames =
    [
        "title"u8.ToArray(),
        "created"u8.ToArray(),
        "category"u8.ToArray(),
        "updated"u8.ToArray(),
        "registration_rule"u8.ToArray(),
        "expert"u8.ToArray(),
        "description"u8.ToArray(),
        "note"u8.ToArray(),
    ];

    public static void Write(Utf8Output output, Registry registry)
    {
        var header = registry.Header;
        output.Add(header.Prolog);
        output.Add("<registry xmlns=\"http://www.iana.org/assignments\" id=\""u8);
        output.AddAttribute(header.Id);
        output.Add("\">"u8);
        foreach (var part in header.Parts)
            Write(output, part);
        foreach (var record in registry.Records.AsSpan())
        {
            var length = XmlPlainWriting.TryWrite(output.Room(XmlPlainWriting.Room), record);
            if (length >= 0)
                output.Advance(length);
            else
                Write(output, record);
        }
        foreach (var footnote in header.Footnotes)
        {
            Gap(output, footnote.Gap, 1);
            output.Add("<footnote anchor=\""u8);
            output.AddAttribute(footnote.Anchor);
            output.Add("\">"u8);
            Write(output, footnote.Text);
            output.Add("</footnote>"u8);
        }
        Gap(output, header.GapBeforePeople, 1);
        if (registry.Contacts.IsEmpty)
        {
            output.Add("<people/>"u8);
        }
        else
        {
            output.Add("<people>"u8);
            foreach (var contact in registry.Contacts.AsSpan())
            {
                var length = XmlPlainWriting.TryWrite(output.Room(XmlPlainWriting.Room), contact);
                if (length >= 0)
                    output.Advance(length);
                else
                    Write(output, contact);
            }
            Gap(output, header.GapBeforePeopleEnd, 1);
            output.Add("</people>"u8);
        }
        Gap(output, header.GapBeforeEnd, 0);
        output.Add("</registry>"u8);
        output.Add(header.Trailer);
    }

    static void Write(Utf8Output output, HeaderPart part)
    {
        Gap(output, part.Gap, 1);
        if (part.Kind == HeaderPartKind.Reference)
        {
            Write(output, part.Reference!);
            return;
        }
        var name = HeaderNames[(int)part.Kind];
        output.Add((byte)'<');
        output.Add(name);
        if (part.Title is { } title)
        {
            output.Add(" title=\""u8);
            output.AddAttribute(title);
            output.Add((byte)'"');
        }
        if (part.Text.IsEmpty)
        {
            output.Add("/>"u8);
            return;
        }
        output.Add((byte)'>');
        Write(output, part.Text);
        output.Add("</"u8);
        output.Add(name);
        output.Add((byte)'>');
    }

    static void Write(Utf8Output output, RegistryRecord record)
    {
        var layout = record.Layout ?? RecordLayout.For(record);
        var gaps = layout.Gaps;
        if (gaps?.Before is { } before)
            output.Add(before);
        else
            output.Add("\n  "u8);
        output.Add("<record"u8);
        if (record.Registered is { } registered)
        {
            output.Add(" date=\""u8);
            output.Add(registered);
            output.Add((byte)'"');
        }
        if (record.Modified is { } modified)
        {
            output.Add(" updated=\""u8);
            output.Add(modified);
            output.Add((byte)'"');
        }
        output.Add((byte)'>');
        var (contact, reference) = (0, 0);
        var parts = layout.Parts;
        for (var i = 0; i < parts.Length; i++)
        {
            Gap(output, gaps, i, 2);
            switch (parts[i])
            {
                case RecordPart.Name:
                    Write(output, "<name>"u8, record.Name?.Text ?? "", "</name>"u8, "<name/>"u8);
                    break;
                case RecordPart.Transport:
                    output.Add("<protocol>"u8);
                    output.Add(record.Transport!.Value);
                    output.Add("</protocol>"u8);
                    break;
                case RecordPart.Contact:
                    Write(output, record.Contacts[contact++]);
                    break;
                case RecordPart.Reference:
                    Write(output, record.References[reference++]);
                    break;
                case RecordPart.Assignee:
                    WriteAssignee(output, record.Assignee, layout.AssigneeGaps);
                    break;
                case RecordPart.Description:
                    Write(
                        output,
                        "<description>"u8,
                        record.Description,
                        "</description>"u8,
                        "<description/>"u8
                    );
                    break;
                case RecordPart.Number:
                    output.Add("<number>"u8);
                    output.Add(record.Number!.Value);
                    output.Add("</number>"u8);
                    break;
                case RecordPart.ServiceCode:
                    output.Add("<sc>"u8);
                    output.Add(record.ServiceCode!.Value);
                    output.Add("</sc>"u8);
                    break;
                case RecordPart.Unauthorized:
                    Write(
                        output,
                        "<unauthorized>"u8,
                        record.Unauthorized!,
                        "</unauthorized>"u8,
                        "<unauthorized/>"u8
                    );
                    break;
                default:
                    Write(output, "<note>"u8, record.Note!, "</note>"u8, "<note/>"u8);
                    break;
            }
        }
        Gap(output, gaps, parts.Length, 1);
        output.Add("</record>"u8);
    }

    static void WriteAssignee(Utf8Output output, ImmutableArray<Reference> assignee, Gaps? gaps)
    {
        if (assignee.IsEmpty)
        {
            output.Add("<assignee/>"u8);
            return;
        }
        output.Add("<assignee>"u8);
        for (var i = 0; i < assignee.Length; i++)
        {
            Gap(output, gaps, i, 3);
            Write(output, assignee[i]);
        }
        Gap(output, gaps, assignee.Length, 2);
        output.Add("</assignee>"u8);
    }

    static void Write(Utf8Output output, Contact contact)
    {
        var gaps = contact.Gaps;
        Gap(output, gaps?.Before, 2);
        output.Add("<person id=\""u8);
        output.AddAttribute(contact.Id);
        if (contact is { Name: null, Organization: null, Uris.IsEmpty: true, Updated: null })
        {
            output.Add("\"/>"u8);
            return;
        }
        output.Add("\">"u8);
        var child = 0;
        if (contact.Name is { } name)
        {
            Gap(output, gaps, child++, 3);
            Write(output, "<name>"u8, name, "</name>"u8, "<name/>"u8);
        }
        if (contact.Organization is { } organization)
        {
            Gap(output, gaps, child++, 3);
            Write(output, "<org>"u8, organization, "</org>"u8, "<org/>"u8);
        }
        foreach (var uri in contact.Uris)
        {
            Gap(output, gaps, child++, 3);
            Write(output, "<uri>"u8, uri, "</uri>"u8, "<uri/>"u8);
        }
        if (contact.Updated is { } updated)
        {
            Gap(output, gaps, child++, 3);
            output.Add("<updated>"u8);
            output.Add(updated);
            output.Add("</updated>"u8);
        }
        Gap(output, gaps, child, 2);
        output.Add("</person>"u8);
    }

    static void Write(Utf8Output output, Reference reference)
    {
        output.Add("<xref type=\""u8);
        output.Add(reference.TypeName);
        if (reference.Data.Length > 0)
        {
            output.Add("\" data=\""u8);
            output.AddAttribute(reference.Data);
        }
        if (reference.Part != ReferencePart.Whole)
        {
            output.Add("\" "u8);
            output.Add(reference.PartAttribute);
            output.Add("=\""u8);
            output.AddAttribute(reference.PartName);
        }
        if (reference.LastUpdated is { } lastUpdated)
        {
            output.Add("\" lastupdated=\""u8);
            output.AddAttribute(lastUpdated);
        }
        if (reference.Text is not { } text)
        {
            output.Add("\"/>"u8);
            return;
        }
        output.Add("\">"u8);
        output.AddEscaped(text);
        output.Add("</xref>"u8);
    }

    static void Write(
        Utf8Output output,
        ReadOnlySpan<byte> start,
        RichText text,
        ReadOnlySpan<byte> stop,
        ReadOnlySpan<byte> empty
    )
    {
        if (text.IsEmpty)
        {
            output.Add(empty);
            return;
        }
        output.Add(start);
        Write(output, text);
        output.Add(stop);
    }

    static void Write(
        Utf8Output output,
        ReadOnlySpan<byte> start,
        string text,
        ReadOnlySpan<byte> stop,
        ReadOnlySpan<byte> empty
    )
    {
        if (text.Length == 0)
        {
            output.Add(empty);
            return;
        }
        output.Add(start);
        output.AddEscaped(text);
        output.Add(stop);
    }

    static void Write(Utf8Output output, RichText text)
    {
        if (text.IsPlain)
        {
            output.Add(text.Words);
            return;
        }
        if (text.Inlines.IsEmpty)
        {
            output.AddEscaped(text.Words);
            return;
        }
        foreach (var inline in text.Inlines)
        {
            switch (inline.Kind)
            {
                case InlineKind.Text:
                    output.AddEscaped(inline.Text);
                    break;
                case InlineKind.Break:
                    output.Add("<br/>"u8);
                    break;
                case InlineKind.Reference:
                    Write(output, inline.Reference!);
                    break;
                default:
                    Write(output, "<paragraph>"u8, inline.Paragraph!, "</paragraph>"u8, "<paragraph/>"u8);
                    break;
            }
        }
    }

    static void Gap(Utf8Output output, Gaps? gaps, int child, int depth) =>
        Gap(output, gaps is null || gaps.Inside.IsEmpty ? null : gaps.Inside[child], depth);

    static void Gap(Utf8Output output, string? gap, int depth)
    {
        if (gap is null)
            output.Add(CanonicalGap[..(1 + 2 * depth)]);
        else
            output.Add(gap);
    }
}
