using System.Globalization;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli.Check;

/// <summary>Prints the answers of checks, and says on the standard error what was not checked.</summary>
/// <param name="asked">The registry.</param>
/// <param name="printer">Where answers go.</param>
/// <param name="tell">Takes a line about what is wrong.</param>
sealed class CheckRun(AskedRegistry asked, Printer printer, Action<string> tell)
{
    /// <summary>Prints them; returns the worst exit status.</summary>
    public int Print(IReadOnlyList<CheckAnswer> answers, bool isSarif)
    {
        var status = answers.Count == 0 ? ExitStatus.Done : answers.Max(answer => answer.Status);
        if (isSarif)
            printer.PrintJson(json => new CheckSarif(json, asked, Version).Write(answers, status));
        else if (printer.Form == Form.Json)
            printer.PrintJson(json => CheckJson.Write(json, answers, asked.SourceOf([])));
        else if (printer.Form == Form.Tabs)
            printer.Print(CheckSheets.ForPipe(answers));
        else
        {
            foreach (var answer in answers)
                CheckSheets.Print(printer, answer);
        }
        foreach (var answer in answers)
            Tell(answer);
        if (asked.Remark is { } remark)
            tell($"berth: {remark}");
        return status;
    }

    void Tell(CheckAnswer answer)
    {
        foreach (var fault in answer.Faults)
            tell($"{answer.Shown}:{fault}");
        if (answer.Failure is { } failure)
            tell($"berth: {answer.Shown} is not checked: {failure}");
        foreach (var remark in answer.Remarks)
            tell($"berth: {remark}");
    }

    static string Version =>
        typeof(CheckRun).Assembly.GetName().Version is { } version
            ? string.Create(CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}.{version.Build}")
            : "0.0.0";
}
