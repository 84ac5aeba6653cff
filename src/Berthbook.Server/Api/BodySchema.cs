using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Berthbook.Server.Api;

/// <summary>
/// A JSON Schema as the description of the API has it: references resolved, and without the conditions, which
/// generators of clients do not take.
/// </summary>
sealed class BodySchema(JsonElement root)
{
    public static OpenApiSchema Create(ReadOnlyMemory<byte> schema)
    {
        using var document = JsonDocument.Parse(schema);
        return new BodySchema(document.RootElement).Convert(document.RootElement);
    }

    OpenApiSchema Convert(JsonElement schema)
    {
        var converted = Text(schema, "$ref") is { } reference
            ? Convert(root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]))
            : new OpenApiSchema();
        converted.Title = Text(schema, "title") ?? converted.Title;
        converted.Description = Text(schema, "description") ?? converted.Description;
        foreach (var keyword in schema.EnumerateObject())
            Add(converted, keyword.Name, keyword.Value);
        return converted;
    }

    void Add(OpenApiSchema schema, string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "type":
                schema.Type = Types(value);
                break;
            case "enum":
                schema.Enum = [.. value.EnumerateArray().Select(word => JsonValue.Create(word.GetString())!)];
                schema.Type = JsonSchemaType.String;
                break;
            case "anyOf":
                schema.AnyOf = [.. value.EnumerateArray().Select(Convert)];
                break;
            case "items":
                schema.Items = Convert(value);
                break;
            case "properties":
                schema.Properties = value
                    .EnumerateObject()
                    .ToDictionary(member => member.Name, member => (IOpenApiSchema)Convert(member.Value));
                break;
            case "required":
                schema.Required = value.EnumerateArray().Select(name => name.GetString()!).ToHashSet();
                break;
            case "additionalProperties":
                schema.AdditionalPropertiesAllowed = false;
                break;
            case "pattern":
                schema.Pattern = value.GetString();
                break;
            case "minimum":
                schema.Minimum = value.GetRawText();
                break;
            case "maximum":
                schema.Maximum = value.GetRawText();
                break;
            case "maxLength":
                schema.MaxLength = value.GetInt32();
                break;
            case "maxItems":
                schema.MaxItems = value.GetInt32();
                break;
            case "uniqueItems":
                schema.UniqueItems = true;
                break;
        }
    }

    static string? Text(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) ? value.GetString() : null;

    static JsonSchemaType Types(JsonElement types) =>
        types.ValueKind == JsonValueKind.Array
            ? types.EnumerateArray().Aggregate((JsonSchemaType)0, (all, type) => all | TypeOf(type))
            : TypeOf(types);

    static JsonSchemaType TypeOf(JsonElement type) =>
        type.GetString() switch
        {
            "null" => JsonSchemaType.Null,
            "boolean" => JsonSchemaType.Boolean,
            "integer" => JsonSchemaType.Integer,
            "array" => JsonSchemaType.Array,
            "object" => JsonSchemaType.Object,
            _ => JsonSchemaType.String,
        };
}
