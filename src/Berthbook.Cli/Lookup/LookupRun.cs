using System.Text.Json;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli.Lookup;

/// <summary>One run of <c>lookup</c>: questions in, answers out, the worst exit status.</summary>
/// <param name="asked">The registry that is asked.</param>
/// <param name="printer">Where answers go.</param>
/// <param name="complain">Takes what is wrong, in words.</param>
sealed class LookupRun(AskedRegistry asked, Printer printer, Action<string> complain)
{
    readonly Answering answering = new(asked);
    int status;

    /// <summary>Answers the questions of a command line; <c>-</c> stands for those of the standard input.</summary>
    public int Answer(IReadOnlyList<string> texts)
    {
        if (printer.Form == Form.Json)
            printer.PrintJson(json => WriteJson(json, texts));
        else
            PrintSheet(texts);
        if (asked.Remark is { } remark)
            complain(remark);
        return status;
    }

    void PrintSheet(IReadOnlyList<string> texts)
    {
        var sheet = LookupSheet.Create();
        for (var i = 0; i < texts.Count; i++)
        {
            if (Ask(texts[i], out var question) is { } answer)
                LookupSheet.Add(sheet, question.Text, answer);
        }
        if (sheet.Rows.Count > 0)
            printer.Print(sheet);
    }

    void WriteJson(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        var writing = new LookupJson(asked);
        json.WriteStartArray();
        foreach (var text in texts)
        {
            if (!LookupQuestion.TryParse(text, out var question, out var fault))
            {
                LookupJson.WriteFault(json, text, fault.Message);
                Worsen(ExitStatus.Usage);
                complain(fault.Message);
            }
            else
                writing.Write(json, question, Judge(question));
        }
        json.WriteEndArray();
    }

    LookupAnswer? Ask(string text, out LookupQuestion question)
    {
        if (LookupQuestion.TryParse(text, out var parsed, out var fault))
        {
            question = parsed;
            return Judge(parsed);
        }
        question = null!;
        Worsen(ExitStatus.Usage);
        complain(fault.Message);
        return null;
    }

    LookupAnswer Judge(LookupQuestion question)
    {
        var answer = answering.Answer(question);
        if (answer.IsFound)
            return answer;
        Worsen(ExitStatus.Finding);
        var near = answer.Near.IsEmpty ? "" : $"; near it: {string.Join(", ", answer.Near)}";
        complain($"{question.Text}: {answer.Rows[0].Description}{near}");
        return answer;
    }

    void Worsen(int other) => status = Math.Max(status, other);
}
