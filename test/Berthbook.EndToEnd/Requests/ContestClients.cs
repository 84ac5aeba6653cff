using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Server.Accounts;

namespace Berthbook.Requests;

/// <summary>What a client was answered, from when to when.</summary>
sealed record ContestAnswer(HttpStatusCode Status, JsonNode Json, long Begin, long End)
{
    public bool IsGood => Status is HttpStatusCode.OK or HttpStatusCode.Created;

    public int Number => (int)Json["number"]!;

    public int? Revision => (int?)Json["revision"];

    /// <summary>What a refusal says, with its findings.</summary>
    public string Words =>
        $"{(string?)Json["detail"]} {string.Join(' ', (Json["findings"]?.AsArray() ?? []).Select(finding => (string?)finding!["message"]))}";
}

/// <summary>
/// 64 clients, each with an account and a token: applicants, experts and registrars. Three in ten calls are sent twice with the
/// same key, half of those at the same time.
/// </summary>
sealed class ContestClients(RunningServer server, bool keepsKeys)
{
    public const int Count = 64;
    public const int Applicants = 40;
    public const int Experts = 12;

    readonly ConcurrentQueue<string> faults = new();
    int calls;
    long ticks;

    public IEnumerable<string> Faults => faults;

    public int Calls => calls;

    public static IEnumerable<int> AllApplicants => Enumerable.Range(1, Applicants);
    public static IEnumerable<int> AllExperts => Enumerable.Range(Applicants + 1, Experts);
    public static IEnumerable<int> AllRegistrars =>
        Enumerable.Range(Applicants + Experts + 1, Count - Applicants - Experts);

    /// <summary>Gives everybody an account and a token.</summary>
    public void Enter()
    {
        var store = server.Store;
        store
            .Writer.RunAsync(connection =>
            {
                for (var account = 1; account <= Count; account++)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = """
                        INSERT INTO account (id, name, email, email_confirmed, two_factor_enabled, lockout_enabled,
                            access_failed_count, offices, state, created)
                        VALUES (@id, @name, @email, 1, 1, 0, 0, @offices, 'active', 0);
                        INSERT INTO access_token (account, hash, name, scope, is_second_factor, created, expires)
                        VALUES (@id, @hash, 'test', 'act', 1, 0, @expires)
                        """;
                    var offices =
                        account <= Applicants ? Offices.None
                        : account <= Applicants + Experts ? Offices.ExpertTcpUdp
                        : Offices.Registrar;
                    command.Parameters.AddWithValue("@id", account);
                    command.Parameters.AddWithValue("@name", NameOf(account));
                    command.Parameters.AddWithValue("@email", AddressOf(account));
                    command.Parameters.AddWithValue("@offices", (int)offices);
                    command.Parameters.AddWithValue("@hash", AccessTokens.HashOf(TokenOf(account)));
                    command.Parameters.AddWithValue(
                        "@expires",
                        server.Clock.GetUtcNow().AddDays(30).ToUnixTimeMilliseconds()
                    );
                    command.ExecuteNonQuery();
                }
                return 0;
            })
            .GetAwaiter()
            .GetResult();
    }

    /// <summary>Asks for a name, and perhaps a number (or <c>"user"</c>, as JSON).</summary>
    public Task<ContestAnswer> SubmitAsync(int client, string name, string? port) =>
        PostAsync(client, "requests", Asking(client, name, port));

    /// <summary>Posts; three in ten calls twice with one key, whose good answers have to be of one effect.</summary>
    public async Task<ContestAnswer> PostAsync(int client, string path, string json)
    {
        var turn = Interlocked.Increment(ref calls);
        var key = Guid.NewGuid().ToString("N");
        if (turn % 10 is not (1 or 4 or 7))
            return await SendAsync(client, path, json, key);
        var again = keepsKeys ? key : Guid.NewGuid().ToString("N");
        var first = SendAsync(client, path, json, key);
        // Half of those who ask again do so before they were answered.
        if (turn % 20 >= 10)
            await first;
        var answers = await Task.WhenAll(first, SendAsync(client, path, json, again));
        var good = answers.Where(answer => answer.IsGood).ToList();
        if (
            good is [var one, var other]
            && (
                one.Number != other.Number
                || Made(path, one) != Made(path, other)
                || one.Status != other.Status
            )
        )
            faults.Enqueue($"{path}: one key made {one.Json["number"]} and {other.Json["number"]}");
        // One operation: from the first call to the first answer that tells what came of it.
        var told = good.Count > 0 ? good : [.. answers];
        return told[0] with
        {
            Begin = answers.Min(answer => answer.Begin),
            End = told.Min(answer => answer.End),
        };
    }

    /// <summary>What is published of something: its holder's name, or null.</summary>
    public async Task<ContestView> SeeAsync(string path, Func<JsonNode, string?> holder)
    {
        var begin = Interlocked.Increment(ref ticks);
        using var answer = await server.Client.GetAsync($"/api/v1/{path}");
        var text = await answer.Content.ReadAsStringAsync();
        return new(
            begin,
            Interlocked.Increment(ref ticks),
            answer.StatusCode == HttpStatusCode.OK ? holder(JsonNode.Parse(text)!) : null
        );
    }

    public static string NameOf(int client) =>
        $"Crew {(char)('a' + (client % 26))}{(char)('a' + (client / 26))}";

    // An answer to the same key tells of the request as it is now, so an approval's revision may be there by then.
    static int? Made(string path, ContestAnswer answer) =>
        path.EndsWith("approve", StringComparison.Ordinal) ? null : answer.Revision;

    async Task<ContestAnswer> SendAsync(int client, string path, string json, string key)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(client));
        message.Headers.Add("Idempotency-Key", key);
        message.Headers.TryAddWithoutValidation("If-Match", "*");
        var begin = Interlocked.Increment(ref ticks);
        using var answer = await server.Client.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        var said = new ContestAnswer(
            answer.StatusCode,
            JsonNode.Parse(text)!,
            begin,
            Interlocked.Increment(ref ticks)
        );
        if (!said.IsGood && said.Status != HttpStatusCode.Conflict)
            faults.Enqueue($"{path}: {(int)said.Status} {text}");
        return said;
    }

    static string AddressOf(int client) =>
        string.Create(CultureInfo.InvariantCulture, $"crew{client}@harbour.example");

    static string TokenOf(int client) => $"{AccessTokens.Prefix}{client:x64}";

    /// <summary>The document that asks.</summary>
    public static string Asking(int client, string name, string? port)
    {
        var party = new JsonObject { ["name"] = NameOf(client), ["email"] = AddressOf(client) };
        var document = new JsonObject
        {
            ["kind"] = "assign",
            ["name"] = name,
            ["transports"] = new JsonArray("tcp"),
            ["assignee"] = party,
            ["contact"] = party.DeepClone(),
            ["description"] = $"Lists of {name}",
            ["reference"] = "Peers send each other lists of fruit over TLS, each list behind its length.",
            ["proprietary"] = false,
            ["broadcast"] = false,
            ["multicast"] = false,
            ["anycast"] = false,
        };
        if (port is not null)
        {
            document["port"] = JsonNode.Parse(port);
            document["whyNotDynamic"] = "Peers meet before anything can tell them a number.";
        }
        return document.ToJsonString();
    }
}
