using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Berthbook.Requests;

/// <summary>Says whether JSON is valid by a JSON Schema, as far as the schema of requests goes; other keywords fail.</summary>
sealed class SchemaEvaluation(JsonNode root)
{
    public bool IsValid(JsonNode? value) => IsValid(value, root);

    bool IsValid(JsonNode? value, JsonNode schema) =>
        schema.AsObject().All(keyword => Holds(value, keyword.Key, keyword.Value!, schema));

    bool Holds(JsonNode? value, string keyword, JsonNode wanted, JsonNode schema) =>
        keyword switch
        {
            "$schema" or "$id" or "$comment" or "$defs" or "title" or "description" or "then" => true,
            "$ref" => IsValid(value, root["$defs"]![((string)wanted!).Split('/')[^1]]!),
            "type" => wanted is JsonArray types
                ? types.Any(type => TypeOf(value) == (string)type!)
                : TypeOf(value) == (string)wanted!,
            "enum" => wanted.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
            "const" => JsonNode.DeepEquals(wanted, value),
            "anyOf" => wanted.AsArray().Any(one => IsValid(value, one!)),
            "allOf" => wanted.AsArray().All(one => IsValid(value, one!)),
            "if" => !IsValid(value, wanted) || IsValid(value, schema["then"]!),
            "required" => value is not JsonObject members
                || wanted.AsArray().All(name => members.ContainsKey((string)name!)),
            "properties" => value is not JsonObject members
                || wanted
                    .AsObject()
                    .All(one => !members.TryGetPropertyValue(one.Key, out var it) || IsValid(it, one.Value!)),
            "additionalProperties" => value is not JsonObject members
                || members.All(one => schema["properties"]!.AsObject().ContainsKey(one.Key)),
            "items" => value is not JsonArray items || items.All(item => IsValid(item, wanted)),
            "maxItems" => value is not JsonArray items || items.Count <= (int)wanted,
            "uniqueItems" => value is not JsonArray items
                || items.Select(item => item!.ToJsonString()).Distinct().Count() == items.Count,
            "minimum" => TypeOf(value) != "integer" || (long)value! >= (long)wanted,
            "maximum" => TypeOf(value) != "integer" || (long)value! <= (long)wanted,
            "maxLength" => TypeOf(value) != "string"
                || ((string)value!).EnumerateRunes().Count() <= (int)wanted,
            "pattern" => TypeOf(value) != "string" || Regex.IsMatch((string)value!, (string)wanted!),
            _ => throw new InvalidOperationException($"{keyword} is not evaluated here"),
        };

    static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or System.Text.Json.JsonValueKind.Null => "null",
            System.Text.Json.JsonValueKind.Object => "object",
            System.Text.Json.JsonValueKind.Array => "array",
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => long.TryParse(value.ToJsonString(), out _)
                ? "integer"
                : "number",
            _ => "boolean",
        };
}
