using System.CommandLine;
using System.Globalization;
using Berthbook.Programs;
using Berthbook.Requests;

namespace Berthbook.Cli.Request;

/// <summary>The commands <c>request submit</c>, <c>show</c>, <c>list</c> and <c>act</c>: requests of a server.</summary>
static class ServerRequests
{
    const string Token = """
        The server is told who asks by a token: of BERTHBOOK_TOKEN, or of the file
        berthbook/token in the XDG folder of settings (~/.config), mode 600.
        """;

    const string SubmitExamples =
        """
            Examples:
              berth request submit --server https://ports.example request.json
              berth request submit --server https://ports.example --draft *.json
              berth request submit --server https://ports.example --dry-run a.json

            Several documents are taken all or none, at most 100.

            Columns in a pipe, parted by tabs:
              number, state, port/transports, day of submission, rules, revision,
              kind, name

            Exit status 0 where they are taken, 1 where a rule says no (it is
            printed), 3 where a document is not valid and nothing was sent.

            """ + Token;

    const string ShowExamples =
        """
            Examples:
              berth request show --server https://ports.example 17
              berth request show --server https://ports.example 17 | grep step

            Everybody sees what is asked, the state, and the reasons of decisions; who
            has a part in it sees all.

            Columns in a pipe, parted by tabs:
              number, what (request, procedure, step, refuse, need, advise, effect,
              next, may), subject, time, rule, words

            """ + Token;

    const string ListExamples =
        """
            Examples:
              berth request list --server https://ports.example
              berth request list --server https://ports.example --mine
              berth request list --server https://ports.example --state in-review
              berth request list --server https://ports.example --rule A7 plum

            Columns in a pipe, parted by tabs:
              number, state, port/transports, day of submission, rules, revision,
              kind, name

            Exit status 1 where there is no such request.

            """ + Token;

    const string ActExamples =
        """
            Examples (with --server https://ports.example):
              berth request act 17 recommend --for --criterion P10 --reason 'It fits.'
              berth request act 17 approve
              berth request act 17 assign --reference RFC9000 --dry-run
              berth request act 17 reject --reason 'A Dynamic Port serves.'
              berth request act 17 withdraw

            Actions:
              submit       a draft
              ask, answer  --reason: the question, the answer
              confirm, deny  as who holds the assignment; a claim, as the registrar
              recommend    as an expert: --for or --against, --reason, --criterion
              approve, reject  as who decides; a rejection with --reason
              assign       as the registrar: a revision; with what is chosen
              withdraw     as who asked
              refer, attempt  as the registrar: to an expert; to reach a party
              stand-in     as the approver: --account for the experts of --pool

            An action is done once, also where the network fails and it is sent again;
            and on the request as it is, or as --version N says it was seen.

            Exit status 0 where it is done, 1 where a rule or the state says no (it is
            printed), 2 where words are missing, 4 where the server does not know or
            not let who asks.

            """ + Token;

    public static IEnumerable<Command> Create(CommandLine line)
    {
        yield return CreateSubmit(line);
        yield return CreateShow(line);
        yield return CreateList(line);
        yield return CreateAct(line);
    }

