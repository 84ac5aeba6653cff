using System.CommandLine;
using Berthbook.Cli.Lookup;

namespace Berthbook.Cli;

/// <summary><c>lookup QUESTION…</c>: what a port number or service name is.</summary>
static class LookupCommand
{
    const string Examples = """
        Examples:
          berth lookup 443                   a port number on every transport
          berth lookup 443/udp https         on one transport; a service name
          berth lookup 6000-6063             a range
          berth lookup _jmap._tcp            an SRV label
          berth lookup 914c/g whois++        old spellings say which name counts
          cut -f1 ports | berth lookup -     questions from standard input
          berth lookup --json 5353/udp       for a program

        Columns in a pipe, parted by tabs:
          question, port number, transport, state, service name, primary name,
          description, source
        """;

    public static Command Create(CommandLine line)
    {
        var questions = new Argument<string[]>("QUESTION")
        {
            Description = "A port number, a range, a service name or an SRV label; - reads them, a line each",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("lookup", "Say what port numbers and service names are") { questions };
        line.OnRun(command, Examples, call => Run(call, call.Parsed.GetValue(questions)!));
        return command;
    }

    static int Run(CommandCall call, string[] questions)
    {
        using var calls = call.Server is { } server ? new ServerCalls(server) : null;
        Answerer answers = calls is null
            ? new LocalAnswers(AskedRegistry.Open(call.Folder, call.Terminal.Complain))
            : new ServerAnswers(calls);
        return new LookupRun(
            answers,
            call.Printer,
            call.Terminal.Error.WriteLine,
            Console.OpenStandardInput
        ).Answer(questions);
    }
}
