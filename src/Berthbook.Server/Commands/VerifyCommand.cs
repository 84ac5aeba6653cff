using System.CommandLine;
using Berthbook.Programs;
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
        var report = RegistryStore.Verify(settings.Data);
        foreach (var fault in report.Faults)
            terminal.Complain(fault);
        if (!report.IsWhole)
            return ExitStatus.Finding;
        terminal.Output.WriteLine($"whole: {report.Words}");
        return ExitStatus.Done;
    }
}
