using System.CommandLine;
using Berthbook.Programs;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>: the registry of this moment as one file, and back.</summary>
static class BackupCommand
{
    public static Command Create(CommandLine line)
    {
        var file = File("The file to write");
        var command = new Command("backup", "Write a backup of this moment; a server may go on meanwhile")
        {
            file,
        };
        line.OnRun(
            command,
            (settings, parsed) =>
            {
                using var store = RegistryStore.OpenForReading(settings.Data);
                store.Backup(parsed.GetValue(file)!);
                line.Console.Output.WriteLine(
                    $"{parsed.GetValue(file)}: {store.History.Revisions.Length:N0} revisions"
                );
                return ExitStatus.Done;
            }
        );
        return command;
    }

    public static Command CreateRestore(CommandLine line)
    {
        var file = File("The backup");
        var command = new Command(
            "restore",
            "Put a backup in the place of the registry; it is checked before anything is replaced"
        )
        {
            file,
        };
        line.OnRun(command, (settings, parsed) => Restore(settings, parsed.GetValue(file)!, line.Console));
        return command;
    }

    static int Restore(Settings settings, string file, Terminal terminal)
    {
        try
        {
            RegistryStore.Restore(file, settings.Data);
        }
        catch (BackupException damage)
        {
            terminal.Complain($"{file}: {damage.Message}");
            return ExitStatus.Invalid;
        }
        using var store = RegistryStore.OpenForReading(settings.Data);
        terminal.Output.WriteLine($"{settings.Data}: {store.History.Revisions.Length:N0} revisions");
        return ExitStatus.Done;
    }

    static Argument<string> File(string description) => new("FILE") { Description = description };
}
