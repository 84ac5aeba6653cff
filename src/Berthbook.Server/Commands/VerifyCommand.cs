using System.CommandLine;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary><c>verify</c>: checks the journal end to end, also while a server runs.</summary>
static class VerifyCommand
{
    public static Command Create(CommandLine line)
    {
        var command = new Command("verify", "Check the journal end to end: every hash and every commitment");
        line.OnRun(command, (settings, _) => Run(settings, line.Console));
        return command;
    }

    static int Run(Settings settings, Terminal terminal)
    {
        using var store = RegistryStore.OpenForReading(settings.Data);
        var report = store.Verify();
        foreach (var fault in report.Faults)
            terminal.Complain(fault);
        if (!report.IsWhole)
            return ExitStatus.Finding;
        var erased =
            report.Erased == 0
                ? ""
                : $"; {report.Erased:N0} contacts were erased, their texts are gone as they should";
        terminal.Output.WriteLine(
            $"{report.Revisions:N0} revisions and {report.PersonalTexts:N0} personal texts are whole{erased}"
        );
        return ExitStatus.Done;
    }
}
