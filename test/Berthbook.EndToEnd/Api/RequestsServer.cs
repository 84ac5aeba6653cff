using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Requests;
using Berthbook.Server;
using Berthbook.Server.Accounts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Api;

/// <summary>What the server said.</summary>
sealed record Said(HttpStatusCode Status, string Text, string? Tag, Uri? Location, string? MediaType)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public int Number => (int)Json["number"]!;

    public string State => (string)Json["state"]!;

    public string? Problem => (string?)Json["type"];

    /// <summary>The rules that the findings name.</summary>
    public IEnumerable<string> Rules =>
        Json["findings"]!.AsArray().Select(finding => (string)finding!["rule"]!);
}

/// <summary>A registry of one's own over HTTP, with an account for everybody who has a part in requests, each with a token.</summary>
sealed class RequestsServer : IAsyncDisposable
{
    /// <summary>Who has which office; who is not listed has no account.</summary>
    public static readonly (string Name, Offices Offices)[] People =
    [
        ("ada", Offices.None),
        ("bob", Offices.None),
        ("eve", Offices.ExpertTcpUdp),
        ("sam", Offices.ExpertSctp),
        ("rita", Offices.Registrar),
        ("rolf", Offices.Registrar),
        ("olga", Offices.Approver),
        ("max", Offices.Administrator),
        ("uma", Offices.Auditor),
    ];

    readonly Dictionary<string, string> tokens = [];

    RequestsServer(RunningServer server)
    {
        Server = server;
        for (var i = 0; i < People.Length; i++)
        {
            var (name, offices) = People[i];
            AddAccount(i + 1, name, offices);
            tokens[name] = NewToken(name, TokenScope.Act);
        }
    }

    public RunningServer Server { get; }

    public static async Task<RequestsServer> StartAsync() =>
        new(
            await RunningServer.StartAsync([
                SmallServer.File("2026-01-01"),
                SmallServer.File("2026-01-02", SmallServer.Quay),
            ])
        );

    /// <summary>The number of somebody's account.</summary>
    public static int AccountOf(string name) => Array.FindIndex(People, one => one.Name == name) + 1;

    /// <summary>Another token of somebody.</summary>
    public string NewToken(string name, TokenScope scope) =>
        Server
            .Services.GetRequiredService<AccessTokens>()
            .Make(AccountOf(name), "test", scope, 30, hasSecondFactor: true)
            .Token!.Secret;

    /// <summary>A document that asks for a name alone, which is granted at once, or for a number, which experts review.</summary>
    public static string Asking(string name, string by, string port = "", string more = "") =>
        $$"""
            {"kind":"assign","name":"{{name}}","transports":["tcp"],{{(port.Length == 0 ? "" : $"\"port\":{port},")}}
            "assignee":{"name":"Growers of {{name}}","email":"{{by}}@harbour.example"},
            "contact":{"name":"{{Titled(by)}} Marker","email":"{{by}}@harbour.example"},
            "description":"Lists of {{name}}",
            "reference":"Peers send each other lists of fruit over TLS, each list behind its length.",
            "proprietary":false,"broadcast":false,"multicast":false,"anycast":false{{(
                port.Length == 0 ? "" : ",\"whyNotDynamic\":\"Peers meet before anything can tell them a number.\""
            )}}{{more}}}
            """;

    public Task<Said> GetAsync(string path, string? who = null) => SendAsync(HttpMethod.Get, path, who);

    /// <summary>Posts documents, or an action; to an action If-Match is any unless another is given.</summary>
    public Task<Said> PostAsync(
        string path,
        string? who,
        string? json = null,
        string? key = "fresh",
        string? match = "*",
        string? token = null
    ) => SendAsync(HttpMethod.Post, path, who, json, key, match, token);

    /// <summary>Submits a document; the answer is good.</summary>
    public async Task<Said> SubmitAsync(string who, string json, string query = "")
    {
        var said = await PostAsync($"requests{query}", who, json);
        Assert.True(said.Status == HttpStatusCode.Created, said.Text);
        return said;
    }

    /// <summary>Does something that is allowed.</summary>
    public async Task<Said> ActAsync(int number, string action, string who, string? json = null)
    {
        var said = await PostAsync($"requests/{number}/{action}", who, json);
        Assert.True(said.Status == HttpStatusCode.OK, said.Text);
        return said;
    }

    /// <summary>Every row of every table, so that nothing can be there that was not.</summary>
    public string Database()
    {
        using var connection = Connect();
        var rows = new StringBuilder();
        foreach (
            var table in Column(
                connection,
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        )
        {
            rows.AppendLine(table);
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    rows.Append(
                            reader.GetValue(i) is byte[] bytes
                                ? Convert.ToHexString(bytes)
                                : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)
                        )
                        .Append('|');
                rows.AppendLine();
            }
        }
        return rows.ToString();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    async Task<Said> SendAsync(
        HttpMethod method,
        string path,
        string? who,
        string? json = null,
        string? key = null,
        string? match = null,
        string? token = null
    )
    {
        var message = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (who is not null)
            message.Headers.Authorization = new("Bearer", token ?? tokens[who]);
        if (json is not null)
            message.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null)
            message.Headers.Add("Idempotency-Key", key == "fresh" ? Guid.NewGuid().ToString("N") : key);
        if (match is not null && path.Count(c => c == '/') > 1)
            message.Headers.TryAddWithoutValidation("If-Match", match);
        using var answer = await Server.Client.SendAsync(message, TestContext.Current.CancellationToken);
        return new(
            answer.StatusCode,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            answer.Headers.ETag?.Tag,
            answer.Headers.Location,
            answer.Content.Headers.ContentType?.MediaType
        );
    }

    void AddAccount(int id, string name, Offices offices)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO account (id, user_name, normalized_user_name, name, email, normalized_email, email_confirmed,
                security_stamp, two_factor_enabled, lockout_enabled, access_failed_count, offices, state, created)
            VALUES (@id, @mail, upper(@mail), @name, @mail, upper(@mail), 1, 'stamp', 1, 1, 0, @offices, 'active', 0)
            """;
        command.Parameters.AddWithValue("@id", id);
        command.Parameters.AddWithValue("@mail", $"{name}@harbour.example");
        command.Parameters.AddWithValue("@name", $"{Titled(name)} Marker");
        command.Parameters.AddWithValue("@offices", (int)offices);
        command.ExecuteNonQuery();
    }

    SqliteConnection Connect()
    {
        var folder = Server.Services.GetRequiredService<Settings>().Data;
        var connection = new SqliteConnection($"Data Source={folder}/registry.db;Pooling=False");
        connection.Open();
        return connection;
    }

    static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
            found.Add(reader.GetString(0));
        return found;
    }

    static string Titled(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
