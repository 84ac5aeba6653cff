using System.Globalization;
using System.Text.Json;
using Berthbook.Cli.Lookup;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli.Search;

/// <summary>Prints what a search found, and says with which status the program ends.</summary>
/// <param name="printer">Where it goes.</param>
/// <param name="complain">Takes what is wrong, in words.</param>
/// <param name="source">Where the registry comes from that was searched.</param>
sealed class SearchRun(Printer printer, Action<string> complain, string source)
{
    /// <summary>Prints a reply of the API's shape; the status of a finding where nothing was found.</summary>
    public int Print(string text, JsonElement reply)
    {
        var items = reply.GetProperty("items");
        var isFound = items.GetArrayLength() > 0;
        if (printer.Form == Form.Json)
            printer.PrintJson(json => Write(json, text, isFound, reply));
        else if (isFound)
            printer.Print(SheetOf(items));
        if (isFound)
            return ExitStatus.Done;
        complain($"{text}: nothing in the registry is called so or says so");
        return ExitStatus.Finding;
    }

    void Write(Utf8JsonWriter json, string text, bool isFound, JsonElement reply)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("query", text);
        json.WriteBoolean("found", isFound);
        json.WriteString("source", source);
        AnswerMembers.Write(json, reply);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    Sheet SheetOf(JsonElement items)
    {
        var sheet = new Sheet("kind", "name", "port", "description", "-why", "-score");
        foreach (var item in items.EnumerateArray())
        {
            var record = item.GetProperty("record");
            var why = Text(item, "why");
            sheet.Add(
                new(Text(item, "kind"), Tone.Quiet),
                new(Text(item, "title"), Tone.Strong),
                record.ValueKind == JsonValueKind.Object ? PlaceOf(record) : "",
                printer.Form == Form.Table
                    ? $"{DescriptionOf(record)} ({why})".TrimStart()
                    : DescriptionOf(record),
                why,
                item.GetProperty("score").GetDouble().ToString("0.####", CultureInfo.InvariantCulture)
            );
        }
        return sheet;
    }

    static string PlaceOf(JsonElement record) =>
        (Text(record, "number"), Text(record, "transport")) switch
        {
            (var number, "") => number,
            ("", var transport) => transport,
            var (number, transport) => $"{number}/{transport}",
        };

    static string DescriptionOf(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object
            ? string.Join(
                ' ',
                Text(record, "description").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            )
            : "";

    static string Text(JsonElement reply, string member) => reply.GetProperty(member).GetString() ?? "";
}
