using System.CommandLine;
using Berthbook.Programs;
using Berthbook.Server.Accounts;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary><c>admin-link [--recover]</c>: a one-time link that makes an administrator; a server may go on meanwhile.</summary>
static class AdminLinkCommand
{
    public static Command Create(CommandLine line)
    {
        var recover = new Option<bool>("--recover")
        {
            Description =
                "Although there is an administrator: to replace one who lost password or second factor",
        };
        var command = new Command(
            "admin-link",
            "Print a link, good once and for a day, that makes an administrator"
        )
        {
            recover,
        };
        line.OnRun(command, (settings, parsed) => Run(settings, parsed.GetValue(recover), line.Console));
        return command;
    }

    static int Run(Settings settings, bool isRecovery, Terminal terminal)
    {
        if (settings.Mode == RegistryMode.Mirror)
        {
            terminal.Complain("a mirror has no accounts; with --upstream none the registry is one's own");
            return ExitStatus.Usage;
        }
        // Complains where the folder is not there, or another program's.
        using (RegistryStore.OpenForReading(settings.Data)) { }
        if (Make(settings, isRecovery) is not { } link)
        {
            terminal.Complain("there is an administrator; --recover makes a link all the same");
            return ExitStatus.Finding;
        }
        terminal.Output.WriteLine(link);
        return ExitStatus.Done;
    }

    /// <summary>A new link; null where there is an administrator, unless it is to help out.</summary>
    public static string? Make(Settings settings, bool isRecovery)
    {
        using var database = new AccountsDatabase(settings);
        var links = new AdminLinks(database, new(database, TimeProvider.System), TimeProvider.System);
        return links.Make(isRecovery) is { } code ? AdminLinks.LinkOf(settings, code) : null;
    }
}
