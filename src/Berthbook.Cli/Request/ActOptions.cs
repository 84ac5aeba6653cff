using System.CommandLine;
using System.Text.Json;
using Berthbook.Requests;

namespace Berthbook.Cli.Request;

/// <summary>What <c>request act</c> takes: a request, an action, and what is said to it, as the API reads it.</summary>
sealed class ActOptions
{
    // The options that are members of the body, and of its choices.
    readonly Dictionary<string, Option> members;
    readonly Dictionary<string, Option> choices;

    readonly Option<string> reason = Text("--reason", "The reason, question, answer or attempt");
    readonly Option<string> note = Text("--note", "A note for registrar, approver and experts alone");
    readonly Option<bool> isFor = new("--for") { Description = "Recommend it" };
    readonly Option<bool> isAgainst = new("--against") { Description = "Recommend against it" };

    readonly Option<string[]> criteria = new("--criterion")
    {
        HelpName = "RULE",
        Description = "A rule that an expert applies: P10; may come several times",
    };

    readonly Option<string> pool = new("--pool")
    {
        HelpName = "POOL",
        Description = "The pool: tcp-udp, sctp or dccp",
    };

    readonly Option<int?> account = new("--account")
    {
        HelpName = "NUMBER",
        Description = "The account that stands in",
    };

    readonly Option<string[]> references = new("--reference")
    {
        HelpName = "LABEL",
        Description = "assign: a document to cite, RFC9000; may come several times",
    };

    readonly Option<string> registered = new("--registered")
    {
        HelpName = "DATE",
        Description = "assign: the registration date, where it is another day",
    };

    readonly Option<string> registeredReason = Text("--registered-reason", "assign: why it is another day");

    readonly Option<int?> follows = new("--follows")
    {
        HelpName = "ID",
        Description = "assign: the record that the new ones follow; 0: the first place",
    };

    readonly Option<string> port = new("--port")
    {
        HelpName = "PORT",
        Description = "assign: the number, where the request names a range",
    };

    readonly Option<string> notes = Text("--notes", "assign: the assignment notes");
    readonly Option<string> assigneeId = Text("--assignee-id", "assign: the id of a new assignee");
    readonly Option<string> contactId = Text("--contact-id", "assign: the id of a new contact");

    public ActOptions()
    {
        Action.CompletionSources.Add([.. RequestActions.OfPeople.Select(RequestActions.Word)]);
        pool.CompletionSources.Add([.. ExpertPools.All.Select(ExpertPools.Word)]);
        members = new()
        {
            ["reason"] = reason,
            ["note"] = note,
            ["for"] = isFor,
            ["criteria"] = criteria,
            ["pool"] = pool,
            ["account"] = account,
        };
        choices = new()
        {
            ["references"] = references,
            ["registered"] = registered,
            ["registeredReason"] = registeredReason,
            ["follows"] = follows,
            ["port"] = port,
            ["notes"] = notes,
            ["assigneeId"] = assigneeId,
            ["contactId"] = contactId,
        };
    }

    public Argument<int> Number { get; } = ServerRequests.Number();

    public Argument<string> Action { get; } =
        // Named, since help would list the actions in the narrow column.
        new("ACTION") { HelpName = "ACTION", Description = "What to do; the list is below" };

    public Option<int?> Version { get; } =
        new("--version") { HelpName = "N", Description = "The version that was seen" };

    public Option<bool> DryRun { get; } = ServerRequests.DryRun();

    public IEnumerable<Option> All =>
        [reason, isFor, isAgainst, criteria, pool, note, account, .. choices.Values, Version, DryRun];

    /// <summary>The action, and the body that says what was given; or what is wrong with it.</summary>
    public (RequestAction Action, byte[] Body, string? Fault) Read(ParseResult parsed)
    {
        var word = parsed.GetValue(Action)!;
        if (!RequestActions.TryParse(word, out var action))
            return Fault(
                $"'{word}' is no action; the actions are {string.Join(", ", RequestActions.OfPeople.Select(RequestActions.Word))}"
            );
        var known = MoveFormat.MembersOf(action);
        var strange = members
            .Where(member => !known.Contains(member.Key))
            .Select(member => member.Value)
            .Concat(known.Contains("for") ? [] : [isAgainst])
            .Concat(known.Contains("choices") ? [] : choices.Values)
            .FirstOrDefault(option => IsGiven(parsed, option));
        if (strange is not null)
            return Fault($"{strange.Name} is not used by {word}");
        if (parsed.GetValue(isFor) && parsed.GetValue(isAgainst))
            return Fault("a recommendation is --for or --against");
        var body = Body(parsed);
        return MoveFormat.Read(action, body).Faults is [var fault, ..]
            ? Fault($"{fault.Field}: {fault.Message}")
            : (action, body, null);
    }

    byte[] Body(ParseResult parsed)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (name, option) in members)
                Write(json, parsed, name, option);
            if (parsed.GetValue(isAgainst))
                json.WriteBoolean("for", false);
            if (choices.Values.Any(option => IsGiven(parsed, option)))
            {
                json.WriteStartObject("choices");
                foreach (var (name, option) in choices)
                    Write(json, parsed, name, option);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    static void Write(Utf8JsonWriter json, ParseResult parsed, string name, Option option)
    {
        if (!IsGiven(parsed, option))
            return;
        switch (option)
        {
            case Option<string> text:
                json.WriteString(name, parsed.GetValue(text));
                break;
            case Option<int?> number:
                json.WriteNumber(name, parsed.GetValue(number)!.Value);
                break;
            case Option<bool> flag:
                json.WriteBoolean(name, parsed.GetValue(flag));
                break;
            case Option<string[]> several:
                json.WriteStartArray(name);
                foreach (var text in parsed.GetValue(several)!)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
        }
    }

    static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    static (RequestAction Action, byte[] Body, string? Fault) Fault(string words) => (default, [], words);

    static Option<string> Text(string name, string description) =>
        new(name) { HelpName = "TEXT", Description = description };
}
