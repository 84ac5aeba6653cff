using System.CommandLine;
using Berthbook.Programs;
using Berthbook.Programs.Upstream;

namespace Berthbook.Server.Commands;

/// <summary>
/// <c>release</c>: lets the upstream's file that is held back pass. A running server takes it within seconds, else
/// the next start does.
/// </summary>
static class ReleaseCommand
{
    public static Command Create(CommandLine line)
    {
        var command = new Command("release", "Let the upstream's file that is held back pass");
        line.OnRun(command, (settings, _) => Run(settings, line.Console));
        return command;
    }

    static int Run(Settings settings, Terminal terminal)
    {
        if (settings.Upstream is not { } upstream)
        {
            terminal.Complain("there is no upstream: --upstream is none");
            return ExitStatus.Usage;
        }
        var folder = new UpstreamFolder(settings.Data);
        if (folder.Remember(upstream).Held is not { } held)
        {
            terminal.Complain($"no file of {upstream.Host} is held back");
            return ExitStatus.Finding;
        }
        folder.LetPass(held.Sha256);
        terminal.Output.WriteLine($"The file of {upstream.Host} may pass: {held.Words}.");
        return ExitStatus.Done;
    }
}
