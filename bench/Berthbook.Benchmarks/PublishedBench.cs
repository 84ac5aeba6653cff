using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Server;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.Extensions.Logging;

namespace Berthbook.Benchmarks;

/// <summary>
/// From a request for a name to the CSV that has it, over HTTP on the loopback: the POST is sent, answered, the CSV fetched whole,
/// and the name is in it.
/// </summary>
static class PublishedBench
{
    const int Times = 50;
    const int Warm = 20;
    const string Csv = "/assignments/service-names-port-numbers/service-names-port-numbers.csv";

    public static void Run(Measured measured) => RunAsync(measured.Registry).GetAwaiter().GetResult();

    static async Task RunAsync(Registry registry)
    {
        var folder = Directory.CreateTempSubdirectory("berthbook-bench-");
        try
        {
            using var store = RegistryStore.Open(folder.FullName, TimeProvider.System);
            var first = Differ.Identify(null, registry, 1);
            store.Append(
                new(
                    Differ.Compare(null, first),
                    "bench",
                    "the registry begins",
                    TimeProvider.System.GetUtcNow()
                )
            );
            var settings = new Settings
            {
                Data = folder.FullName,
                Urls = ["http://127.0.0.1:0"],
                LogLevel = LogLevel.None,
            };
            await using var app = Server.Program.Build(
                settings,
                store,
                new(Snapshot.Of(store.History, settings.Rules)),
                TimeProvider.System
            );
            await AddAccountAsync(store);
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            var (answered, published) = (new List<double>(), new List<double>());
            for (var i = -Warm; i < Times; i++)
            {
                var (answer, all) = await PublishAsync(client, $"bench-{i + Warm}q");
                if (i < 0)
                    continue;
                answered.Add(answer);
                published.Add(all);
            }
            await app.StopAsync();
            Print(registry, answered, published);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    static async Task<(double Answered, double Published)> PublishAsync(HttpClient client, string name)
    {
        using var body = new ByteArrayContent(RequestFormat.Write(Asking(name)));
        body.Headers.ContentType = new("application/json");
        var start = Stopwatch.GetTimestamp();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/requests") { Content = body };
        message.Headers.Add("Idempotency-Key", name);
        using var answer = await client.SendAsync(message);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        var answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var csv = await client.GetByteArrayAsync(Csv);
        var published = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (csv.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\n{name},,tcp,")) < 0)
            throw new InvalidOperationException($"{name} is not in the CSV");
        return (answered, published);
    }

    static void Print(Registry registry, List<double> answered, List<double> published)
    {
        answered.Sort();
        published.Sort();
        Console.WriteLine(
            $"### From POST to the CSV that has it, over HTTP, {registry.Records.Length:N0} records, {Times} times, ms\n\n| until | fastest | median | slowest (p99 of {Times}) |\n|---|---|---|---|"
        );
        foreach (
            var (until, times) in new[]
            {
                ("the POST is answered", answered),
                ("the CSV is fetched", published),
            }
        )
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {until} | {times[0]:f1} | {times[Times / 2]:f1} | {times[Times * 99 / 100]:f1} |"
                )
            );
        Console.WriteLine();
    }

    static string Token { get; } = $"{AccessTokens.Prefix}{1:x64}";

    static Task<int> AddAccountAsync(RegistryStore store) =>
        store.Writer.RunAsync(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = """
                INSERT INTO account (id, name, email, email_confirmed, two_factor_enabled, lockout_enabled,
                    access_failed_count, offices, state, created)
                VALUES (1, 'Ada Bench', 'ada@example.org', 1, 1, 0, 0, 0, 'active', 0);
                INSERT INTO access_token (account, hash, name, scope, is_second_factor, created, expires)
                VALUES (1, @hash, 'bench', 'act', 1, 0, @expires)
                """;
            command.Parameters.AddWithValue("@hash", AccessTokens.HashOf(Token));
            command.Parameters.AddWithValue(
                "@expires",
                TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds()
            );
            return command.ExecuteNonQuery();
        });

    static RequestDocument Asking(string name) =>
        new()
        {
            Kind = RequestKind.Assign,
            Name = name,
            Transports = [TransportProtocol.Tcp],
            Assignee = new() { Name = "Ada Bench", Email = "ada@example.org" },
            Contact = new() { Name = "Ada Bench", Email = "ada@example.org" },
            Description = $"Readings of the kind {name}",
            Reference =
                "Readings of scales and their state, found on the local network by DNS-SD, over a connection.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
        };
}
