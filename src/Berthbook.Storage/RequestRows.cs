using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Berthbook.Requests;

namespace Berthbook.Storage;

/// <summary>Requests and their steps as rows of the database.</summary>
static class RequestRows
{
    static readonly Dictionary<string, RequestAction> Actions = Enum.GetValues<RequestAction>()
        .ToDictionary(action => action.Word(), StringComparer.Ordinal);

    static readonly Dictionary<string, RequestOffice> Offices = Enum.GetValues<RequestOffice>()
        .ToDictionary(WordOf, StringComparer.Ordinal);

    const string Columns = "number, version, state, applicant, entered_by, submitted, addresses, document";

    /// <summary>The highest number so far, 0 where there is none.</summary>
    public static int LastNumber(Commands commands) =>
        commands.Query("SELECT coalesce(max(number), 0) FROM request", row => row.GetInt32(0))[0];

    /// <summary>A request with its steps, or null.</summary>
    public static Request? Find(Commands commands, int number)
    {
        var found = commands.Query(
            $"SELECT {Columns} FROM request WHERE number = @number",
            Read,
            ("@number", number)
        );
        return found is [var request] ? request with { Steps = StepsOf(commands, number) } : null;
    }

    /// <summary>The requests that wait for their decision, the oldest first, by number and version.</summary>
    public static List<(int Number, int Version)> Pending(Commands commands) =>
        commands.Query(
            $"SELECT number, version FROM request WHERE state IN ({PendingStates}) ORDER BY number",
            row => (row.GetInt32(0), row.GetInt32(1))
        );

    /// <summary>Stores a request: its row, the steps that are new, the rules that they name.</summary>
    public static void Store(Commands commands, Request? before, Request after, DateTimeOffset now)
    {
        if (before is null)
            Insert(commands, after, now);
        else
            Update(commands, after, now, isOther: !ReferenceEquals(before.Document, after.Document));
        foreach (var step in after.Steps.Skip(before?.Steps.Length ?? 0))
        {
            Insert(commands, after.Number, step);
            foreach (var rule in step.Rules)
                commands.Run(
                    "INSERT OR IGNORE INTO request_rule (rule, request) VALUES (@rule, @request)",
                    ("@rule", rule),
                    ("@request", after.Number)
                );
        }
    }

    /// <summary>Stores another document of a request.</summary>
    public static void Store(Commands commands, int number, RequestDocument document) =>
        commands.Run(
            "UPDATE request SET kind = @kind, searched = @searched, document = @document WHERE number = @number",
            ("@kind", document.Kind.Word()),
            ("@searched", SearchedIn(document)),
            ("@document", RequestFormat.Write(document)),
            ("@number", number)
        );

    /// <summary>Some requests, in the order asked for, and how many there are in all.</summary>
    public static (List<Request> Requests, int Total) List(Commands commands, RequestQuery query)
    {
        var conditions = new List<string> { "1 = 1" };
        var values = new List<(string, object?)>();
        if (query.States.Count > 0)
            conditions.Add($"state IN ({Quoted(query.States.Select(state => state.Word()))})");
        if (query.IsPublic)
            conditions.Add($"submitted IS NOT NULL AND kind <> '{RequestKind.UnauthorizedUse.Word()}'");
        if (query.Applicant is { } applicant)
            Add("applicant = @applicant", "@applicant", applicant);
        if (query.Rule is { } rule)
            Add("number IN (SELECT request FROM request_rule WHERE rule = @rule)", "@rule", rule);
        if (query.Text is { Length: > 0 } text)
            Add("instr(lower(searched), lower(@text)) > 0", "@text", text);
        var where = string.Join(" AND ", conditions);
        var total = commands.Query(
            $"SELECT count(*) FROM request WHERE {where}",
            row => row.GetInt32(0),
            [.. values]
        )[0];
        values.Add(("@count", Math.Clamp(query.Count, 1, 1000)));
        values.Add(("@skip", Math.Max(query.Skip, 0)));
        var found = commands.Query(
            $"SELECT {Columns} FROM request WHERE {where} ORDER BY {query.Order.Sql} LIMIT @count OFFSET @skip",
            Read,
            [.. values]
        );
        return ([.. found.Select(one => one with { Steps = StepsOf(commands, one.Number) })], total);

        void Add(string condition, string name, object value)
        {
            conditions.Add(condition);
            values.Add((name, value));
        }
    }

    static string PendingStates { get; } =
        Quoted(RequestStates.All.Where(state => state.IsPending()).Select(state => state.Word()));

