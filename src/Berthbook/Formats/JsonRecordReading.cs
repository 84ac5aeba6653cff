using System.Text.Json;

namespace Berthbook.Formats;

/// <summary>Reads a record from its JSON: what its members say, then what its form says in full.</summary>
static class JsonRecordReading
{
    /// <summary>Reads a record that fits the schema; null where a value is at fault.</summary>
    public static RegistryRecord? Read(JsonObject value)
    {
        var record = ReadMembers(value);
        if (value.Member("form") is { } form)
            record = ReadForm(value, form, record);
        if (value.HasFault)
            return null;
        RequireKinds(value, record);
        // The id is the journal's to give; state and its reason are told from the words.
        value.RequireSame(
            writer => JsonWriting.WriteRecord(writer, record, withForm: false),
            "id",
            "state",
            "why"
        );
        return value.HasFault ? null : record;
    }

    static RegistryRecord ReadMembers(JsonObject value)
    {
        var (name, number) = (value.Text("name"), value.Text("number"));
        if (name is null && number is null)
            value.Fault("a record has a service name, a port number or both");
        if (name is "")
            value.Fault("the name is empty; write null", "name");
        var range = default(PortRange);
        if (number is not null && !PortRange.TryParse(number, out range))
            value.Fault(PortRange.FaultOf(Shown.Of(number))!, "number");
        return new()
        {
            Name = name is null ? null : ServiceName.Historic(name),
            Number = number is null ? null : range,
            Transport =
                value.Text("transport") is { } transport
                && TransportProtocols.TryParse(transport, out var known)
                    ? known
                    : null,
            Description = JsonPlain.Words(value.Text("description")) ?? RichText.Empty,
            Assignee = JsonPlain.Assignee(value.Texts("assignee")),
            Contacts = JsonPlain.Persons(value.Texts("contacts")),
            References = value.References(),
            Registered = value.Date("registered"),
            Modified = value.Date("modified"),
            ServiceCode = value.Member("serviceCode")?.GetUInt32(),
            Unauthorized = value.Text("unauthorizedUse"),
            Note = JsonPlain.Words(value.Text("notes")),
        };
    }

    static RegistryRecord ReadForm(JsonObject value, JsonElement form, RegistryRecord record)
    {
        if (JsonObject.Member(form, "description") is { } description)
            record = record with { Description = value.Pieces(description, "form", "description") };
        if (JsonObject.Member(form, "assignee") is { } assignee)
            record = record with { Assignee = value.Targets(assignee, "form", "assignee") };
        if (JsonObject.Member(form, "contacts") is { } contacts)
            record = record with { Contacts = value.Targets(contacts, "form", "contacts") };
        if (JsonObject.Member(form, "references") is { } references)
            record = record with { References = value.Targets(references, "form", "references") };
        if (JsonObject.Member(form, "unauthorizedUse") is { } unauthorized)
            record = record with { Unauthorized = unauthorized.GetString() };
        if (JsonObject.Member(form, "notes") is { } notes)
            record = record with { Note = value.Pieces(notes, "form", "notes") };
        return record with { Layout = ReadLayout(value, form, record) };
    }

    static RecordLayout? ReadLayout(JsonObject value, JsonElement form, RegistryRecord record)
    {
        var usual = RecordLayout.For(record).Parts;
        var parts = JsonObject.Member(form, "parts") is { } given
            ? [.. given.EnumerateArray().Select(part => JsonPlain.PartOf(part.GetString()!))]
            : usual;
        // A record without a name may have an empty element for it.
        var needed =
            record.Name is null && parts.Contains(RecordPart.Name) ? usual.Add(RecordPart.Name) : usual;
        if (!parts.Order().SequenceEqual(needed.Order()))
            value.Fault("these are not the parts that the record has", "form", "parts");
        var gaps = JsonObject.Member(form, "gaps") is { } own ? value.Gaps(own, "form", "gaps") : null;
        var assigneeGaps = JsonObject.Member(form, "assigneeGaps") is { } inner
            ? value.Gaps(inner, "form", "assigneeGaps")
            : null;
        value.RequireGaps(gaps, parts.Length, "form", "gaps");
        value.RequireGaps(
            assigneeGaps,
            record.Assignee.IsDefault ? 0 : record.Assignee.Length,
            "form",
            "assigneeGaps"
        );
        return gaps is null && assigneeGaps is null && parts.SequenceEqual(usual)
            ? null
            : new(parts, gaps, assigneeGaps);
    }

    // The XML tells contacts from references by their type.
    static void RequireKinds(JsonObject value, RegistryRecord record)
    {
        for (var i = 0; i < record.Contacts.Length; i++)
        {
            if (record.Contacts[i].Type != ReferenceType.Person)
                value.Fault("a contact is a reference to a person", "contacts", i);
            value.RequireData(record.Contacts[i], ["contacts", i]);
        }
        for (var i = 0; i < record.References.Length; i++)
        {
            if (record.References[i].Type == ReferenceType.Person)
                value.Fault("a reference to a person is a contact", "references", i);
            value.RequireData(record.References[i], ["references", i]);
        }
        for (var i = 0; !record.Assignee.IsDefault && i < record.Assignee.Length; i++)
            value.RequireData(record.Assignee[i], ["assignee", i]);
    }
}
