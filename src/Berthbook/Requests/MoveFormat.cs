using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Berthbook.Decisions;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>
/// What is said to an action on a request, as JSON: <c>{"reason": "…", "for": true}</c>. Read strictly, as request documents are:
/// a member that the action does not use is a fault. No bytes at all are an empty object.
/// </summary>
public static class MoveFormat
{
    const string Text = """{ "type": ["string", "null"], "maxLength": 4000, "description": "WORDS" }""";
    const string Pools = """{ "enum": ["tcp-udp", "sctp", "dccp"], "description": "WORDS" }""";

    static readonly (string Name, string Schema)[] All =
    [
        ("reason", Text.Replace("WORDS", "The reason, question, answer, evidence or attempt, in words.")),
        ("note", Text.Replace("WORDS", "A note for registrar, approver and experts alone.")),
        ("for", """{ "type": ["boolean", "null"], "description": "Whether it is recommended." }"""),
        (
            "criteria",
            """
            {
              "type": ["array", "null"], "maxItems": 100, "items": { "type": "string" },
              "description": "The criteria: ids of rules, such as P10."
            }
            """
        ),
        ("pool", Pools.Replace("WORDS", "The pool, where more than one is in question.")),
        (
            "account",
            """{ "type": ["integer", "null"], "minimum": 1, "description": "The account that stands in." }"""
        ),
        (
            "choices",
            """
            {
              "type": ["object", "null"], "additionalProperties": false,
              "description": "What the rules leave to the registrar; what is not given stays at its default.",
              "properties": {
                "references": {
                  "type": ["array", "null"], "maxItems": 100, "items": { "type": "string" },
                  "description": "The documents that the registrar cites, by label: RFC9000."
                },
                "registered": { "type": ["string", "null"], "description": "The registration date, 2026-09-01, where it is not the day of the decision." },
                "registeredReason": { "type": ["string", "null"], "description": "Why the registration date is another." },
                "follows": { "type": ["integer", "null"], "minimum": 0, "description": "The id of the record that the new ones follow; 0 for the first place." },
                "port": { "type": ["integer", "string", "null"], "description": "The port number, where the request names a range." },
                "notes": { "type": ["string", "null"], "description": "The assignment notes." },
                "assigneeId": { "type": ["string", "null"], "description": "The id of a new assignee." },
                "contactId": { "type": ["string", "null"], "description": "The id of a new contact." }
              }
            }
            """
        ),
    ];

    /// <summary>The members that an action uses, in order.</summary>
    public static ImmutableArray<string> MembersOf(RequestAction action) =>
        action switch
        {
            RequestAction.Submit => [],
            RequestAction.Recommend => ["reason", "note", "for", "criteria", "pool"],
            RequestAction.StandIn => ["reason", "pool", "account"],
            RequestAction.Assign => ["reason", "choices"],
            _ => ["reason"],
        };

    /// <summary>The JSON Schema of what is said to an action.</summary>
    public static byte[] SchemaOf(RequestAction action)
    {
        var members = MembersOf(action);
        var properties = All.Where(member => members.Contains(member.Name))
            .Select(member => $"\"{member.Name}\": {member.Schema}");
        return Encoding.UTF8.GetBytes(
            $$"""{ "type": "object", "additionalProperties": false, "properties": { {{string.Join(", ", properties)}} } }"""
        );
    }

    /// <summary>Reads what is said to an action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="json">The bytes, UTF-8; perhaps none.</param>
    public static MoveReadResult Read(RequestAction action, ReadOnlyMemory<byte> json) =>
        json.IsEmpty ? new(new(action), null, []) : new MoveReading(action, json).Read();
}

/// <summary>What came of reading what is said to an action: the move, or every fault.</summary>
/// <param name="Move">The move, or null where there is a fault.</param>
/// <param name="Choices">What the registrar chose, or null where nothing is chosen.</param>
/// <param name="Faults">The faults in the order of the bytes, at most <see cref="ReadResult.MaxProblems"/>.</param>
public sealed record MoveReadResult(
    RequestMove? Move,
    DecisionChoices? Choices,
    ImmutableArray<Problem> Faults
);

/// <summary>Reads what is said to one action.</summary>
sealed class MoveReading(RequestAction action, ReadOnlyMemory<byte> json)
{
    static readonly ImmutableArray<string> Pools = [.. ExpertPools.All.Select(ExpertPools.Word)];

    static readonly ImmutableArray<string> ChoiceMembers =
    [
        "references",
        "registered",
        "registeredReason",
        "follows",
        "port",
        "notes",
        "assigneeId",
        "contactId",
    ];

