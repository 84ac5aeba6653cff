using System.Diagnostics;
using System.Globalization;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Storage;

namespace Berthbook.Benchmarks;

/// <summary>
/// Decisions made durable a second at the store, on the whole registry: requests for a name, First Come First Served, each a
/// revision of its own; in turns with the same database's own limit for one row a commit.
/// </summary>
static class DecisionsBench
{
    const int Rounds = 9;
    const int EachRound = 1_600;

    public static void Run(Measured measured)
    {
        Console.WriteLine(
            $"### Decisions made durable a second, {measured.Registry.Records.Length:N0} records, {Rounds} rounds in turn of {EachRound:N0}\n\n| clients | rows a second, one a commit | decisions a second | ratio (median of rounds) | ratios, least to most | slowest 1 % of decisions, ms |\n|---|---|---|---|---|---|"
        );
        foreach (var clients in new[] { 1, 8, 32 })
            Measure(measured.Registry, clients);
        Console.WriteLine();
    }

    // Both write the same file, one after the other: the same write-ahead log, the same disk, the same minute.
    static void Measure(Registry registry, int clients)
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
            using var limit = new RowsOneByOne(Path.Combine(folder.FullName, "registry.db"));
            limit.Run(EachRound);
            DecideAll(requests, clients, EachRound, "w").GetAwaiter().GetResult();
            var rounds = new List<(double Rows, double Decisions)>();
            var times = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var rows = limit.Run(EachRound);
                var start = Stopwatch.GetTimestamp();
                times.AddRange(
                    DecideAll(requests, clients, EachRound, $"{(char)('a' + round)}").GetAwaiter().GetResult()
                );
                rounds.Add((rows, EachRound / Stopwatch.GetElapsedTime(start).TotalSeconds));
            }
            var made = store.History.Revisions.Length - 1;
            if (made != (Rounds + 1) * EachRound)
                throw new InvalidOperationException($"{made} decisions were made");
            times.Sort();
            var ratios = rounds.Select(round => round.Decisions / round.Rows).Order().ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {clients} | {Median(rounds.Select(round => round.Rows)):N0} | {Median(rounds.Select(round => round.Decisions)):N0} | {Median(ratios):f2} | {ratios[0]:f2} to {ratios[^1]:f2} | {times[times.Count * 99 / 100]:f1} |"
                )
            );
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
                $"{(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))}{word}{client}-{i}"
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
