using System.CommandLine;
using Berthbook.Cli.Local;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary><c>import FILE… [--allow-older]</c>: each file becomes a revision of the local copy.</summary>
static class ImportCommand
{
    const string Examples = """
        Examples:
          berth import registry.xml            IANA's XML
          berth import registry.xml.gz         packed with gzip
          berth import table.csv               a CSV: header and contacts stay
          berth import /etc/services           what the host knows, and no more
          curl -s URL | berth import -         from standard input
          berth import --allow-older old.xml   though it is older than the copy

        A file with a fault is refused whole: FILE:LINE:COLUMN: what is wrong.
        """;

    public static Command Create(CommandLine line)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description =
                "XML, CSV or JSON of a registry, or a services file, gzip or not; - for standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var allowOlder = new Option<bool>("--allow-older")
        {
            Description = "Also take a file that is older than the local copy",
        };
        var command = new Command("import", "Make each file a revision of the local copy, in the order given")
        {
            files,
            allowOlder,
        };
        line.OnRun(
            command,
            Examples,
            (call, _) => RunAsync(call, call.Parsed.GetValue(files)!, call.Parsed.GetValue(allowOlder))
        );
        return command;
    }

    static async Task<int> RunAsync(CommandCall call, string[] files, bool allowOlder)
    {
        using var copy = await LocalCopy.OpenAsync(call.Folder, TimeProvider.System);
        var outcomes = new List<ImportAnswer>();
        var status = ExitStatus.Done;
        for (var i = 0; i < files.Length && status == ExitStatus.Done; i++)
        {
            var outcome = await ImportAsync(copy, new(files[i]), allowOlder);
            outcomes.Add(outcome);
            status = outcome.Tell(call);
            if (status != ExitStatus.Done && files.Length > 1)
                call.Terminal.Complain(ImportWords.Stopped(files, i));
        }
        if (call.Printer.Form == Form.Json)
            call.Printer.PrintJson(json => ImportAnswer.Write(json, outcomes));
        return status;
    }

    static async Task<ImportAnswer> ImportAsync(LocalCopy copy, GivenFile given, bool allowOlder)
    {
        var import = await given.ReadAsync(file =>
            FileImport.Prepare(
                copy.History,
                copy.Erasures,
                file,
                given.Name,
                Environment.UserName,
                $"imported from {given.Name}",
                TimeProvider.System.GetUtcNow(),
                new Formats.ReadLimits().MaxBytes,
                allowOlder
            )
        );
        return ImportAnswer.Of(given.Shown, import, copy);
    }
}
