using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berthbook.Requests;

namespace Berthbook.Api;

/// <summary>Checks JSON against the part of JSON Schema that the API's description uses.</summary>
sealed class JsonSchemaCheck(JsonNode document)
{
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string place)
    {
        // A request document has the members that it has.
        if ((string?)schema["$ref"] == "#/components/schemas/Request")
            return RequestFormat
                .Read(Encoding.UTF8.GetBytes(value!.ToJsonString()))
                .Faults.Select(fault => $"{place} {fault}");
        if ((string?)schema["$ref"] is { } reference)
            schema = document["components"]!["schemas"]![reference.Split('/')[^1]]!;
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            var matches = choices.Count(choice => !Faults(value, choice!, place).Any());
            return matches == 1 ? [] : [$"{place} matches {matches} of the schemas"];
        }
        var faults = new List<string>();
        var types = schema["type"] switch
        {
            JsonArray several => several.Select(type => (string)type!).ToList(),
            null => [],
            var one => [(string)one!],
        };
        if (types.Count == 0)
            faults.Add($"{place} has no type");
        else if (!types.Contains(TypeOf(value)) && !(types.Contains("number") && TypeOf(value) == "integer"))
            return [$"{place} is {TypeOf(value)}, not {string.Join(" or ", types)}"];
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            faults.Add($"{place} is {value}");
        if (value is JsonArray items)
            faults.AddRange(items.SelectMany((item, i) => Faults(item, schema["items"]!, $"{place}[{i}]")));
        if (value is JsonObject members)
            faults.AddRange(MemberFaults(members, schema, place));
        return faults;
    }

    IEnumerable<string> MemberFaults(JsonObject members, JsonNode schema, string place)
    {
        // Any object.
        if (schema["properties"] is not JsonObject documented)
            yield break;
        foreach (var (name, member) in documented)
        {
            if (members.ContainsKey(name))
            {
                foreach (var fault in Faults(members[name], member!, $"{place}.{name}"))
                    yield return fault;
            }
            else
                yield return $"{place}.{name} is missing";
        }
        foreach (var (name, _) in members)
        {
            if (!documented.ContainsKey(name))
                yield return $"{place}.{name} is not documented";
        }
        var required = (schema["required"] as JsonArray ?? []).Select(name => (string)name!);
        if (
            !required
                .Order(StringComparer.Ordinal)
                .SequenceEqual(documented.Select(pair => pair.Key).Order(StringComparer.Ordinal))
        )
            yield return $"{place} has members that are not required";
    }

    static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.Number => value.ToJsonString().Contains('.') ? "number" : "integer",
            JsonValueKind.String => "string",
            _ => "boolean",
        };
}