    static Command CreateSubmit(CommandLine line)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Request documents; - is the standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var draft = new Option<bool>("--draft")
        {
            Description = "Keep them as drafts, which nobody else sees",
        };
        var byMail = new Option<bool>("--by-mail")
        {
            Description = "As the registrar, for somebody who wrote by mail",
        };
        var dryRun = DryRun();
        var command = new Command("submit", "Submit requests to a server") { files, draft, byMail, dryRun };
        line.OnRun(
            command,
            SubmitExamples,
            (call, cancellation) =>
                RunAsync(
                    call,
                    acting =>
                        acting.SubmitAsync(
                            call.Parsed.GetValue(files)!,
                            Query(
                                ("draft", call.Parsed.GetValue(draft)),
                                ("byMail", call.Parsed.GetValue(byMail)),
                                ("dryRun", call.Parsed.GetValue(dryRun))
                            ),
                            cancellation
                        )
                )
        );
        return command;
    }

    static Command CreateShow(CommandLine line)
    {
        var number = Number();
        var command = new Command("show", "Show a request of a server") { number };
        line.OnRun(
            command,
            ShowExamples,
            (call, cancellation) =>
                RunAsync(call, acting => acting.ShowAsync(call.Parsed.GetValue(number), cancellation))
        );
        return command;
    }

    static Command CreateList(CommandLine line)
    {
        var text = new Argument<string>("TEXT")
        {
            Description = "What name, number or description contain",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var state = new Option<string>("--state")
        {
            HelpName = "STATE",
            Description = "Only those that stand there: in-review; several parted by commas",
        };
        state.CompletionSources.Add([.. RequestStates.All.Select(RequestStates.Word)]);
        var rule = new Option<string>("--rule")
        {
            HelpName = "RULE",
            Description = "Only those to which a rule was applied: A7",
        };
        var mine = new Option<bool>("--mine") { Description = "Only one's own, drafts included" };
        var command = new Command("list", "List the requests of a server") { text, state, rule, mine };
        line.OnRun(
            command,
            ListExamples,
            (call, cancellation) =>
            {
                var words = call.Parsed.GetValue(text) ?? "";
                var query =
                    Part("search", words)
                    + Part("state", call.Parsed.GetValue(state))
                    + Part("rule", call.Parsed.GetValue(rule))
                    + (call.Parsed.GetValue(mine) ? "&mine=true" : "");
                return RunAsync(call, acting => acting.ListAsync(words, query, cancellation));
            }
        );
        return command;
    }

    static Command CreateAct(CommandLine line)
    {
        var options = new ActOptions();
        var command = new Command("act", "Do something to a request of a server: approve, withdraw …")
        {
            options.Number,
            options.Action,
        };
        foreach (var option in options.All)
            command.Add(option);
        line.OnRun(
            command,
            ActExamples,
            (call, cancellation) =>
            {
                var (action, body, fault) = options.Read(call.Parsed);
                if (fault is not null)
                {
                    call.Terminal.Complain(fault);
                    return Task.FromResult(ExitStatus.Usage);
                }
                return RunAsync(
                    call,
                    acting =>
                        acting.ActAsync(
                            call.Parsed.GetValue(options.Number),
                            action,
                            body,
                            call.Parsed.GetValue(options.Version),
                            Query(("dryRun", call.Parsed.GetValue(options.DryRun))),
                            cancellation
                        )
                );
            }
        );
        return command;
    }

    /// <summary>An option that keeps nothing.</summary>
    public static Option<bool> DryRun() =>
        new("--dry-run") { Description = "Say what would come of it; nothing is kept" };

    /// <summary>The number of a request.</summary>
    public static Argument<int> Number()
    {
        var number = new Argument<int>("NUMBER") { Description = "The number of the request, from 1" };
        number.Validators.Add(given =>
        {
            if (
                given.Tokens is [var token]
                && (
                    !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                    || n == 0
                )
            )
                given.AddError($"'{token.Value}' is not the number of a request");
        });
        return number;
    }

    static async Task<int> RunAsync(CommandCall call, Func<RequestActing, Task<int>> run)
    {
        if (call.Server is not { } server)
        {
            call.Terminal.Complain("requests are on a server: name it with --server URL");
            return ExitStatus.Usage;
        }
        using var calls = new RequestCalls(server, AccessToken.Find());
        return await run(
            new(
                calls,
                call.Printer,
                words => call.Terminal.Error.WriteLine(Terminal.Printable(words)),
                Console.OpenStandardInput
            )
        );
    }

    static string Query(params ReadOnlySpan<(string Name, bool IsSet)> flags)
    {
        var query = "";
        foreach (var (name, isSet) in flags)
        {
            if (isSet)
                query += $"{(query.Length == 0 ? '?' : '&')}{name}=true";
        }
        return query;
    }

    static string Part(string name, string? value) =>
        string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
