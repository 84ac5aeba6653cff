using System.CommandLine;
using Berthbook.Cli.Check;
using Berthbook.Cli.Host;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary><c>check [FILE…]</c>: this host's listening sockets, or files, against the registry.</summary>
static class CheckCommand
{
    const string Examples = """
        Examples:
          berth check                          the listening sockets of this host
          sudo berth check                     with the processes of every user
          berth check /etc/services            what differs from the registry
          berth check compose.yaml             the port numbers that it publishes
          docker compose config | berth check --as compose -
          berth check --sarif compose.yaml     for code hosts and editors

        Columns in a pipe, parted by tabs:
          checked, place, port, state, names, process or service, process number,
          network namespace, level, rules, message

        Exit status 1 where something was found; notes are no findings.
        """;

    public static Command Create(CommandLine line)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "A services file or a compose file, - for standard input; none is this host",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var kind = new Option<string>("--as")
        {
            HelpName = "KIND",
            Description = "Take files for services or compose files, whatever they look like",
        };
        kind.AcceptOnlyFromAmong("services", "compose");
        var sarif = new Option<bool>("--sarif") { Description = "Answer in SARIF 2.1.0" };
        var command = new Command("check", "Hold this host or files against the registry")
        {
            files,
            kind,
            sarif,
        };
        line.OnRun(
            command,
            Examples,
            call =>
                Run(
                    call,
                    call.Parsed.GetValue(files)!,
                    call.Parsed.GetValue(kind),
                    call.Parsed.GetValue(sarif)
                )
        );
        return command;
    }

    static int Run(CommandCall call, string[] files, string? kind, bool isSarif)
    {
        if (FaultOf(call, isSarif) is { } fault)
        {
            call.Terminal.Complain(fault);
            return ExitStatus.Usage;
        }
        var asked = AskedRegistry.Open(call.Folder, call.Terminal.Complain);
        var checking = new FileChecking(asked, KindOf(kind), Console.OpenStandardInput);
        CheckAnswer[] answers =
            files.Length == 0
                ? [HostChecking.Check(asked, new ProcFolder())]
                : [.. files.Select(checking.Check)];
        return new CheckRun(
            asked,
            call.Printer,
            words => call.Terminal.Error.WriteLine(Terminal.Printable(words))
        ).Print(answers, isSarif);
    }

    static string? FaultOf(CommandCall call, bool isSarif) =>
        call.Server is not null ? "check asks the local copy; --server is for lookup, search and suggest"
        : isSarif && call.Printer.Form == Form.Json ? "give --json or --sarif, not both"
        : null;

    static CheckKind? KindOf(string? name) =>
        name switch
        {
            "services" => CheckKind.Services,
            "compose" => CheckKind.Compose,
            _ => null,
        };
}
