using System.CommandLine;
using System.Text;
using Berthbook.Cli.Request;
using Berthbook.Programs;
using Berthbook.Requests;

namespace Berthbook.Cli;

/// <summary><c>request new KIND</c> and <c>request check FILE…</c>: documents to fill in, and what the rules say of them.</summary>
static class RequestCommand
{
    const string Examples = """
        Examples:
          berth request new assign -o request.json    a document to fill in
          berth request check request.json            what the rules say of it
          berth request submit --server URL request.json
          berth request show --server URL 17          where it stands
          berth request act --server URL 17 approve   an action
        """;

    const string CheckExamples = """
        Examples:
          berth request check request.json
          berth request check *.json | grep refuse
          berth request new assign | berth request check -      what to fill in
          berth request check --server http://localhost:8080 request.json

        Nothing is sent unless a server is named, and nothing is submitted.
        Several documents may follow each other in one file or on the standard
        input: on lines of their own, or behind record separators (RFC 7464).

        Columns in a pipe, parted by tabs:
          file, line of the document, what (verdict, refuse, need, advise,
          effect, next), rule, subject, words
          The subject is the procedure of a verdict, the field of a finding, the
          change of an effect, or who acts next.

        Exit status 0 where a request is complete, 1 where a rule refuses it or
        something is to be mended, 3 where a document is not valid.
        """;

    public static Command Create(CommandLine line)
    {
        var command = new Command("request", "Write, check, submit and decide requests")
        {
            CreateNew(line),
            CreateCheck(line),
        };
        foreach (var ofServer in ServerRequests.Create(line))
            command.Add(ofServer);
        line.Explain(command, Examples);
        return command;
    }

    static Command CreateNew(CommandLine line)
    {
        var kind = new Argument<string>("KIND")
        {
            HelpName = "KIND",
            Description = "What is asked for; the list is below",
        };
        kind.CompletionSources.Add([.. RequestKinds.All.Select(RequestKinds.Word)]);
        kind.Validators.Add(given =>
        {
            if (given.Tokens is [var word] && !RequestKinds.TryParse(word.Value, out _))
                given.AddError(
                    $"'{word.Value}' is no kind of request; the kinds are "
                        + string.Join(", ", RequestKinds.All.Select(RequestKinds.Word))
                );
        });
        var output = new Option<string>("-o", "--output")
        {
            HelpName = "FILE",
            Description = "The file to write, which is not there yet; - or none: standard output",
        };
        var command = new Command("new", "Write a request document to fill in, with comments")
        {
            kind,
            output,
        };
        line.OnRun(
            command,
            NewExamples(),
            call => New(call, call.Parsed.GetValue(kind)!, call.Parsed.GetValue(output))
        );
        return command;
    }

    static Command CreateCheck(CommandLine line)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Request documents; - is the standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("check", "Say what the rules find, what would change, what happens next")
        {
            files,
        };
        line.OnRun(command, CheckExamples, call => Check(call, call.Parsed.GetValue(files)!));
        return command;
    }

    static string NewExamples()
    {
        var text = new StringBuilder(
            """
            Examples:
              berth request new assign >request.json
              berth request new de-assign -o release.json

            Kinds:

            """
        );
        foreach (var kind in RequestKinds.All)
            text.Append("  ").Append(kind.Word().PadRight(18)).Append(kind.Title()).Append('\n');
        return text.ToString().TrimEnd();
    }

    static int New(CommandCall call, string word, string? path)
    {
        // The command line takes no other words.
        var kind = RequestKinds.All.First(one => one.Word() == word);
        var template = Encoding.UTF8.GetBytes(RequestTemplate.Write(kind));
        if (path is null or "-")
        {
            call.Printer.Write(template);
            return ExitStatus.Done;
        }
        // What somebody filled in is not overwritten.
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write(template);
        return ExitStatus.Done;
    }

    static int Check(CommandCall call, string[] files)
    {
        using var calls = call.Server is { } server ? new ServerCalls(server) : null;
        RequestChecker checker = calls is not null
            ? new RequestChecker.Remote(calls)
            : new RequestChecker.Local(call.Folder, TimeProvider.System);
        return new RequestRun(
            checker,
            call.Printer,
            words => call.Terminal.Error.WriteLine(Terminal.Printable(words)),
            Console.OpenStandardInput
        ).Check(files);
    }
}
