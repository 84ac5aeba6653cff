using System.CommandLine;
using Berthbook.Journal;
using Berthbook.Programs;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary><c>import FILE… [--allow-older]</c>: each file becomes a revision, in the order given.</summary>
static class ImportCommand
{
    public static Command Create(CommandLine line)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "IANA's XML or CSV, packed with gzip or not",
            Arity = ArgumentArity.OneOrMore,
        };
        var allowOlder = new Option<bool>("--allow-older")
        {
            Description = "Also take a file that is older than the registry",
        };
        var command = new Command("import", "Make each file a revision of the registry, in the order given")
        {
            files,
            allowOlder,
        };
        line.OnRun(
            command,
            (settings, parsed) =>
                Run(settings, parsed.GetValue(files)!, parsed.GetValue(allowOlder), line.Console)
        );
        return command;
    }

    static int Run(Settings settings, string[] files, bool allowOlder, Terminal terminal)
    {
        using var store = RegistryStore.Open(settings.Data, TimeProvider.System);
        for (var i = 0; i < files.Length; i++)
        {
            var status = ImportFile(store, files[i], settings, allowOlder, terminal);
            if (status == ExitStatus.Done)
                continue;
            var left = files.Length - i - 1;
            if (files.Length > 1)
                terminal.Complain(
                    $"{files[i]} was not imported; of the others {i} before it are, and {left} after it are not"
                );
            return status;
        }
        return ExitStatus.Done;
    }

    /// <summary>Imports one file and says what came of it.</summary>
    public static int ImportFile(
        RegistryStore store,
        string path,
        Settings settings,
        bool allowOlder,
        Terminal terminal
    )
    {
        FileImport import;
        using (var file = File.OpenRead(path))
        {
            import = FileImport.Prepare(
                store,
                file,
                Path.GetFileName(path),
                Environment.UserName,
                $"imported from {Path.GetFileName(path)}",
                settings.MaxImport,
                allowOlder
            );
        }
        switch (import.Outcome)
        {
            case null:
                foreach (var fault in import.Read.Faults)
                    terminal.Error.WriteLine($"{path}:{Terminal.Printable(fault.ToString())}");
                if (import.Read.FaultCount > import.Read.Faults.Length)
                    terminal.Error.WriteLine(
                        $"{path}: {import.Read.FaultCount} faults in all, the first {import.Read.Faults.Length} are told"
                    );
                return ExitStatus.Invalid;
            case ImportOutcome.Older older:
                terminal.Complain(
                    $"{path} is dated {older.FileUpdated}, the registry {older.Updated}; --allow-older takes it all the same"
                );
                return ExitStatus.Finding;
            case ImportOutcome.Ready ready:
                var revision = store.Append(ready.Draft);
                terminal.Output.WriteLine(
                    $"{path}: revision {revision.Number}, {Say("records", ready.Records)}; {Say("contacts", ready.Contacts)}"
                );
                break;
            default:
                terminal.Output.WriteLine(
                    $"{path}: nothing new, revision {store.History.Revisions.Length} stays"
                );
                break;
        }
        foreach (var line in Summary(import))
            terminal.Output.WriteLine($"{path}: {line}");
        return ExitStatus.Done;
    }

    static string Say(string what, ChangeCounts counts) =>
        $"{what} {counts.Added:N0} added, {counts.Removed:N0} removed, {counts.Changed:N0} changed";

    // Warnings refuse nothing: one line for all, and the first of them as a taste.
    static IEnumerable<string> Summary(FileImport import)
    {
        if (import.Read.Warnings is [var first, ..])
            yield return $"{import.Read.WarningCount:N0} oddities kept as they are, the first at {Terminal.Printable(first.ToString())}";
    }
}
