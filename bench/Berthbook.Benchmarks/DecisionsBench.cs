using System.Diagnostics;
using System.Globalization;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Benchmarks;

/// <summary>
/// Decisions made durable a second at the store, on the whole registry: requests for a name, First Come First Served, each a
/// revision of its own; beside the same database's own limit for one row a commit.
/// </summary>
static class DecisionsBench
{
    const int Rows = 4_000;
    const int Decisions = 4_000;

    public static void Run(Measured measured)
    {
        Console.WriteLine(
            $"### Decisions made durable a second, {measured.Registry.Records.Length:N0} records\n\n| clients | rows a second, one a commit | decisions a second | ratio | slowest 1 % of decisions, ms |\n|---|---|---|---|---|"
        );
        foreach (var clients in new[] { 1, 8, 32 })
        {
            var rounds = Enumerable
                .Range(0, 5)
                .Select(round => (Limit: Limit(), Decided: Decide(measured.Registry, clients)))
                .ToList();
            var limit = Median(rounds.Select(round => round.Limit));
            var decided = Median(rounds.Select(round => round.Decided.Rate));
            var ratio = Median(rounds.Select(round => round.Decided.Rate / round.Limit));
            var slow = Median(rounds.Select(round => round.Decided.Slow));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {clients} | {limit:N0} | {decided:N0} | {ratio:f2} | {slow:f1} |"
                )
            );
        }
        Console.WriteLine();
    }

    // One row, one commit, on a connection with the store's settings.
    static double Limit()
    {
        var folder = Directory.CreateTempSubdirectory("berthbook-bench-");
        try
        {
            using var connection = new SqliteConnection(
                $"Data Source={folder.FullName}/limit.db;Pooling=False"
            );
            connection.Open();
            Run(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE one (number INTEGER PRIMARY KEY, text TEXT)"
            );
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO one (text) VALUES (@text)";
            var text = insert.Parameters.Add("@text", SqliteType.Text);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Rows; i++)
            {
                text.Value = "a decision";
                insert.ExecuteNonQuery();
            }
            return Rows / Stopwatch.GetElapsedTime(start).TotalSeconds;

            void Run(string sql)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
        }
        finally
        {
            folder.Delete(true);
        }
    }

    static (double Rate, double Slow) Decide(Registry registry, int clients)
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
            using var requests = new RequestStore(store, RuleSettings.Default, TimeProvider.System);
            DecideAll(requests, clients, 200, "warm").GetAwaiter().GetResult();
            var start = Stopwatch.GetTimestamp();
            var times = DecideAll(requests, clients, Decisions, "name").GetAwaiter().GetResult();
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var made = store.History.Revisions.Length - 1;
            if (made != 200 + Decisions)
                throw new InvalidOperationException($"{made} decisions were made");
            times.Sort();
            return (Decisions / seconds, times[times.Count * 99 / 100]);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    static async Task<List<double>> DecideAll(RequestStore requests, int clients, int count, string word)
    {
        var times = await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(client => Task.Run(() => DecideAs(requests, client, count / clients, word)))
        );
        return [.. times.SelectMany(of => of)];
    }

    static async Task<List<double>> DecideAs(RequestStore requests, int client, int count, string word)
    {
        var by = new Actor
        {
            Account = client + 1,
            Name = $"Client {(char)('a' + (client % 26))}{(char)('a' + (client / 26))}",
            Email = $"client{client}@example.com",
        };
        var random = new Random(client);
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            // Anywhere in the alphabet, as names come.
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))}{word[0]}{client}-{i}"
            );
            var start = Stopwatch.GetTimestamp();
            var outcome = await requests.SubmitAsync(
                [Asking(by, name)],
                isDraft: false,
                new(by) { Name = "request.submit", Key = new(name, [1]) }
            );
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (outcome.Revision is null)
                throw new InvalidOperationException($"{name}: {outcome.Refusal?.Words}");
        }
        return times;
    }

    static RequestDocument Asking(Actor by, string name) =>
        new()
        {
            Kind = RequestKind.Assign,
            Name = name,
            Transports = [TransportProtocol.Tcp],
            Assignee = new() { Name = by.Name, Email = by.Email },
            Contact = new() { Name = by.Name, Email = by.Email },
            Description = $"Readings of the kind {name}",
            Reference =
                "Readings of scales and their state, found on the local network by DNS-SD, over a connection.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
        };

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