    readonly DocumentFaults faults = new(json);
    readonly int start = json.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
    RequestMove move = new(action);
    DecisionChoices choices = new();

    public MoveReadResult Read()
    {
        if (faults.OfBytes())
            return new(null, null, faults.Listed());
        var reader = new Utf8JsonReader(json.Span[start..], RequestFormat.ReaderOptions);
        try
        {
            var values = new RequestValues(faults, start);
            reader.Read();
            Members(ref reader, values, "", MoveFormat.MembersOf(action), ReadMember);
            // What stands behind the object is no JSON.
            reader.Read();
        }
        catch (JsonException exception)
        {
            faults.AddSyntax(exception, start);
        }
        return faults.IsEmpty
            ? new(move, choices.IsEmpty ? null : choices, [])
            : new(null, null, faults.Listed());
    }

    void Members(
        ref Utf8JsonReader reader,
        RequestValues values,
        string within,
        ImmutableArray<string> known,
        MemberReading read
    )
    {
        if (!values.Is(ref reader, JsonTokenType.StartObject, within, "an object, in braces,"))
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = values.PlaceOf(ref reader);
            var name = values.Name(ref reader, within);
            var field = within.Length == 0 ? Shown.Of(name ?? "") : $"{within}.{Shown.Of(name ?? "")}";
            reader.Read();
            if (name is null)
                reader.Skip();
            else if (!known.Contains(name) || !seen.Add(name))
            {
                faults.Add(at, field, known.Contains(name) ? "the member comes twice" : UnknownWords(known));
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null)
                read(ref reader, values, name, field);
        }
    }

    void ReadMember(ref Utf8JsonReader reader, RequestValues values, string name, string field)
    {
        switch (name)
        {
            case "reason":
                move = move with { Words = values.Text(ref reader, field) };
                break;
            case "note":
                move = move with { Note = values.Text(ref reader, field) };
                break;
            case "for":
                move = move with { IsFor = (bool?)values.Flag(ref reader, field) };
                break;
            case "criteria":
                move = move with { Criteria = Texts(ref reader, values, field) };
                break;
            case "pool":
                if (ExpertPools.TryParse(values.Word(ref reader, field, Pools), out var pool))
                    move = move with { Pool = pool };
                break;
            case "account":
                move = move with { Account = Number(ref reader, values, field, 1) };
                break;
            default:
                Members(ref reader, values, field, ChoiceMembers, ReadChoice);
                break;
        }
    }

    void ReadChoice(ref Utf8JsonReader reader, RequestValues values, string name, string field)
    {
        choices = name switch
        {
            "references" => choices with { References = Texts(ref reader, values, field) },
            "registered" => choices with { Registered = Date(ref reader, values, field) },
            "registeredReason" => choices with { RegisteredReason = values.Text(ref reader, field) },
            "follows" => choices with { Follows = Number(ref reader, values, field, 0) },
            "port" => choices with { Port = (PortNumber?)values.OnePort(ref reader, field) },
            "notes" => choices with { Notes = values.Text(ref reader, field) },
            "assigneeId" => choices with { AssigneeId = values.Text(ref reader, field) },
            _ => choices with { ContactId = values.Text(ref reader, field) },
        };
    }

    static ImmutableArray<string> Texts(ref Utf8JsonReader reader, RequestValues values, string field) =>
        values.Items(ref reader, field, values.ItemText) is ImmutableArray<string> texts ? texts : [];

    RegistryDate? Date(ref Utf8JsonReader reader, RequestValues values, string field)
    {
        var at = values.PlaceOf(ref reader);
        if (values.Text(ref reader, field) is not { } text)
            return null;
        if (RegistryDate.TryParse(text, out var date))
            return date;
        faults.Add(at, field, "a date is written 2026-09-01");
        return null;
    }

    static int? Number(ref Utf8JsonReader reader, RequestValues values, string field, int least)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number >= least)
            return number;
        if (values.Is(ref reader, JsonTokenType.Number, field, $"a whole number from {least}"))
            values.Fault(ref reader, field, $"a whole number from {least} is expected here");
        return null;
    }

    string UnknownWords(ImmutableArray<string> known) =>
        known.IsEmpty
            ? $"{action.Word()} takes no members"
            : $"this member is not known; known here are {string.Join(", ", known)}";

    delegate void MemberReading(ref Utf8JsonReader reader, RequestValues values, string name, string field);
}
