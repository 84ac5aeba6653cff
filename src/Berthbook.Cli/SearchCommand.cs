using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Berthbook.Answers;
using Berthbook.Cli.Search;
using Berthbook.Programs;
using Berthbook.Search;

namespace Berthbook.Cli;

/// <summary><c>search TEXT…</c>: what a text may mean, best first.</summary>
static class SearchCommand
{
    const string Examples = """
        Examples:
          berth search remote desktop          words, as people say them
          berth search postgers                misspelt
          berth search rfc 8620                what a document defines
          berth search jon postel --limit 5    a person, and what is theirs
          berth search dns --json              for a program

        Columns in a pipe, parted by tabs:
          kind (service, port, contact, record), name or number, port number
          and transport, description, what of it was found, score
        """;

    public static Command Create(CommandLine line)
    {
        var text = new Argument<string[]>("TEXT")
        {
            Description = "What to look for; several words are looked for together",
            Arity = ArgumentArity.OneOrMore,
        };
        var limit = new Option<string>("--limit")
        {
            HelpName = "N",
            Description = $"How many answers, 1 to {RegistrySearch.MaxLimit} ({RegistrySearch.DefaultLimit})",
        };
        var command = new Command("search", "Find services, port numbers and contacts by words")
        {
            text,
            limit,
        };
        line.OnRun(
            command,
            Examples,
            call => Run(call, string.Join(' ', call.Parsed.GetValue(text)!), call.Parsed.GetValue(limit))
        );
        return command;
    }

    static int Run(CommandCall call, string text, string? given)
    {
        var limit = RegistrySearch.DefaultLimit;
        var fault =
            RegistrySearch.FaultOf(text)
            ?? (
                given is null || TryParseLimit(given, out limit)
                    ? null
                    : $"--limit: '{given}' is not a number from 1 to {RegistrySearch.MaxLimit}"
            );
        if (fault is not null)
        {
            call.Terminal.Complain(fault);
            return ExitStatus.Usage;
        }
        if (call.Server is not { } server)
            return FromLocalCopy(call, text, limit);
        using var calls = new ServerCalls(server);
        return new SearchRun(call.Printer, call.Terminal.Complain, calls.Authority).Print(
            text,
            calls.Get($"search?q={Uri.EscapeDataString(text)}&limit={limit}")
                ?? throw new HttpRequestException($"{calls.Authority} does not search")
        );
    }

    static int FromLocalCopy(CommandCall call, string text, int limit)
    {
        var asked = AskedRegistry.Open(call.Folder, call.Terminal.Complain);
        var found = new RegistrySearch(asked.Registry).Find(text, limit);
        var status = new SearchRun(call.Printer, call.Terminal.Complain, asked.SourceOf([])).Print(
            text,
            JsonSerializer.SerializeToElement(SearchReply.Of(found, limit), AnswerJson.Default.SearchReply)
        );
        if (asked.Remark is { } remark)
            call.Terminal.Complain(remark);
        return status;
    }

    static bool TryParseLimit(string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
        && limit is >= 1 and <= RegistrySearch.MaxLimit;
}
