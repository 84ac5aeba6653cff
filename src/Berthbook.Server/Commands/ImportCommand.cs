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
            if (files.Length > 1)
                terminal.Complain(ImportWords.Stopped(files, i));
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
                store.History,
                store.Erasures,
                file,
                Path.GetFileName(path),
                Environment.UserName,
                $"imported from {Path.GetFileName(path)}",
                TimeProvider.System.GetUtcNow(),
                settings.MaxImport,
                allowOlder
            );
        }
        switch (import.Outcome)
        {
            case null:
                foreach (var line in ImportWords.Faults(path, import))
                    terminal.Error.WriteLine(line);
                return ExitStatus.Invalid;
            case ImportOutcome.Older older:
                terminal.Complain(ImportWords.Older(path, older));
                return ExitStatus.Finding;
            case ImportOutcome.Ready ready:
                terminal.Output.WriteLine(ImportWords.Became(path, store.Append(ready.Draft)));
                break;
            default:
                terminal.Output.WriteLine(ImportWords.Same(path, store.History.Revisions.Length));
                break;
        }
        if (ImportWords.Oddities(path, import) is { } oddities)
            terminal.Output.WriteLine(oddities);
        return ExitStatus.Done;
    }
}
