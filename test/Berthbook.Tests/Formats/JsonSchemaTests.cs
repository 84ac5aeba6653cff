using System.Text.Json;

namespace Berthbook.Formats;

public class JsonSchemaTests
{
    static readonly JsonElement Root = JsonDocument.Parse(PublishedFiles.JsonSchema).RootElement;

    [Fact]
    public void Uses_only_keywords_that_the_reader_enforces_or_that_do_not_bind()
    {
        string[] known =
        [
            "type",
            "enum",
            "const",
            "minLength",
            "minimum",
            "maximum",
            "anyOf",
            "$ref",
            "properties",
            "items",
            "required",
            "additionalProperties",
            "description",
            "pattern",
        ];
        Assert.All(
            Schemas(Root.GetProperty("$defs")),
            schema => Assert.All(schema.EnumerateObject(), keyword => Assert.Contains(keyword.Name, known))
        );
    }

    [Fact]
    public void Every_object_is_closed_and_every_name_is_defined()
    {
        var names = Root.GetProperty("$defs")
            .EnumerateObject()
            .Select(definition => $"#/$defs/{definition.Name}")
            .ToHashSet();
        foreach (var schema in Schemas(Root.GetProperty("$defs")))
        {
            if (schema.TryGetProperty("$ref", out var reference))
                Assert.Contains(reference.GetString()!, names);
            if (schema.TryGetProperty("properties", out var members))
            {
                Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
                if (schema.TryGetProperty("required", out var required))
                    Assert.All(
                        required.EnumerateArray(),
                        name => Assert.True(members.TryGetProperty(name.GetString()!, out _))
                    );
            }
        }
    }

    [Theory]
    [InlineData("date", "\"2026-01\"", null)]
    [InlineData("date", "null", null)]
    [InlineData("date", "7", "string or null is expected here")]
    [InlineData(
        "referenceType",
        "\"book\"",
        "one of these is expected here: person, rfc, draft, uri, text, note, rfc-errata, registry, unicode"
    )]
    [InlineData(
        "pieces",
        "[\"a\",{\"break\":true},{\"paragraph\":[{\"reference\":{\"type\":\"rfc\",\"data\":\"rfc1\"}}]}]",
        null
    )]
    [InlineData(
        "pieces",
        "[\"a\",{\"paragraph\":[7]}]",
        "[1] this has none of the forms that are known here"
    )]
    [InlineData("target", "{\"type\":\"text\",\"data\":\"\",\"text\":\"\"}", "text the text is empty")]
    [InlineData(
        "gaps",
        "{\"before\":null,\"inside\":[null,\"\\n\",true],\"more\":1}",
        "inside[2] string or null is expected here|more this member is not known here"
    )]
    [InlineData("gaps", "{\"inside\":[]}", "the member 'before' is missing")]
    [InlineData("gaps", "[]", "object is expected here")]
    public void Tells_what_does_not_fit(string definition, string json, string? expected)
    {
        var faults = new List<string>();
        using var value = JsonDocument.Parse(json);
        JsonSchema.Registry.Check(
            value.RootElement,
            definition,
            (path, words) =>
                faults.Add(
                    $"{string.Concat(path.Select(step => step is int ? $"[{step}]" : $"{step}"))} {words}".Trim()
                )
        );
        Assert.Equal(expected?.Split('|') ?? [], faults);
    }

    static IEnumerable<JsonElement> Schemas(JsonElement definitions) =>
        definitions.EnumerateObject().SelectMany(definition => Within(definition.Value));

    static IEnumerable<JsonElement> Within(JsonElement schema)
    {
        yield return schema;
        var inner = Enumerable.Empty<JsonElement>();
        if (schema.TryGetProperty("properties", out var members))
            inner = inner.Concat(members.EnumerateObject().Select(member => member.Value));
        if (schema.TryGetProperty("items", out var items))
            inner = inner.Append(items);
        if (schema.TryGetProperty("anyOf", out var forms))
            inner = inner.Concat(forms.EnumerateArray());
        foreach (var known in inner.SelectMany(Within))
            yield return known;
    }
}
