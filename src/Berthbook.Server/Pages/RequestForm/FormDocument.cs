using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Berthbook.Requests;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>
/// The form as a request document, and back. What is typed is written as it stands, so that the one reader of documents
/// judges it as it judges what comes by API and command line.
/// </summary>
static class FormDocument
{
    // The words are shown as text and downloaded, never as a part of a script.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonWriterOptions Indented = Plain with { Indented = true };

    /// <summary>The document of a form, UTF-8, in the order of its members.</summary>
    public static byte[] Write(FormValues values)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString(FormValues.KindName, values.Kind.Word());
            foreach (var member in FormField.All.GroupBy(field => field.Member))
            {
                var given = member.Where(field => values[field.Name].Length > 0).ToList();
                if (given.Count == 0)
                    continue;
                json.WritePropertyName(member.Key.Name);
                if (!given[0].IsPart)
                {
                    WriteValue(json, given[0], values);
                    continue;
                }
                json.WriteStartObject();
                foreach (var field in given)
                {
                    json.WritePropertyName(field.Name[(member.Key.Name.Length + 1)..]);
                    WriteValue(json, field, values);
                }
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A document in lines, for people.</summary>
    public static byte[] InLines(ReadOnlyMemory<byte> document)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        using (var read = JsonDocument.Parse(document))
            read.WriteTo(json);
        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The form of a document.</summary>
    public static FormValues Of(RequestDocument document)
    {
        var values = FormValues.Empty(document.Kind);
        using var json = JsonDocument.Parse(RequestFormat.Write(document));
        foreach (
            var member in json
                .RootElement.EnumerateObject()
                .Where(member => member.Name != FormValues.KindName)
        )
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var part in member.Value.EnumerateObject())
                    values = values.With($"{member.Name}.{part.Name}", TextOf(part.Value));
            }
            else
            {
                values = values.With(member.Name, TextOf(member.Value));
            }
        }
        return values;
    }

    static void WriteValue(Utf8JsonWriter json, FormField field, FormValues values)
    {
        var text = values[field.Name];
        switch (field.Kind)
        {
            case FieldKind.Transports or FieldKind.List:
                json.WriteStartArray();
                foreach (var line in values.Lines(field.Name))
                    json.WriteStringValue(line);
                json.WriteEndArray();
                break;
            case FieldKind.Pairs:
                WritePairs(json, values.Lines(field.Name));
                break;
            case FieldKind.Check or FieldKind.YesNo when text is "true" or "false":
                json.WriteBooleanValue(text == "true");
                break;
            case FieldKind.Number when IsPlainNumber(text, out var number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }

    static void WritePairs(Utf8JsonWriter json, IEnumerable<string> lines)
    {
        json.WriteStartArray();
        foreach (var line in lines)
        {
            var (from, to) = line.Split("->", 2, StringSplitOptions.TrimEntries) is [var old, var next]
                ? (old, next)
                : (line, "");
            json.WriteStartObject();
            json.WriteString("from", from);
            json.WriteString("to", to);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // 080 stays a text, so that the reader says what is wrong with it.
    static bool IsPlainNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number.ToString(CultureInfo.InvariantCulture) == text;

    static string TextOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(TextOf)),
            JsonValueKind.Object => string.Join(
                " -> ",
                value.EnumerateObject().Select(part => TextOf(part.Value))
            ),
            _ => value.GetRawText(),
        };
}
