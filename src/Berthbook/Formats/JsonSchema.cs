using System.Text.Json;

namespace Berthbook.Formats;

/// <summary>
/// Holds JSON values to the published schema, so that what the reader takes and what the schema says cannot part. Knows
/// the keywords that the schema uses; formats of texts (dates, numbers) are checked where they are read.
/// </summary>
sealed class JsonSchema
{
    readonly JsonElement root;

    JsonSchema(JsonElement root) => this.root = root;

    /// <summary>The schema of the registry's JSON.</summary>
    public static JsonSchema Registry { get; } =
        new(JsonDocument.Parse(PublishedFiles.JsonSchema).RootElement);

    /// <summary>
    /// Tells every fault of a value against a definition of the schema: the path to it, of names and places, and what
    /// is wrong.
    /// </summary>
    public void Check(JsonElement value, string definition, Action<IReadOnlyList<object>, string> fault) =>
        Check(value, root.GetProperty("$defs").GetProperty(definition), [], fault);

    void Check(
        JsonElement value,
        JsonElement schema,
        List<object> path,
        Action<IReadOnlyList<object>, string> fault
    )
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var words = keyword.Name switch
            {
                "type" when !HasType(value, keyword.Value) =>
                    $"{Join(" or ", keyword.Value)} is expected here",
                "enum"
                    when !keyword.Value.EnumerateArray().Any(known => JsonElement.DeepEquals(known, value)) =>
                    $"one of these is expected here: {Join(", ", keyword.Value)}",
                "const" when !JsonElement.DeepEquals(keyword.Value, value) =>
                    $"{keyword.Value.GetRawText()} is expected here",
                "minLength"
                    when value.ValueKind == JsonValueKind.String
                        && value.GetString()!.Length < keyword.Value.GetInt32() => "the text is empty",
                "minimum"
                    when value.ValueKind == JsonValueKind.Number
                        && value.GetDecimal() < keyword.Value.GetDecimal() =>
                    $"the least number here is {keyword.Value}",
                "maximum"
                    when value.ValueKind == JsonValueKind.Number
                        && value.GetDecimal() > keyword.Value.GetDecimal() =>
                    $"the largest number here is {keyword.Value}",
                "anyOf" when !keyword.Value.EnumerateArray().Any(known => IsValid(value, known)) =>
                    "this has none of the forms that are known here",
                _ => null,
            };
            if (words is not null)
            {
                fault(path, words);
                return;
            }
            if (keyword.Name == "$ref")
                Check(value, Resolve(keyword.Value.GetString()!), path, fault);
        }
        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var members))
            CheckMembers(value, schema, members, path, fault);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var place = 0;
            foreach (var item in value.EnumerateArray())
            {
                path.Add(place++);
                Check(item, items, path, fault);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    void CheckMembers(
        JsonElement value,
        JsonElement schema,
        JsonElement members,
        List<object> path,
        Action<IReadOnlyList<object>, string> fault
    )
    {
        foreach (var member in value.EnumerateObject())
        {
            path.Add(member.Name);
            if (members.TryGetProperty(member.Name, out var known))
                Check(member.Value, known, path, fault);
            else
                fault(path, "this member is not known here");
            path.RemoveAt(path.Count - 1);
        }
        if (!schema.TryGetProperty("required", out var required))
            return;
        foreach (var name in required.EnumerateArray())
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
                fault(path, $"the member '{name}' is missing");
        }
    }

    bool IsValid(JsonElement value, JsonElement schema)
    {
        var isValid = true;
        Check(value, schema, [], (_, _) => isValid = false);
        return isValid;
    }

    JsonElement Resolve(string reference) =>
        root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    static bool HasType(JsonElement value, JsonElement types) =>
        types.ValueKind == JsonValueKind.Array
            ? types.EnumerateArray().Any(type => IsOf(value, type.GetString()))
            : IsOf(value, types.GetString());

    static bool IsOf(JsonElement value, string? type) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => type == "object",
            JsonValueKind.Array => type == "array",
            JsonValueKind.String => type == "string",
            JsonValueKind.Null => type == "null",
            JsonValueKind.Number => type == "integer" && value.TryGetInt64(out _),
            _ => type == "boolean",
        };

    static string Join(string separator, JsonElement words) =>
        words.ValueKind == JsonValueKind.Array
            ? string.Join(separator, words.EnumerateArray().Select(word => word.GetString() ?? "null"))
            : words.GetString()!;
}
