using System.Text;
using System.Text.Json;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli.Lookup;

/// <summary>One run of <c>lookup</c>: questions in, answers out, the worst exit status.</summary>
/// <param name="answers">Who answers.</param>
/// <param name="printer">Where answers go.</param>
/// <param name="tell">Takes a line about what is wrong.</param>
/// <param name="openInput">Opens the standard input.</param>
sealed class LookupRun(Answerer answers, Printer printer, Action<string> tell, Func<Stream> openInput)
{
    const string Input = "-";
    const int MaxFaults = 20;

    int status;
    long faults;
    long unknown;

    /// <summary>Answers the questions of a command line; <c>-</c> stands for those of the standard input.</summary>
    public int Answer(string[] texts)
    {
        if (printer.Form == Form.Json)
            AnswerInJson(texts);
        else if (printer.Form == Form.Tabs && Array.IndexOf(texts, Input) >= 0)
            AnswerInTurn(texts);
        else
            AnswerInOneSheet(texts);
        if (faults > MaxFaults)
            Complain(
                $"{faults:N0} lines of the standard input are no questions, the first {MaxFaults} are told"
            );
        if (unknown > 0)
            Complain(
                $"{unknown:N0} different questions of the standard input have no answer in the registry"
            );
        if (answers.Remark is { } remark)
            Complain(remark);
        return status;
    }

    // All at once, so that columns align.
    void AnswerInOneSheet(string[] texts)
    {
        var sheet = LookupSheet.Create();
        foreach (var text in texts)
        {
            if (text == Input)
                ReadLines((line, number) => AddLine(sheet, line, number), _ => true);
            else if (Ask(text) is { } question)
                Add(sheet, question.Text, Judge(question));
        }
        if (sheet.Rows.Count == 0)
            return;
        printer.Print(sheet);
        if (printer.Form == Form.Table && answers.Statement is { } statement)
            printer.PrintNote(statement);
    }

    // Each when it comes, so that any number of them takes little memory.
    void AnswerInTurn(string[] texts)
    {
        foreach (var text in texts)
        {
            if (text == Input)
            {
                if (!ReadLines(LineInTabs, printer.Write))
                    return;
                continue;
            }
            var sheet = LookupSheet.Create();
            if (Ask(text) is { } question)
                Add(sheet, question.Text, Judge(question));
            printer.Print(sheet);
        }
    }

    void AnswerInJson(string[] texts)
    {
        printer.PrintJson(json =>
        {
            json.WriteStartArray();
            foreach (var text in texts)
            {
                if (text == Input)
                    ReadLines((line, number) => WriteLine(json, line, number), _ => true);
                else if (Ask(text, out var fault) is { } question)
                    LookupJson.Write(json, question, Judge(question));
                else
                    LookupJson.WriteFault(json, text, fault!.Message);
            }
            json.WriteEndArray();
        });
    }

    bool ReadLines(Func<string, long, byte[]?> answer, Func<ReadOnlyMemory<byte>, bool> write)
    {
        using var input = openInput();
        try
        {
            return new QuestionLines(answer, write).Run(input);
        }
        catch (InvalidDataException fault)
        {
            tell(fault.Message);
            Worsen(ExitStatus.Invalid);
            return true;
        }
    }

    byte[]? LineInTabs(string line, long number)
    {
        var sheet = LookupSheet.Create();
        AddLine(sheet, line, number);
        if (sheet.Rows.Count == 0)
            return null;
        var text = new StringBuilder();
        SheetText.AppendTabs(text, sheet);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    byte[]? AddLine(Sheet sheet, string line, long number)
    {
        if (AskLine(line, number, out _) is { } question)
            Add(sheet, question.Text, JudgeLine(question));
        return null;
    }

    byte[]? WriteLine(Utf8JsonWriter json, string line, long number)
    {
        if (AskLine(line, number, out var fault) is { } question)
            LookupJson.Write(json, question, JudgeLine(question));
        else
            LookupJson.WriteFault(json, line, fault!.Message);
        return null;
    }

    void Add(Sheet sheet, string question, LookupAnswer answer) =>
        LookupSheet.Add(sheet, question, answer, printer.Form == Form.Table);

    LookupQuestion? Ask(string text) => Ask(text, out _);

    LookupQuestion? Ask(string text, out SyntaxFault? fault)
    {
        if (LookupQuestion.TryParse(text, out var question, out fault))
            return question;
        Worsen(ExitStatus.Usage);
        Complain(fault.Message);
        return null;
    }

    LookupQuestion? AskLine(string line, long number, out SyntaxFault? fault)
    {
        if (LookupQuestion.TryParse(line, out var question, out fault))
            return question;
        Worsen(ExitStatus.Invalid);
        if (++faults <= MaxFaults)
            tell($"-:{number}:1: {fault.Message}");
        return null;
    }

    LookupAnswer Judge(LookupQuestion question)
    {
        var answer = answers.Answer(question);
        if (answer.IsFound)
            return answer;
        Worsen(ExitStatus.Finding);
        if (question.Transport is null)
            answer = answer with { Near = answers.NamesNear(question.Name!) };
        var near = answer.Near.IsEmpty ? "" : $"; near it: {string.Join(", ", answer.Near)}";
        Complain($"{question.Text}: {answer.Rows[0].Description}{near}");
        return answer;
    }

    // Of many lines, none is told by itself: its row says that it is unknown.
    LookupAnswer JudgeLine(LookupQuestion question)
    {
        var answer = answers.Answer(question);
        if (answer.IsFound)
            return answer;
        unknown++;
        Worsen(ExitStatus.Finding);
        return answer;
    }

    void Complain(string words) => tell($"berth: {Terminal.Printable(words)}");

    void Worsen(int other) => status = Math.Max(status, other);
}
