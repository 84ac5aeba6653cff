using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Berthbook.Answers;
using Berthbook.Cli.Lookup;
using Berthbook.Cli.Output;
using Berthbook.Programs;
using Berthbook.Suggestions;

namespace Berthbook.Cli.Suggest;

/// <summary>Prints suggestions and explanations, and says with which status the program ends.</summary>
/// <param name="printer">Where they go.</param>
/// <param name="complain">Takes what is wrong, in words.</param>
/// <param name="source">Where the registry comes from that was asked.</param>
sealed class SuggestRun(Printer printer, Action<string> complain, string source)
{
    /// <summary>Prints suggestions; the status of a finding where there are none.</summary>
    public int Suggest(SuggestionQuery query, SuggestionsReply reply)
    {
        if (printer.Form == Form.Json)
            PrintJson(
                [reply],
                _ => QueryOf(query),
                one => !one.Items.IsEmpty,
                one => JsonSerializer.SerializeToElement(one, AnswerJson.Default.SuggestionsReply)
            );
        else if (!reply.Items.IsEmpty)
            printer.Print(printer.Form == Form.Table ? Table(reply) : Lines(reply));
        if (reply.Why is { } why)
            complain(why);
        if (!reply.Items.IsEmpty)
            Advise();
        return reply.Items.IsEmpty ? ExitStatus.Finding : ExitStatus.Done;
    }

    /// <summary>Prints explanations, each of one number.</summary>
    public int Explain(ImmutableArray<ExplanationReply> replies)
    {
        if (printer.Form == Form.Json)
            PrintJson(
                replies,
                one => Number(one.Port),
                _ => true,
                one => JsonSerializer.SerializeToElement(one, AnswerJson.Default.ExplanationReply)
            );
        else
        {
            foreach (var reply in replies)
                printer.Print(printer.Form == Form.Table ? Table(reply) : Lines(reply));
        }
        Advise();
        return ExitStatus.Done;
    }

    // A line a suggestion, so that the first column is what a script wants.
    static Sheet Lines(SuggestionsReply reply)
    {
        var sheet = new Sheet("port", "transports", "score", "reasons");
        foreach (var item in reply.Items)
            sheet.Add(
                PortsOf(item),
                string.Join(',', reply.Transports),
                Number(item.Score),
                string.Join("; ", item.Reasons.Select(reason => reason.Text))
            );
        return sheet;
    }

    static Sheet Table(SuggestionsReply reply)
    {
        var sheet = new Sheet("port", "weight", "reason");
        foreach (var item in reply.Items)
        {
            sheet.Add(
                new(PortsOf(item), Tone.Strong),
                Weight(item.Score),
                new("the sum of what follows", Tone.Quiet)
            );
            foreach (var reason in item.Reasons)
                sheet.Add("", Weight(reason.Weight), Worded(reason));
        }
        return sheet;
    }

    static Sheet Lines(ExplanationReply reply)
    {
        var sheet = new Sheet("port", "kind", "weight", "reason", "source");
        var port = Number(reply.Port);
        sheet.Add(port, "verdict", "", reply.Verdict, "");
        foreach (var reason in reply.Reasons)
            sheet.Add(port, reason.Code, Number(reason.Weight), reason.Text, reason.Source);
        return sheet;
    }

    static Sheet Table(ExplanationReply reply)
    {
        var sheet = new Sheet("port", "weight", "reason");
        sheet.Add(new(Number(reply.Port), Tone.Strong), "", new(reply.Verdict, Tone.Strong));
        foreach (var reason in reply.Reasons)
            sheet.Add("", Weight(reason.Weight), Worded(reason));
        return sheet;
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string PortsOf(SuggestionReply item) =>
        item.Port == item.Last ? Number(item.Port) : $"{Number(item.Port)}-{Number(item.Last)}";

    static Cell Worded(ReasonReply reason) => $"{reason.Text} [{reason.Source}]";

    static Cell Weight(int weight) =>
        new(
            weight > 0 ? $"+{Number(weight)}" : Number(weight),
            weight > 0 ? Tone.Good
                : weight <= -10 ? Tone.Bad
                : weight < 0 ? Tone.Warning
                : Tone.Quiet
        );

    static string QueryOf(SuggestionQuery query)
    {
        var transports = string.Join(',', query.Transports.Select(transport => transport.Name()));
        var near = query.Near is { } number ? $" near {number}" : "";
        return $"{transports} {query.Range}{near}";
    }

    void PrintJson<T>(
        IEnumerable<T> replies,
        Func<T, string> query,
        Func<T, bool> isFound,
        Func<T, JsonElement> members
    ) =>
        printer.PrintJson(json =>
        {
            json.WriteStartArray();
            foreach (var reply in replies)
            {
                json.WriteStartObject();
                json.WriteString("query", query(reply));
                json.WriteBoolean("found", isFound(reply));
                json.WriteString("source", source);
                AnswerMembers.Write(json, members(reply));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

    // JSON has it in a member; a pipe is for a program, so people are told beside it.
    void Advise()
    {
        if (printer.Form == Form.Tabs)
            complain(SuggestionAnswer.Advice);
        if (printer.Form != Form.Table)
            return;
        var text = new StringBuilder("\n");
        foreach (var line in SheetText.Wrap(SuggestionAnswer.Advice, printer.Width))
            text.Append(line).Append('\n');
        printer.Print(text);
    }
}
