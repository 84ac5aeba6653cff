using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Server.Accounts;

/// <summary>Somebody with an account: what signs them in.</summary>
sealed record Person(int Id, string Email, string Token, string? Key);

/// <summary>A registry of one's own with accounts, over HTTP, and the mail that it owes.</summary>
sealed partial class OwnServer(RunningServer server) : IAsyncDisposable
{
    public const string Password = "harbour lights at dusk";

    public RunningServer Server => server;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<OwnServer> StartAsync(
        Func<Settings, Settings>? choose = null,
        Action<EndpointBuilder>? shape = null
    ) => new(await RunningServer.StartAsync([SmallServer.File("2026-01-01")], choose, shape));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>Calls the API; the answer has the status expected.</summary>
    public async Task<JsonNode> CallAsync(
        string method,
        string path,
        object? body = null,
        string? token = null,
        int expect = 200
    )
    {
        using var answer = await SendAsync(method, path, body, token);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(expect == (int)answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>Calls the API.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        object? body = null,
        string? token = null
    )
    {
        using var request = new HttpRequestMessage(new(method), $"/api/v1/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await server.Client.SendAsync(request, Cancellation);
    }

    /// <summary>The first administrator, with a second factor.</summary>
    public async Task<Person> AdministratorAsync(string email = "ada@example.net")
    {
        var code = server.Services.GetRequiredService<AdminLinks>().Make(isRecovery: false)!;
        await CallAsync(
            "POST",
            "accounts",
            new
            {
                email,
                password = Password,
                name = "Ada",
                code,
            },
            expect: 201
        );
        return await WithFactorAsync(email);
    }

    /// <summary>An account with a confirmed address, with offices and a second factor where it has offices.</summary>
    public async Task<Person> PersonAsync(string name, Person? administrator = null, params string[] offices)
    {
        var email = $"{name}@example.net";
        await CallAsync(
            "POST",
            "accounts",
            new
            {
                email,
                password = Password,
                name,
            },
            expect: 201
        );
        await CallAsync(
            "POST",
            "accounts/confirm",
            new
            {
                email,
                code = MailedCode(email),
                password = Password,
            }
        );
        if (offices.Length == 0)
            return await WithTokenAsync(email, null);
        var person = await WithFactorAsync(email);
        await CallAsync("PUT", $"accounts/{person.Id}/offices", new { offices }, administrator!.Token);
        return person;
    }

    /// <summary>A token by password, and by the second factor where there is one.</summary>
    public async Task<string> TokenAsync(string email, string? key = null, string scope = "act", int days = 1)
    {
        var answer = await CallAsync(
            "POST",
            "tokens",
            new
            {
                email,
                password = Password,
                secondFactor = key is null ? null : CodeOf(key),
                name = "test",
                scope,
                days,
            },
            expect: 201
        );
        return (string)answer["token"]!;
    }

    /// <summary>What an authenticator shows now; half a minute later than before, so that it is a code of its own.</summary>
    public string CodeOf(string key)
    {
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        return Totp.CodeOf(key, Totp.StepOf(server.Clock.GetUtcNow()));
    }

    /// <summary>The code of the last letter to an address.</summary>
    public string MailedCode(string email) => CodeInLetter().Match(Letters(email)[0]).Groups[1].Value;

    /// <summary>The letters that are owed to an address, subject and body, the latest first.</summary>
    public List<string> Letters(string email) =>
        server
            .Services.GetRequiredService<AccountsDatabase>()
            .Read(connection =>
                connection.Query(
                    "SELECT subject || char(10) || body FROM outbox WHERE recipient = @email ORDER BY number DESC",
                    row => row.GetString(0),
                    ("@email", email)
                )
            );

    /// <summary>A number from the database.</summary>
    public long Count(string sql) =>
        server.Services.GetRequiredService<AccountsDatabase>().Read(connection => connection.Number(sql));

    async Task<Person> WithTokenAsync(string email, string? key)
    {
        var token = await TokenAsync(email, key);
        var own = await CallAsync("GET", "account", token: token);
        return new((int)own["id"]!, email, token, key);
    }

    async Task<Person> WithFactorAsync(string email)
    {
        var token = await TokenAsync(email);
        var key = (string)(await CallAsync("POST", "account/second-factor", new { }, token))["key"]!;
        await CallAsync("POST", "account/second-factor", new { code = CodeOf(key) }, token);
        return await WithTokenAsync(email, key);
    }

    [GeneratedRegex(@"[?&]code=([^&\s]+)")]
    internal static partial Regex CodeInLetter();
}
