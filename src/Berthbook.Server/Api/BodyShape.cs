using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Berthbook.Server.Api;

/// <summary>The kinds of member that a small body has.</summary>
enum BodyMemberKind
{
    Text,
    Number,
    Texts,
}

/// <summary>A member of a small body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means and what it takes.</param>
/// <param name="IsRequired">Whether the body makes no sense without it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Most">The most characters of a text, the most a number may be.</param>
sealed record BodyMember(
    string Name,
    string Description,
    bool IsRequired = true,
    BodyMemberKind Kind = BodyMemberKind.Text,
    int Most = 256
);

/// <summary>
/// A small body of JSON, an object with few members: its schema, and how it is read. Strictly: what is not understood is a
/// fault, never ignored.
/// </summary>
sealed class BodyShape(string name, params BodyMember[] members)
{
    /// <summary>As an operation takes it.</summary>
    public ApiBody ToBody() => new(name, Encoding.UTF8.GetBytes(Schema().ToJsonString()), MaxBytes);

    /// <summary>The values of a body, or the answer that says what is wrong with it.</summary>
    public (BodyValues Values, Answer? Refusal) Read(ReadOnlyMemory<byte> body)
    {
        var values = new Dictionary<string, JsonElement>();
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (new(values), Answer.Problem(ProblemKind.Malformed, "The body is no JSON object."));
            var faults = new List<Fault>();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (members.FirstOrDefault(known => known.Name == member.Name) is not { } known)
                    faults.Add(Wrong(member.Name, $"there is no member '{member.Name}' here"));
                else if (member.Value.ValueKind == JsonValueKind.Null)
                    continue;
                else if (FaultOf(known, member.Value) is { } fault)
                    faults.Add(Wrong(member.Name, fault));
                else
                    values.Add(member.Name, member.Value.Clone());
            }
            faults.AddRange(
                members
                    .Where(known =>
                        known.IsRequired
                        && !values.ContainsKey(known.Name)
                        && !faults.Exists(fault => fault.Field == known.Name)
                    )
                    .Select(known => Wrong(known.Name, $"'{known.Name}' is missing"))
            );
            return (
                new(values),
                faults is [var first, ..]
                    ? Answer.Problem(ProblemKind.Malformed, first.Message, faults)
                    : null
            );
        }
        catch (JsonException e)
        {
            return (new(values), Answer.Problem(ProblemKind.Malformed, $"The body is no JSON: {e.Message}"));
        }
    }

    const int MaxBytes = 16 << 10;

    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 3 };

    static Fault Wrong(string field, string words) => new(null, null, field, words);

    static string? FaultOf(BodyMember member, JsonElement value) =>
        member.Kind switch
        {
            BodyMemberKind.Text when value.ValueKind != JsonValueKind.String =>
                $"'{member.Name}' takes a text",
            BodyMemberKind.Text when value.GetString() is { } text => text.Length > member.Most
                ? $"'{member.Name}' takes at most {member.Most} characters"
            : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            || text.Any(char.IsSurrogate) && !IsWhole(text)
                ? $"'{member.Name}' has a control character"
            : null,
            BodyMemberKind.Number
                when !(
                    value.ValueKind == JsonValueKind.Number
                    && value.TryGetInt32(out var number)
                    && number >= 1
                    && number <= member.Most
                ) => $"'{member.Name}' takes a number from 1 to {member.Most}",
            BodyMemberKind.Texts
                when value.ValueKind != JsonValueKind.Array
                    || value.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String) =>
                $"'{member.Name}' takes a list of texts",
            _ => null,
        };

    static bool IsWhole(string text)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    JsonObject Schema() =>
        new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([
                .. members.Where(member => member.IsRequired).Select(member => JsonValue.Create(member.Name)),
            ]),
            ["properties"] = new JsonObject(
                members.Select(member => new KeyValuePair<string, JsonNode?>(member.Name, SchemaOf(member)))
            ),
        };

    static JsonObject SchemaOf(BodyMember member)
    {
        var schema = new JsonObject { ["description"] = member.Description };
        switch (member.Kind)
        {
            case BodyMemberKind.Text:
                schema["type"] = member.IsRequired ? "string" : new JsonArray("string", "null");
                schema["maxLength"] = member.Most;
                break;
            case BodyMemberKind.Number:
                schema["type"] = member.IsRequired ? "integer" : new JsonArray("integer", "null");
                schema["minimum"] = 1;
                schema["maximum"] = member.Most;
                break;
            default:
                schema["type"] = "array";
                schema["items"] = new JsonObject { ["type"] = "string" };
                break;
        }
        return schema;
    }
}

/// <summary>The values of a small body.</summary>
sealed class BodyValues(IReadOnlyDictionary<string, JsonElement> values)
{
    /// <summary>A text that is there.</summary>
    public string this[string name] => values[name].GetString()!;

    /// <summary>A text, or null where it is not given or is blank.</summary>
    public string? Find(string name) =>
        values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()
            : null;

    /// <summary>A number that is there.</summary>
    public int Number(string name) => values[name].GetInt32();

    /// <summary>A list of texts that is there.</summary>
    public ImmutableArray<string> Texts(string name) =>
        [.. values[name].EnumerateArray().Select(one => one.GetString()!)];
}
