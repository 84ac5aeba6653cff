using System.CommandLine;
using Berthbook.Cli.Local;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary><c>export FORMAT [-o FILE] [--revision N]</c>: the local copy in one of its forms.</summary>
static class ExportCommand
{
    const string Examples = """
        Examples:
          berth export csv | head -3           IANA's table
          berth export services -o services    as /etc/services has it
          berth export json --revision 1       any revision
          berth export ndjson | jq -c .name    a record a line
        """;

    public static Command Create(CommandLine line)
    {
        var (command, options) = ExportOptions.Create("Write the local copy in one of its forms");
        line.OnRun(command, Examples, call => Run(call, options));
        return command;
    }

    static int Run(CommandCall call, ExportOptions options)
    {
        var (form, path, revision) = options.Read(call.Parsed);
        var history = LocalCopy.Require(call.Folder);
        if (history.At(revision ?? history.Revisions.Length) is not { } registry)
        {
            call.Terminal.Complain(
                $"there is no revision {revision}; the last is {history.Revisions.Length}"
            );
            return ExitStatus.Finding;
        }
        var profile = ExportForms.ProfileOf(registry.Header, null, "its publisher");
        var bytes = ExportForms.All[form](registry, profile);
        if (path is null or "-")
            call.Printer.Write(bytes);
        else
            WholeFile.Write(path, file => file.Write(bytes));
        return ExitStatus.Done;
    }
}
