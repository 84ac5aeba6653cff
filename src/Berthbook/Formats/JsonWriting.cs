using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Berthbook.Formats;

/// <summary>
/// Writes the parts of a registry as JSON objects (registry.schema.json): members that people and programs read, and
/// where asked for a form, which holds what the XML says beyond them.
/// </summary>
sealed class JsonWriting : IDisposable
{
    /// <summary>Names the shape of the documents.</summary>
    public const string Format = "berthbook-registry-1";

    // The files are JSON by their media type and never sniffed, so names need no escapes for HTML.
    static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = JsonReading.MaxDepth,
    };

    readonly Utf8Output output;
    readonly Utf8JsonWriter writer;

    public JsonWriting(Utf8Output output)
    {
        this.output = output;
        writer = new(output, Options);
    }

    /// <summary>Writes one value by itself.</summary>
    public void Write(Action<Utf8JsonWriter> value)
    {
        writer.Reset(output);
        value(writer);
        writer.Flush();
    }

    public void Dispose() => writer.Dispose();

    public static void WriteHeader(Utf8JsonWriter writer, RegistryHeader header, bool withForm)
    {
        writer.WriteStartObject();
        writer.WriteString("id", header.Id);
        writer.WriteString("title", header.Title.Length > 0 ? header.Title : null);
        writer.WriteString("updated", header.Updated?.ToString());
        writer.WriteString("experts", header.Experts?.OneLine);
        writer.WriteStartArray("notes");
        foreach (var note in header.Notes)
        {
            writer.WriteStartObject();
            writer.WriteString("title", note.Title);
            writer.WriteString("text", note.Text.OneLine);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        WriteReferences(writer, [.. header.References]);
        writer.WriteStartArray("footnotes");
        foreach (var footnote in header.Footnotes)
        {
            writer.WriteStartObject();
            writer.WriteString("anchor", footnote.Anchor);
            writer.WriteString("text", footnote.Text.OneLine);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (withForm)
            WriteForm(writer, header);
        writer.WriteEndObject();
    }

    public static void WriteRecord(Utf8JsonWriter writer, RegistryRecord record, bool withForm)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", record.Id);
        writer.WriteString("name", record.Name?.Text);
        writer.WriteString("number", record.Number?.ToString());
        WriteNumber(writer, "from", record.Number?.First.Value);
        WriteNumber(writer, "to", record.Number?.Last.Value);
        writer.WriteString("transport", record.Transport?.Name());
        writer.WriteString("description", JsonPlain.Cell(record.Description));
        WriteIds(writer, "assignee", record.Assignee);
        WriteIds(writer, "contacts", record.Contacts);
        writer.WriteString("registered", record.Registered?.ToString());
        writer.WriteString("modified", record.Modified?.ToString());
        WriteReferences(writer, record.References);
        WriteNumber(writer, "serviceCode", record.ServiceCode);
        writer.WriteString("unauthorizedUse", JsonPlain.Cell(record.Unauthorized));
        writer.WriteString("notes", JsonPlain.Cell(record.Note));
        var kind = record.Kind();
        writer.WriteString("state", kind.State().ToString());
        writer.WriteString("why", kind.Why());
        if (withForm)
            WriteForm(writer, record);
        writer.WriteEndObject();
    }

    public static void WriteContact(Utf8JsonWriter writer, Contact contact, bool withForm)
    {
        writer.WriteStartObject();
        writer.WriteString("id", contact.Id);
        writer.WriteString("name", contact.Name);
        writer.WriteString("organization", contact.Organization);
        writer.WriteStartArray("uris");
        foreach (var uri in contact.Uris)
            writer.WriteStringValue(uri);
        writer.WriteEndArray();
        writer.WriteString("updated", contact.Updated?.ToString());
        writer.WriteBoolean("erased", contact.IsErased);
        if (withForm && contact.Gaps is { } gaps)
            WriteGaps(writer, "form", gaps);
        else if (withForm)
            writer.WriteNull("form");
        writer.WriteEndObject();
    }

    static void WriteForm(Utf8JsonWriter writer, RegistryHeader header)
    {
        writer.WriteStartObject("form");
        writer.WriteString("prolog", header.Prolog);
        writer.WriteStartArray("parts");
        foreach (var part in header.Parts)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonPlain.NameOf(part.Kind));
            WriteIfAny(writer, "title", part.Title);
            if (part.Reference is { } reference)
            {
                writer.WritePropertyName("reference");
                WriteTarget(writer, reference);
            }
            else
            {
                WritePieces(writer, "text", part.Text);
            }
            WriteIfAny(writer, "gap", part.Gap);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("footnotes");
        foreach (var footnote in header.Footnotes)
        {
            writer.WriteStartObject();
            writer.WriteString("anchor", footnote.Anchor);
            WritePieces(writer, "text", footnote.Text);
            WriteIfAny(writer, "gap", footnote.Gap);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        WriteIfAny(writer, "gapBeforePeople", header.GapBeforePeople);
        WriteIfAny(writer, "gapBeforePeopleEnd", header.GapBeforePeopleEnd);
        WriteIfAny(writer, "gapBeforeEnd", header.GapBeforeEnd);
        writer.WriteString("trailer", header.Trailer);
        writer.WriteEndObject();
    }

    // Each member of the form is there only where a reader could not know it from the members above.
    static void WriteForm(Utf8JsonWriter writer, RegistryRecord record)
    {
        var plain = JsonPlain.Of(record);
        var layout = record.Layout;
        var hasParts =
            layout is not null
            && !layout.Parts.AsSpan().SequenceEqual(RecordLayout.For(record).Parts.AsSpan());
        var isPlain =
            !hasParts
            && layout is null or { Gaps: null, AssigneeGaps: null }
            && plain.Equals(record with { Id = 0, Layout = null });
        if (isPlain)
        {
            writer.WriteNull("form");
            return;
        }
        writer.WriteStartObject("form");
        if (!plain.Description.Equals(record.Description))
            WritePieces(writer, "description", record.Description);
        if (!Same(plain.Assignee, record.Assignee))
            WriteTargets(writer, "assignee", record.Assignee);
        if (!Same(plain.Contacts, record.Contacts))
            WriteTargets(writer, "contacts", record.Contacts);
        if (!Same(plain.References, record.References))
            WriteTargets(writer, "references", record.References);
        if (plain.Unauthorized != record.Unauthorized)
            writer.WriteString("unauthorizedUse", record.Unauthorized);
        if (!Equals(plain.Note, record.Note))
            WritePieces(writer, "notes", record.Note!);
        if (hasParts)
        {
            writer.WriteStartArray("parts");
            foreach (var part in layout!.Parts)
                writer.WriteStringValue(JsonPlain.NameOf(part));
            writer.WriteEndArray();
        }
        if (layout?.Gaps is { } gaps)
            WriteGaps(writer, "gaps", gaps);
        if (layout?.AssigneeGaps is { } assigneeGaps)
            WriteGaps(writer, "assigneeGaps", assigneeGaps);
        writer.WriteEndObject();
    }

    static void WriteReferences(Utf8JsonWriter writer, ImmutableArray<Reference> references)
    {
        writer.WriteStartArray("references");
        foreach (var reference in references)
        {
            writer.WriteStartObject();
            writer.WriteString("type", reference.TypeName);
            writer.WriteString("data", reference.Data);
            writer.WriteString("label", reference.Label);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static void WriteIds(Utf8JsonWriter writer, string name, ImmutableArray<Reference> persons)
    {
        writer.WriteStartArray(name);
        foreach (var id in JsonPlain.Ids(persons))
            writer.WriteStringValue(id);
        writer.WriteEndArray();
    }

    static void WriteTargets(Utf8JsonWriter writer, string name, ImmutableArray<Reference> references)
    {
        writer.WriteStartArray(name);
        foreach (var reference in references)
            WriteTarget(writer, reference);
        writer.WriteEndArray();
    }

    static void WriteTarget(Utf8JsonWriter writer, Reference reference)
    {
        writer.WriteStartObject();
        writer.WriteString("type", reference.TypeName);
        writer.WriteString("data", reference.Data);
        WriteIfAny(writer, "text", reference.Text is "" ? null : reference.Text);
        if (reference.Part != ReferencePart.Whole)
        {
            writer.WriteString("part", reference.PartAttribute);
            writer.WriteString("place", reference.PartName);
        }
        WriteIfAny(writer, "lastUpdated", reference.LastUpdated);
        writer.WriteEndObject();
    }

    static void WritePieces(Utf8JsonWriter writer, string name, RichText text)
    {
        writer.WriteStartArray(name);
        foreach (var piece in text.Pieces)
        {
            if (piece.Kind == InlineKind.Text)
            {
                writer.WriteStringValue(piece.Text);
                continue;
            }
            writer.WriteStartObject();
            if (piece.Kind == InlineKind.Paragraph)
            {
                WritePieces(writer, "paragraph", piece.Paragraph!);
            }
            else if (piece.Kind == InlineKind.Reference)
            {
                writer.WritePropertyName("reference");
                WriteTarget(writer, piece.Reference!);
            }
            else
            {
                writer.WriteBoolean("break", true);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static void WriteGaps(Utf8JsonWriter writer, string name, Gaps gaps)
    {
        writer.WriteStartObject(name);
        writer.WriteString("before", gaps.Before);
        writer.WriteStartArray("inside");
        foreach (var gap in gaps.Inside)
            writer.WriteStringValue(gap);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteNumber(Utf8JsonWriter writer, string name, uint? number)
    {
        if (number is { } known)
            writer.WriteNumber(name, known);
        else
            writer.WriteNull(name);
    }

    static void WriteIfAny(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    static bool Same(ImmutableArray<Reference> some, ImmutableArray<Reference> others) =>
        some.IsDefault == others.IsDefault && some.AsSpan().SequenceEqual(others.AsSpan());
}
