using System.CommandLine;
using System.Text;
using Berthbook.Cli.Manual;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary><c>man</c>: the manual page, as man reads it.</summary>
static class ManCommand
{
    const string Examples = """
        Examples:
          berth man | man -l -                                   read it
          berth man >/usr/local/share/man/man1/berth.1           install it
        """;

    public static Command Create(CommandLine line)
    {
        var command = new Command("man", "Print the manual page");
        line.OnRun(
            command,
            Examples,
            call =>
            {
                var version = typeof(ManCommand).Assembly.GetName().Version?.ToString(3) ?? "";
                call.Printer.Print(new StringBuilder(new ManPage(line.Root, line.ExamplesOf).Write(version)));
                return ExitStatus.Done;
            }
        );
        return command;
    }
}
