using System.CommandLine;
using Berthbook.Programs;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary><c>export FORMAT [-o FILE] [--revision N]</c>: the registry in one of its forms.</summary>
static class ExportCommand
{
    public static Command Create(CommandLine line)
    {
        var form = new Argument<string>("FORMAT")
        {
            // Else the values stand in its place, which widens the list of commands.
            HelpName = "FORMAT",
            Description = string.Join(", ", ExportForms.All.Keys),
        };
        form.AcceptOnlyFromAmong([.. ExportForms.All.Keys]);
        var output = new Option<string>("-o", "--output")
        {
            HelpName = "FILE",
            Description = "The file to write; - or none: standard output",
        };
        var revision = new Option<int?>("--revision")
        {
            HelpName = "N",
            Description = "The revision to write instead of the last",
        };
        var command = new Command("export", "Write the registry in one of its forms")
        {
            form,
            output,
            revision,
        };
        line.OnRun(
            command,
            (settings, parsed) =>
                Run(
                    settings,
                    parsed.GetValue(form)!,
                    parsed.GetValue(output),
                    parsed.GetValue(revision),
                    line.Console
                )
        );
        return command;
    }

    static int Run(Settings settings, string form, string? path, int? revision, Terminal terminal)
    {
        using var store = RegistryStore.OpenForReading(settings.Data);
        var history = store.History;
        var number = revision ?? history.Revisions.Length;
        if (history.At(number) is not { } registry)
        {
            terminal.Complain(
                history.Revisions.IsEmpty
                    ? $"there is no revision in {settings.Data} yet"
                    : $"there is no revision {number}; the last is {history.Revisions.Length}"
            );
            return ExitStatus.Finding;
        }
        Write(ExportForms.All[form](registry, settings.ProfileOf(registry)), path, terminal);
        return ExitStatus.Done;
    }

    static void Write(byte[] bytes, string? path, Terminal terminal)
    {
        if (path is not (null or "-"))
        {
            WholeFile.Write(path, file => file.Write(bytes));
            return;
        }
        using var output = terminal.OpenBytes();
        output.Write(bytes);
    }
}
