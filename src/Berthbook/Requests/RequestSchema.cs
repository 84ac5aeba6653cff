using System.Text.Encodings.Web;
using System.Text.Json;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>
/// The JSON Schema (draft 2020-12) of request documents, made from the list of members. What a schema cannot say, the
/// reader alone does: a member twice, a range backwards, a list item that is blank.
/// </summary>
static class RequestSchema
{
    const string Definitions = """
        {
          "text": {
            "description": "Line feeds and tabs are its only control characters. An empty one, or null, is not given.",
            "type": ["string", "null"],
            "maxLength": 20000,
            "pattern": "^[^\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\uFFFE\\uFFFF]*$"
          },
          "item": {
            "type": "string",
            "maxLength": 20000,
            "pattern": "^[^\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\uFFFE\\uFFFF]*\\S[^\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\uFFFE\\uFFFF]*$"
          },
          "texts": { "type": ["array", "null"], "maxItems": 100, "items": { "$ref": "#/$defs/item" } },
          "flag": { "type": ["boolean", "null"] },
          "role": { "enum": ["applicant", "assignee", "contact", "registrar", "approver", "chair", null] },
          "transports": {
            "type": ["array", "null"],
            "items": { "enum": ["tcp", "udp", "sctp", "dccp"] },
            "uniqueItems": true
          },
          "digits": { "type": "string", "pattern": "^PORT$" },
          "portNumber": {
            "anyOf": [
              { "type": "integer", "minimum": 0, "maximum": 65535 },
              { "$ref": "#/$defs/digits" },
              { "type": "null" }
            ]
          },
          "port": {
            "anyOf": [
              { "$ref": "#/$defs/portNumber" },
              { "enum": ["user", "system", "none"] },
              { "description": "A block, not backwards.", "type": "string", "pattern": "^PORT-PORT$" }
            ]
          },
          "serviceCodes": {
            "type": ["array", "null"],
            "maxItems": 100,
            "items": { "anyOf": [{ "$ref": "#/$defs/item" }, { "type": "integer", "minimum": 0 }] }
          },
          "party": {
            "type": ["object", "null"],
            "properties": {
              "name": { "description": "The person or organisation.", "$ref": "#/$defs/text" },
              "email": { "description": "The address, user@host.", "$ref": "#/$defs/text" },
              "organization": { "description": "The organisation that a person belongs to.", "$ref": "#/$defs/text" },
              "contact": { "description": "The id of a contact that the registry has.", "$ref": "#/$defs/text" }
            },
            "additionalProperties": false
          },
          "approval": {
            "description": "With a policy, where anything is given.",
            "type": ["object", "null"],
            "properties": {
              "policy": { "enum": ["ietf-review", "iesg-approval", "standards-action", null] },
              "document": { "description": "The document or minute that says so.", "$ref": "#/$defs/text" },
              "reason": { "description": "The written reason.", "$ref": "#/$defs/text" }
            },
            "additionalProperties": false
          },
          "requestNumber": { "type": ["integer", "null"], "minimum": 1, "maximum": 2147483647 },
          "replacements": {
            "type": ["array", "null"],
            "maxItems": 100,
            "items": {
              "type": "object",
              "properties": {
                "from": { "description": "A label, RFC-ietf-x-y-07, or a contact's id.", "$ref": "#/$defs/item" },
                "to": { "description": "What it becomes.", "$ref": "#/$defs/item" }
              },
              "required": ["from", "to"],
              "additionalProperties": false
            }
          },
          "header": {
            "description": "What is null stays as it is.",
            "type": ["object", "null"],
            "properties": {
              "experts": { "description": "The designated experts, one line each pool.", "$ref": "#/$defs/text" },
              "note": { "description": "The note without a title.", "$ref": "#/$defs/text" },
              "title": { "description": "The registry's title.", "$ref": "#/$defs/text" },
              "references": { "description": "The documents that define the registry, all of them.", "$ref": "#/$defs/texts" }
            },
            "additionalProperties": false
          }
        }
        """;

    // 0 to 65535 without a leading zero.
    const string Port =
        "(0|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    public static byte[] Write()
    {
        var output = new Utf8Output(16 << 10);
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            writer.WriteString("$id", "urn:berthbook:schema:request:1");
            writer.WriteString("title", "Request");
            writer.WriteString(
                "description",
                "What somebody asks of a registry of service names and port numbers, as one JSON object; // and /* */ "
                    + "comments are taken. A member twice, a range backwards and an approval without its policy are "
                    + "refused as well. The whole has at most 256 KiB."
            );
            writer.WriteString("type", "object");
            WriteProperties(writer);
            writer.WriteStartArray("required");
            writer.WriteStringValue("kind");
            writer.WriteEndArray();
            writer.WriteBoolean("additionalProperties", false);
            WriteUses(writer);
            writer.WritePropertyName("$defs");
            using var definitions = JsonDocument.Parse(
                Definitions.Replace("PORT", Port, StringComparison.Ordinal)
            );
            definitions.RootElement.WriteTo(writer);
            writer.WriteEndObject();
        }
        output.Add((byte)'\n');
        return output.Take();
    }

    static void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("properties");
        writer.WriteStartObject("kind");
        writer.WriteString("title", "Kind of request");
        writer.WriteStartArray("enum");
        foreach (var kind in RequestKinds.All)
            writer.WriteStringValue(kind.Word());
        writer.WriteEndArray();
        writer.WriteEndObject();
        foreach (var member in RequestMembers.All)
        {
            writer.WriteStartObject(member.Name);
            writer.WriteString("title", member.Label);
            writer.WriteString("description", member.Help);
            writer.WriteString("$ref", $"#/$defs/{DefinitionOf(member.Name)}");
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    // A kind leaves null what it does not use.
    static void WriteUses(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("allOf");
        foreach (var kind in RequestKinds.All)
        {
            writer.WriteStartObject();
            writer.WriteString("$comment", kind.Title());
            writer.WriteStartObject("if");
            writer.WriteStartObject("properties");
            writer.WriteStartObject("kind");
            writer.WriteString("const", kind.Word());
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartObject("then");
            writer.WriteStartObject("properties");
            foreach (var member in RequestMembers.All.Where(member => !member.Kinds.Contains(kind)))
            {
                writer.WriteStartObject(member.Name);
                writer.WriteString("type", "null");
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static string DefinitionOf(string member) =>
        JsonNamingPolicy.CamelCase.ConvertName(MemberShapes.Of(member).ToString());
}
