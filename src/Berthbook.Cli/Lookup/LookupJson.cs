using System.Collections.Immutable;
using System.Text.Json;

namespace Berthbook.Cli.Lookup;

/// <summary>Answers as JSON: the API's shapes, with the question, whether it was found, and the source.</summary>
static class LookupJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, LookupQuestion question, LookupAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("query", question.Text);
        json.WriteBoolean("found", answer.IsFound);
        json.WriteString("source", answer.Rows[0].Source);
        if (answer.Members is { } members)
            members(json);
        else
            WriteNothing(json, answer.Rows[0].Description, answer.Near);
        json.WriteEndObject();
    }

    /// <summary>Writes the object of a text that is no question.</summary>
    public static void WriteFault(Utf8JsonWriter json, string text, string why)
    {
        json.WriteStartObject();
        json.WriteString("query", text);
        json.WriteBoolean("found", false);
        json.WriteNull("source");
        WriteNothing(json, why, []);
        json.WriteEndObject();
    }

    static void WriteNothing(Utf8JsonWriter json, string why, ImmutableArray<string> near)
    {
        json.WriteString("why", why);
        json.WriteStartArray("near");
        foreach (var name in near)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
