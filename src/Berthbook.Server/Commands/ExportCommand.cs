using System.CommandLine;
using Berthbook.Formats;
using Berthbook.Programs;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary><c>export FORMAT [-o FILE] [--revision N]</c>: the registry in one of its forms.</summary>
static class ExportCommand
{
    static readonly Dictionary<string, Func<Registry, Settings, byte[]>> Forms = new()
    {
        ["csv"] = (registry, settings) => CsvFormat.Write(registry, settings.RfcLabel),
        ["json"] = (registry, settings) =>
            JsonFormat.Write(registry, settings.ProfileOf(registry).Statement(registry)),
        ["ndjson"] = (registry, settings) =>
            NdjsonFormat.Write(registry, settings.ProfileOf(registry).Statement(registry)),
        ["services"] = (registry, settings) =>
            ServicesFormat.Write(registry, settings.ProfileOf(registry).Statement(registry)),
        ["xml"] = (registry, _) => XmlFormat.Write(registry),
        ["html"] = (registry, settings) => PageFormat.WriteWhole(registry, settings.ProfileOf(registry)),
        ["txt"] = (registry, settings) => TextFormat.Write(registry, settings.ProfileOf(registry)),
    };

    public static Command Create(CommandLine line)
    {
        var form = new Argument<string>("FORMAT") { Description = string.Join(", ", Forms.Keys) };
        form.AcceptOnlyFromAmong([.. Forms.Keys]);
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
        Write(Forms[form](registry, settings), path, terminal);
        return ExitStatus.Done;
    }

    // A reader of the file sees the old one or the new one, never half of one.
    static void Write(byte[] bytes, string? path, Terminal terminal)
    {
        if (path is null or "-")
        {
            using var output = terminal.OpenBytes();
            output.Write(bytes);
            return;
        }
        var next = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = File.Create(next))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(next, path, overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }
}
