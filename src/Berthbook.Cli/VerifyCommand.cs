using System.CommandLine;
using System.Text;
using System.Text.Json;
using Berthbook.Cli.Local;
using Berthbook.Cli.Output;
using Berthbook.Journal;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary><c>verify</c>: checks the local copy end to end.</summary>
static class VerifyCommand
{
    const string Examples = """
        Examples:
          berth verify             the journal, and every block of the index
          berth verify --json      for a program

        scripts/verify-journal.py of the sources checks the same file, written
        from its description alone.
        """;

    public static Command Create(CommandLine line)
    {
        var command = new Command(
            "verify",
            "Check the local copy end to end: every hash, commitment and block"
        );
        line.OnRun(command, Examples, Run);
        return command;
    }

    static int Run(CommandCall call)
    {
        var report =
            new JournalOnDisk(call.Folder).Verify()
            ?? throw new LocalCopyException($"there is no local copy of the registry in {call.Folder}");
        // An index is of no use beside a damaged journal, and says nothing of it.
        if (
            report.IsWhole
            && LocalCopy.Read(call.Folder) is { Revisions.IsEmpty: false } history
            && new LocalIndex(call.Folder).FaultFor(history) is { } indexFault
        )
            report = report with { Faults = [$"{indexFault}; the next lookup makes it anew"] };
        foreach (var fault in report.Faults)
            call.Terminal.Complain(fault);
        if (call.Printer.Form == Form.Json)
            call.Printer.PrintJson(json => Write(json, report));
        else if (report.IsWhole)
            call.Printer.Print(new StringBuilder($"whole: {report.Words}\n"));
        return report.IsWhole ? ExitStatus.Done : ExitStatus.Finding;
    }

    static void Write(Utf8JsonWriter json, VerifyReport report)
    {
        json.WriteStartObject();
        json.WriteBoolean("whole", report.IsWhole);
        json.WriteNumber("revisions", report.Revisions);
        json.WriteNumber("personalTexts", report.PersonalTexts);
        json.WriteNumber("erased", report.Erased);
        json.WriteStartArray("faults");
        foreach (var fault in report.Faults)
            json.WriteStringValue(fault);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
