using System.CommandLine;
using Berthbook.Cli.Host;
using Berthbook.Cli.Local;
using Berthbook.Cli.Suggest;
using Berthbook.Programs;
using Berthbook.Suggestions;

namespace Berthbook.Cli;

/// <summary><c>suggest</c>: free port numbers, with what speaks for and against them.</summary>
static class SuggestCommand
{
    const string Examples = """
        Examples:
          berth suggest                         three User Ports for TCP
          berth suggest --transport tcp,udp     free on both
          berth suggest --near 8000             close to a number
          berth suggest --range 8000-8999       in a range; also system, user
          berth suggest --block 4 --count 1     four in a row
          berth suggest --explain 8013          one number, whatever its state
          berth suggest --count 1 | cut -f1     just the number

        Columns in a pipe, parted by tabs:
          port number or range, transports, score, reasons
          with --explain: port number, kind of reason, weight, reason, source

        The score is the sum of the weights; the order is by it. Sockets and the
        ephemeral range of this host count, unless a server is asked.
        """;

    public static Command Create(CommandLine line)
    {
        var options = new SuggestOptions();
        var command = new Command("suggest", "Find free port numbers, and say why these")
        {
            options.Transport,
            options.Range,
            options.Near,
            options.Count,
            options.Block,
            options.Explain,
        };
        line.OnRun(command, Examples, call => Run(call, options.Read(call.Parsed)));
        return command;
    }

    static int Run(CommandCall call, SuggestOptions.Given given)
    {
        if (given.Explained.Length > 0 && call.Server is not null)
            given.Faults.Add("--explain answers from the local copy: leave --server out");
        foreach (var fault in given.Faults)
            call.Terminal.Complain(fault);
        if (given.Faults.Count > 0)
            return ExitStatus.Usage;
        return call.Server is { } server ? FromServer(call, server, given.Query) : FromLocalCopy(call, given);
    }

    static int FromServer(CommandCall call, Uri server, SuggestionQuery query)
    {
        using var calls = new ServerCalls(server);
        return new SuggestRun(call.Printer, call.Terminal.Complain, calls.Authority).Suggest(
            query,
            ServerSuggestions.Ask(calls, query)
        );
    }

    static int FromLocalCopy(CommandCall call, SuggestOptions.Given given)
    {
        var asked = AskedRegistry.Open(call.Folder, call.Terminal.Complain);
        // One number is found in the file; to weigh all of them, they are read at once.
        var advisor = new PortAdvisor(
            given.Explained.Length > 0 ? asked.Lookup : asked.Index,
            asked.IsWhole ? LocalCopy.Read(call.Folder) : null
        );
        var host = FactsOf(new ProcFolder());
        var run = new SuggestRun(call.Printer, call.Terminal.Complain, asked.SourceOf([]));
        var status =
            given.Explained.Length > 0
                ? run.Explain([
                    .. given.Explained.Select(port =>
                        Answers.ExplanationReply.Of(advisor.Explain(port, given.Transports, host))
                    ),
                ])
                : run.Suggest(given.Query, Answers.SuggestionsReply.Of(advisor.Suggest(given.Query, host)));
        if (asked.Remark is { } remark)
            call.Terminal.Complain(remark);
        return status;
    }

    // Sockets of another network namespace, a container's, leave the number free here.
    static HostFacts FactsOf(ProcFolder proc) =>
        new(
            EphemeralRange.Read(proc),
            [
                .. ListeningSockets
                    .Read(proc)
                    .Sockets.Where(socket => !socket.Namespace.IsForeign)
                    .Select(socket => (socket.Port, socket.Transport)),
            ]
        );
}
