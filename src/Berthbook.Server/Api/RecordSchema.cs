using Microsoft.OpenApi;

namespace Berthbook.Server.Api;

/// <summary>The description of a record, which its converter writes by hand.</summary>
static class RecordSchema
{
    public const string Name = "Record";

    public static OpenApiSchema Create()
    {
        var members = new Dictionary<string, IOpenApiSchema>
        {
            ["id"] = Of(JsonSchemaType.Integer, "The record's number, stable over revisions."),
            ["name"] = Text("The service name."),
            ["number"] = Text("The port number or range, as the registry writes it."),
            ["from"] = Number("The first port number."),
            ["to"] = Number("The last port number."),
            ["transport"] = Text("The transport protocol, in lower case."),
            ["description"] = Text("The description, as in the CSV."),
            ["assignee"] = Texts("The ids of the assignee; empty where none is recorded."),
            ["contacts"] = Texts("The ids of the contacts."),
            ["registered"] = Text("The registration date, to the day or to the month."),
            ["modified"] = Text("The modification date, to the day or to the month."),
            ["references"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "The documents that define the use.",
                Items = Reference(),
            },
            ["serviceCode"] = Number("The DCCP service code."),
            ["unauthorizedUse"] = Text("The unauthorized use reported."),
            ["notes"] = Text("The assignment notes, as in the CSV."),
            ["state"] = Of(JsonSchemaType.String, "Assigned, Reserved or Unassigned."),
            ["why"] = Of(JsonSchemaType.String, "Why the record has this state."),
        };
        return new()
        {
            Type = JsonSchemaType.Object,
            Description = "A record of the registry.",
            Properties = members,
            Required = members.Keys.ToHashSet(),
            AdditionalPropertiesAllowed = false,
        };
    }

    static OpenApiSchema Reference() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Of(JsonSchemaType.String, "What it points at: rfc, draft, uri, text, note …"),
                ["data"] = Of(JsonSchemaType.String, "The target's id: rfc6335; empty for plain words."),
                ["label"] = Of(
                    JsonSchemaType.String,
                    "What the published files print, without the brackets."
                ),
            },
            Required = new HashSet<string> { "type", "data", "label" },
            AdditionalPropertiesAllowed = false,
        };

    static OpenApiSchema Of(JsonSchemaType type, string description) =>
        new() { Type = type, Description = description };

    static OpenApiSchema Text(string description) =>
        Of(JsonSchemaType.String | JsonSchemaType.Null, description);

    static OpenApiSchema Number(string description) =>
        Of(JsonSchemaType.Integer | JsonSchemaType.Null, description);

    static OpenApiSchema Texts(string description) =>
        new()
        {
            Type = JsonSchemaType.Array,
            Description = description,
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
        };
}
