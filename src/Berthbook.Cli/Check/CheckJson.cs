using System.Text.Json;
using Berthbook.Checks;
using Berthbook.Formats;

namespace Berthbook.Cli.Check;

/// <summary>Answers of checks as JSON: an object for each. Every member is always there.</summary>
static class CheckJson
{
    /// <summary>Writes an array of them, checked against a registry from a source.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<CheckAnswer> answers, string source)
    {
        json.WriteStartArray();
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("query", answer.Query);
            json.WriteString("kind", answer.Kind.Name());
            json.WriteBoolean("found", answer.HasFindings);
            json.WriteString("source", source);
            json.WriteString("failure", answer.Failure);
            json.WriteStartArray("faults");
            foreach (var fault in answer.Faults)
                Write(json, fault);
            json.WriteEndArray();
            json.WriteStartArray("remarks");
            foreach (var remark in answer.Remarks)
                json.WriteStringValue(remark);
            json.WriteEndArray();
            json.WriteStartArray("items");
            foreach (var item in answer.Items)
                Write(json, item);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, CheckItem item)
    {
        json.WriteStartObject();
        WriteNumber(json, "line", item.Line == 0 ? null : item.Line);
        WriteNumber(json, "column", item.Column == 0 ? null : item.Column);
        json.WriteString("subject", item.Subject);
        json.WriteString("address", item.Socket?.Address.ToString());
        WriteNumber(json, "from", item.Ports?.First.Value);
        WriteNumber(json, "to", item.Ports?.Last.Value);
        json.WriteString("transport", item.Transport?.Name());
        json.WriteString("process", item.Socket?.Process?.Name);
        WriteNumber(json, "pid", item.Socket?.Process?.Id);
        WriteNumber(json, "namespace", item.Socket?.Namespace.Id);
        json.WriteString("state", item.State?.Name());
        json.WriteStartArray("names");
        foreach (var name in item.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in item.Findings)
            Write(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("level", finding.Level.Name());
        json.WriteString("message", finding.Message);
        json.WriteString("source", finding.Rule.Source);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Problem fault)
    {
        json.WriteStartObject();
        json.WriteNumber("line", fault.Line);
        json.WriteNumber("column", fault.Column);
        json.WriteString("field", fault.Field);
        json.WriteString("message", fault.Message);
        json.WriteEndObject();
    }

    static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