    // Words of ours, never of a client.
    static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"'{word}'"));

    static Request Read(DbDataReader row) =>
        new()
        {
            Number = row.GetInt32(0),
            Version = row.GetInt32(1),
            State = RequestStates.TryParse(row.GetString(2), out var state)
                ? state
                : throw new StorageException($"'{row.GetString(2)}' is no state of a request"),
            Applicant = row.GetInt32(3),
            EnteredBy = row.IsDBNull(4) ? null : row.GetInt32(4),
            Submitted = row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            Addresses = [.. JsonSerializer.Deserialize<string[]>(row.GetString(6))!],
            Document = ReadDocument(row.GetFieldValue<byte[]>(7)),
        };

    /// <summary>Reads a document as it is stored.</summary>
    public static RequestDocument ReadDocument(byte[] bytes) =>
        RequestFormat.Read(bytes) is { Document: { } document }
            ? document
            : throw new StorageException("a request document in the database is damaged; restore a backup");

    static ImmutableArray<RequestStep> StepsOf(Commands commands, int number) =>
        [
            .. commands.Query(
                """
                SELECT number, time, account, office, action, state, words, note, rules, pool, is_for, concerned, address,
                    revision
                FROM request_step WHERE request = @request ORDER BY number
                """,
                ReadStep,
                ("@request", number)
            ),
        ];

    static RequestStep ReadStep(DbDataReader row) =>
        new()
        {
            Number = row.GetInt32(0),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            Account = row.GetInt32(2),
            Office = Offices[row.GetString(3)],
            Action = Actions[row.GetString(4)],
            State = RequestStates.TryParse(row.GetString(5), out var state) ? state : default,
            Words = row.IsDBNull(6) ? null : row.GetString(6),
            Note = row.IsDBNull(7) ? null : row.GetString(7),
            Rules = [.. row.GetString(8).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            Pool = !row.IsDBNull(9) && ExpertPools.TryParse(row.GetString(9), out var pool) ? pool : null,
            IsFor = row.IsDBNull(10) ? null : row.GetInt32(10) == 1,
            Concerned = row.IsDBNull(11) ? null : row.GetInt32(11),
            Address = row.IsDBNull(12) ? null : row.GetString(12),
            Revision = row.IsDBNull(13) ? null : row.GetInt32(13),
        };

    static void Insert(Commands commands, Request request, DateTimeOffset now) =>
        commands.Run(
            """
            INSERT INTO request (number, version, state, kind, applicant, entered_by, submitted, updated, addresses, searched,
                document)
            VALUES (@number, @version, @state, @kind, @applicant, @entered_by, @submitted, @updated, @addresses, @searched,
                @document)
            """,
            ("@number", request.Number),
            ("@version", request.Version),
            ("@state", request.State.Word()),
            ("@kind", request.Document.Kind.Word()),
            ("@applicant", request.Applicant),
            ("@entered_by", request.EnteredBy),
            ("@submitted", request.Submitted?.ToUnixTimeMilliseconds()),
            ("@updated", now.ToUnixTimeMilliseconds()),
            ("@addresses", JsonSerializer.Serialize(request.Addresses.ToArray())),
            ("@searched", SearchedIn(request.Document)),
            ("@document", RequestFormat.Write(request.Document))
        );

    static void Update(Commands commands, Request request, DateTimeOffset now, bool isOther)
    {
        commands.Run(
            """
            UPDATE request SET version = @version, state = @state, submitted = @submitted, updated = @updated,
                addresses = @addresses
            WHERE number = @number
            """,
            ("@version", request.Version),
            ("@state", request.State.Word()),
            ("@submitted", request.Submitted?.ToUnixTimeMilliseconds()),
            ("@updated", now.ToUnixTimeMilliseconds()),
            ("@addresses", JsonSerializer.Serialize(request.Addresses.ToArray())),
            ("@number", request.Number)
        );
        if (isOther)
            Store(commands, request.Number, request.Document);
    }

    static void Insert(Commands commands, int request, RequestStep step) =>
        commands.Run(
            """
            INSERT INTO request_step (request, number, time, account, office, action, state, words, note, rules, pool, is_for,
                concerned, address, revision)
            VALUES (@request, @number, @time, @account, @office, @action, @state, @words, @note, @rules, @pool, @is_for,
                @concerned, @address, @revision)
            """,
            ("@request", request),
            ("@number", step.Number),
            ("@time", step.Time.ToUnixTimeMilliseconds()),
            ("@account", step.Account),
            ("@office", WordOf(step.Office)),
            ("@action", step.Action.Word()),
            ("@state", step.State.Word()),
            ("@words", step.Words),
            ("@note", step.Note),
            ("@rules", string.Join(' ', step.Rules)),
            ("@pool", step.Pool?.Word()),
            ("@is_for", step.IsFor is { } isFor ? (isFor ? 1 : 0) : null),
            ("@concerned", step.Concerned),
            ("@address", step.Address),
            ("@revision", step.Revision)
        );

    // What everybody may search: no parties. The first line is the name, for it is sorted by.
    static string SearchedIn(RequestDocument document) =>
        $"{document.Name}\n"
        + string.Join(
            '\n',
            new[]
            {
                document.NewName,
                document.Port.Number?.ToString(),
                document.NewPort?.ToString(),
                document.Description,
            }.OfType<string>()
        );

    static string WordOf(RequestOffice office) => office.ToString().ToLowerInvariant();
}
