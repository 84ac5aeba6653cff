using System.Globalization;
using System.Text;
using System.Text.Json;
using Berthbook.Cli.Output;

namespace Berthbook.Cli.Request;

/// <summary>Prints requests as the API has them: rows, a page about one, or JSON; and why something was refused.</summary>
sealed class RequestPrinting(Printer printer, string source)
{
    /// <summary>What was made or changed, a row each.</summary>
    public void Print(IEnumerable<(string Asked, JsonElement Request)> requests)
    {
        if (printer.Form == Form.Json)
            printer.PrintJsonArray(requests, (json, one) => Write(json, one.Asked, one.Request, null));
        else
            printer.Print(SheetOf(requests.Select(one => one.Request)));
    }

    /// <summary>All that may be seen of one.</summary>
    public void Show(string asked, JsonElement request)
    {
        if (printer.Form == Form.Json)
            printer.PrintJsonArray([request], (json, one) => Write(json, asked, one, null));
        else if (printer.Form == Form.Tabs)
            printer.Print(ForPipe(request));
        else
            ShowPage(request);
    }

    /// <summary>A list.</summary>
    public void List(string asked, List<JsonElement> items)
    {
        if (printer.Form != Form.Json)
        {
            if (items.Count > 0)
                printer.Print(SheetOf(items));
            return;
        }
        printer.PrintJson(json =>
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("query", asked);
            json.WriteBoolean("found", items.Count > 0);
            json.WriteString("source", source);
            json.WriteNumber("total", items.Count);
            json.WriteStartArray("items");
            foreach (var item in items)
                item.WriteTo(json);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    /// <summary>What the rules find, where they are why something was refused.</summary>
    public void Refuse(string[] asked, JsonElement problem)
    {
        if (printer.Form == Form.Json)
        {
            printer.PrintJsonArray(asked, (json, one) => Write(json, one, null, problem));
            return;
        }
        var sheet = new Sheet("weight", "rule", "field", "finding");
        foreach (var finding in problem.GetProperty("findings").EnumerateArray())
            sheet.Add(
                Text(finding, "severity"),
                Text(finding, "rule"),
                Placed(Text(finding, "field"), asked),
                Text(finding, "message")
            );
        foreach (var fault in problem.GetProperty("faults").EnumerateArray())
            sheet.Add("fault", "", Placed(Text(fault, "field"), asked), Text(fault, "message"));
        if (sheet.Rows.Count > 0)
            printer.Print(sheet);
    }

    // Of several documents '[2].name' is told as 'FILE name'.
    static string Placed(string field, string[] asked)
    {
        var end = field.IndexOf(']');
        return
            field.StartsWith('[')
            && end > 0
            && int.TryParse(field.AsSpan(1, end - 1), CultureInfo.InvariantCulture, out var place)
            && place < asked.Length
            ? $"{asked[place]} {field[(end + 1)..].TrimStart('.')}".TrimEnd()
            : field;
    }

    void Write(Utf8JsonWriter json, string asked, JsonElement? request, JsonElement? problem)
    {
        json.WriteStartObject();
        json.WriteString("query", asked);
        json.WriteBoolean("found", request is not null);
        json.WriteString("source", source);
        foreach (
            var (name, value) in (ReadOnlySpan<(string, JsonElement?)>)
                [("request", request), ("problem", problem)]
        )
        {
            json.WritePropertyName(name);
            if (value is { } given)
                given.WriteTo(json);
            else
                json.WriteNullValue();
        }
        json.WriteEndObject();
    }

    static Sheet SheetOf(IEnumerable<JsonElement> requests)
    {
        var sheet = new Sheet("number", "state", "port", "submitted", "-rules", "-revision", "-kind", "name");
        foreach (var request in requests)
        {
            var state = Text(request, "state");
            sheet.Add(
                new(Text(request, "number"), Tone.Strong),
                new(state, ToneOf(state)),
                PlaceOf(request),
                DayOf(Text(request, "submitted")),
                Joined(request, "rules"),
                Text(request, "revision"),
                Text(request, "kind"),
                Text(request, "name")
            );
        }
        return sheet;
    }

    static Sheet ForPipe(JsonElement request)
    {
        var number = Text(request, "number");
        var sheet = new Sheet("number", "what", "subject", "time", "rule", "words");
        Add(
            "request",
            Text(request, "state"),
            Text(request, "submitted"),
            "",
            $"{Text(request, "kind")} {Text(request, "name")} {PlaceOf(request)}".Trim()
        );
        if (Text(request, "procedure") is { Length: > 0 } procedure)
            Add("procedure", procedure, "", "", "");
        foreach (var step in request.GetProperty("steps").EnumerateArray())
            Add("step", StepOf(step), Text(step, "time"), Joined(step, "rules"), Text(step, "reason"));
        foreach (var finding in request.GetProperty("findings").EnumerateArray())
            Add(
                Text(finding, "severity"),
                Text(finding, "field"),
                "",
                Text(finding, "rule"),
                Text(finding, "message")
            );
        foreach (var change in request.GetProperty("effect").EnumerateArray())
        {
            foreach (var (sign, words) in PublishedRow.Of(change))
                Add("effect", Text(change, "kind"), "", "", $"{sign} {words}");
        }
        foreach (var step in request.GetProperty("next").EnumerateArray())
            Add("next", Text(step, "who"), "", Text(step, "rule"), Text(step, "words"));
        foreach (var action in request.GetProperty("may").EnumerateArray())
            Add("may", action.GetString()!, "", "", "");
        return sheet;

        void Add(string what, string subject, string time, string rule, string words) =>
            sheet.Add(number, what, subject, time, rule, words);
    }

    void ShowPage(JsonElement request)
    {
        var text = new StringBuilder();
        var state = Text(request, "state");
        Line(
            $"Request {Text(request, "number")}: {Text(request, "name")} {PlaceOf(request)}".TrimEnd(),
            Tone.Strong
        );
        Line($"{Text(request, "title")}. {state}.", ToneOf(state));
        if (Text(request, "procedure") is { Length: > 0 } procedure)
            Line($"Decided by: {procedure}");
        if (Text(request, "revision") is { Length: > 0 } revision)
            Line($"Revision: {revision}");
        if (Joined(request, "missing") is { Length: > 0 } missing)
            Line($"Awaited: the experts for {missing}");
        if (Joined(request, "may") is { Length: > 0 } may)
            Line($"You may: {may}");
        var steps = new Sheet("when", "what", "rules", "reason");
        foreach (var step in request.GetProperty("steps").EnumerateArray())
            steps.Add(
                DayOf(Text(step, "time")),
                StepOf(step),
                Joined(step, "rules"),
                Joined(" / ", Text(step, "reason"), Text(step, "note"))
            );
        text.Append('\n');
        SheetText.AppendTable(text, steps, printer.Width, printer.HasColours);
        var findings = request.GetProperty("findings").EnumerateArray().ToList();
        if (findings.Count > 0)
        {
            var sheet = new Sheet("weight", "rule", "field", "finding");
            foreach (var finding in findings)
                sheet.Add(
                    Text(finding, "severity"),
                    Text(finding, "rule"),
                    Text(finding, "field"),
                    Text(finding, "message")
                );
            text.Append('\n');
            SheetText.AppendTable(text, sheet, printer.Width, printer.HasColours);
        }
        var changes = request.GetProperty("effect").EnumerateArray().SelectMany(PublishedRow.Of).ToList();
        if (changes.Count > 0)
        {
            text.Append('\n');
            foreach (var (sign, words) in changes)
                Line($"{sign} {words}", sign == "+" ? Tone.Good : Tone.Bad);
        }
        printer.Print(text);

        void Line(string words, Tone tone = Tone.Plain)
        {
            foreach (var line in SheetText.Wrap(words, printer.Width))
            {
                SheetText.AppendCell(text, line, tone, printer.HasColours);
                text.Append('\n');
            }
        }
    }

    static string StepOf(JsonElement step)
    {
        var isFor = step.GetProperty("for").ValueKind switch
        {
            JsonValueKind.True => " for",
            JsonValueKind.False => " against",
            _ => "",
        };
        var pool = Text(step, "pool") is { Length: > 0 } known ? $" ({known})" : "";
        return $"{Text(step, "action")}{isFor} by {Text(step, "office")}{pool}";
    }

    static string PlaceOf(JsonElement request) =>
        Joined("/", Text(request, "port"), Joined(request, "transports"));

    static string DayOf(string time) => time.Length < 10 ? time : time[..10];

    static string Joined(JsonElement item, string member) =>
        string.Join(", ", item.GetProperty(member).EnumerateArray().Select(one => one.ToString()));

    static string Joined(string separator, params string[] parts) =>
        string.Join(separator, parts.Where(part => part.Length > 0));

    // A text, a number, or nothing.
    static string Text(JsonElement item, string member) =>
        item.GetProperty(member) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : "";

    static Tone ToneOf(string state) =>
        state switch
        {
            "assigned" => Tone.Good,
            "rejected" or "expired" => Tone.Bad,
            "withdrawn" or "draft" => Tone.Quiet,
            _ => Tone.Warning,
        };
}
