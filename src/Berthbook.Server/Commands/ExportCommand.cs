using System.CommandLine;
using Berthbook.Programs;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary><c>export FORMAT [-o FILE] [--revision N]</c>: the registry in one of its forms.</summary>
static class ExportCommand
{
    public static Command Create(CommandLine line)
    {
        var (command, options) = ExportOptions.Create("Write the registry in one of its forms");
        line.OnRun(command, (settings, parsed) => Run(settings, options.Read(parsed), line.Console));
        return command;
    }

    static int Run(Settings settings, (string Form, string? Path, int? Revision) wanted, Terminal terminal)
    {
        using var store = RegistryStore.OpenForReading(settings.Data);
        var history = store.History;
        var number = wanted.Revision ?? history.Revisions.Length;
        if (history.At(number) is not { } registry)
        {
            terminal.Complain(
                history.Revisions.IsEmpty
                    ? $"there is no revision in {settings.Data} yet"
                    : $"there is no revision {number}; the last is {history.Revisions.Length}"
            );
            return ExitStatus.Finding;
        }
        Write(ExportForms.All[wanted.Form](registry, settings.ProfileOf(registry)), wanted.Path, terminal);
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
