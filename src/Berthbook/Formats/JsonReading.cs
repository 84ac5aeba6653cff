using System.Collections.Immutable;
using System.Text.Json;

namespace Berthbook.Formats;

/// <summary>
/// Builds the registry from its JSON, strictly. A value must fit the schema, be a value of the registry, and agree with
/// what its object says otherwise; faults are noted and reading goes on with the next object.
/// </summary>
sealed class JsonReading(JsonStream json, ProblemList faults)
{
    /// <summary>How deep objects and arrays may be: a paragraph takes two, and some stand around them.</summary>
    public const int MaxDepth = 2 * ReadLimits.MaxDepth + 16;

    static readonly string[] Members = ["format", "statement", "registry", "records", "contacts"];

    readonly ImmutableArray<RegistryRecord>.Builder records = ImmutableArray.CreateBuilder<RegistryRecord>();
    readonly ImmutableArray<Contact>.Builder contacts = ImmutableArray.CreateBuilder<Contact>();
    readonly HashSet<string> contactIds = new(StringComparer.Ordinal);
    readonly List<int> recordLines = [];
    readonly List<int> contactLines = [];
    RegistryHeader? header;
    bool isKept = true;

    /// <summary>Reads the document; null where there is a fault, or the file is too large and only checked.</summary>
    public ReadResult? Read(bool keepsAll)
    {
        if ((!json.Read() || json.Token != JsonTokenType.StartObject) && !json.HasFailed)
            json.Fail(0, "the document is one object");
        var missing = Members.ToList();
        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            if (missing.Remove(json.Name))
                ReadMember(json.Name, keepsAll);
            else
                json.Fail(0, $"the member '{Shown.Of(json.Name)}' is not known here, or given twice");
        }
        while (json.Read()) { }
        if (missing.Count > 0 && !json.HasFailed)
            json.Fail(0, $"the member '{missing[0]}' is missing");
        if (!isKept || faults.Count > 0 || header is null)
            return null;
        var registry = new Registry(header, records.DrainToImmutable(), contacts.DrainToImmutable());
        return LargeFile.Accept(registry, i => recordLines[i], i => contactLines[i], inTable: false);
    }

    void ReadMember(string name, bool keepsAll)
    {
        switch (name)
        {
            case "records":
                ReadList(keepsAll, records, recordLines, "record", JsonRecordReading.Read);
                break;
            case "contacts":
                ReadList(keepsAll, contacts, contactLines, "contact", ReadContact);
                break;
            case "registry":
                if (json.ReadValue())
                    JsonObject.Read(json, "registry", value => header = JsonHeaderReading.Read(value));
                break;
            default:
                if (json.ReadValue())
                    JsonObject.Read(json, name, _ => { });
                break;
        }
    }

    void ReadList<T>(
        bool keepsAll,
        ImmutableArray<T>.Builder list,
        List<int> lines,
        string definition,
        Func<JsonObject, T?> read
    )
    {
        if (!json.Read() || json.Token != JsonTokenType.StartArray)
        {
            if (!json.HasFailed)
                json.Fail(0, "a list is expected here");
            return;
        }
        for (var count = 1; json.ReadValue() && json.Token != JsonTokenType.EndArray; count++)
        {
            if (count > ReadLimits.MaxElements)
                json.Fail(0, $"the registry has more than {ReadLimits.MaxElements:N0} of these");
            T? item = default;
            JsonObject.Read(json, definition, value => item = read(value));
            isKept &= faults.Count == 0 && (keepsAll || json.BytesRead <= ReadLimits.KeptBytes);
            if (isKept && item is not null)
            {
                list.Add(item);
                lines.Add(json.Line);
            }
            else
            {
                list.Clear();
                lines.Clear();
            }
        }
    }

    Contact? ReadContact(JsonObject value)
    {
        var contact = new Contact
        {
            Id = value.Text("id")!,
            Name = value.Text("name"),
            Organization = value.Text("organization"),
            Uris = [.. value.Texts("uris")],
            Updated = value.Date("updated"),
            IsErased = value.Element.GetProperty("erased").GetBoolean(),
            Gaps = value.Member("form") is { } form ? value.Gaps(form, "form") : null,
        };
        var children =
            (contact.Name is null ? 0 : 1)
            + (contact.Organization is null ? 0 : 1)
            + contact.Uris.Length
            + (contact.Updated is null ? 0 : 1);
        value.RequireGaps(contact.Gaps, children, "form");
        if (!contactIds.Add(contact.Id))
            value.Fault("a second contact has this id", "id");
        return contact;
    }
}
