using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Requests;

/// <summary>Names and numbers that 64 clients ask for at once over HTTP are assigned once (reliability P6).</summary>
public sealed class ContestJourney
{
    const int Seed = 6335;

    [Fact]
    public async Task What_64_clients_contest_over_HTTP_has_one_holder_and_a_key_has_one_effect()
    {
        var (names, numbers) = (Counts.Of(8, 1_000), Counts.Of(4, 1_000));
        var promise = new Promise(
            "contest-http",
            "64 clients of the API on contested names and numbers, in any case, with wishes for any number, doubled approvals and assigns, and retries: one holder each, one effect a key, losers are told of the winner, histories linearizable",
            Seed
        );
        var contest = await ContestAsync(names, numbers, keepsKeys: true);
        (promise.Tried, promise.Failed) = (contest.Calls, contest.Faults.Count);
        var control = await ContestAsync(0, 2, keepsKeys: false);
        promise.Control = ("retries with a key of their own", control.Faults.Count);
        promise.Record();
        Assert.Empty(contest.Faults);
        Assert.True(promise.Control.Failed > 0, "the control finds no call with two effects");
    }

    [Fact]
    public async Task A_block_of_numbers_is_refused_by_P10_and_nothing_of_it_is_held()
    {
        await using var server = await StartAsync();
        var clients = Enter(server, keepsKeys: true);
        var block = clients.SubmitAsync(1, "fleet", "\"8000-8010\"");
        var inside = await clients.SubmitAsync(2, "ferry", "8005");
        var refused = await block;
        Assert.Equal(409, (int)refused.Status);
        Assert.Contains(
            "P10",
            refused.Json["findings"]!.AsArray().Select(finding => (string?)finding!["rule"])
        );
        Assert.Equal(201, (int)inside.Status);
        Assert.Equal(1, (int)(await server.GetAsync("/api/v1/requests"))["total"]!);
        Assert.Equal(
            404,
            (int)(await server.Client.GetAsync("/api/v1/services/fleet", Cancellation)).StatusCode
        );
        for (var number = 8000; number <= 8010; number++)
            Assert.Equal(
                "Unassigned",
                (string?)(await server.GetAsync($"/api/v1/ports/{number}/tcp"))["state"]
            );
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<(int Calls, List<string> Faults)> ContestAsync(int names, int numbers, bool keepsKeys)
    {
        await using var server = await StartAsync();
        var clients = Enter(server, keepsKeys);
        var faults = new List<string>();
        for (var i = 0; i < names; i++)
            faults.AddRange(await ContestNameAsync(clients, $"Plum-{i}"));
        for (var i = 0; i < numbers; i++)
            faults.AddRange(await new ContestedNumber(server, clients, i).ContestAsync());
        faults.AddRange(clients.Faults);
        faults.AddRange(HeldTwice(server.Store.History.Current!));
        faults.AddRange(OutOfOrder(server));
        faults.AddRange(server.Store.Verify().Faults);
        return (clients.Calls, faults);
    }

    static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync([
            SmallServer.File("2026-01-01"),
            SmallServer.File("2026-01-02", SmallServer.Quay),
        ]);

    static ContestClients Enter(RunningServer server, bool keepsKeys)
    {
        var clients = new ContestClients(server, keepsKeys);
        clients.Enter();
        return clients;
    }

    // All ask for one name, in one case or another, while some look whether it is published.
    static async Task<IEnumerable<string>> ContestNameAsync(ContestClients clients, string name)
    {
        var (deciding, published) = (new ContestHistory(), new ContestHistory());
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, ContestClients.Count)
                .Select(async client =>
                {
                    await Task.Yield();
                    var answer = await clients.SubmitAsync(
                        client,
                        client % 2 == 0 ? name : name.ToUpperInvariant(),
                        null
                    );
                    published.Add(
                        await clients.SeeAsync(
                            $"services/{name}",
                            json => (string?)json["records"]![0]!["assignee"]![0]
                        )
                    );
                    return (Client: client, Answer: answer);
                })
        );
        var faults = new List<string>();
        foreach (var (client, answer) in answers)
        {
            if (answer.IsGood)
            {
                var crew = ContestClients.NameOf(client);
                deciding.Add(new(answer.Begin, answer.End, crew, IsTaken: true));
                // It is published when it is answered.
                published.Add(new(answer.Begin, answer.End, crew.Replace(' ', '_'), IsTaken: true));
            }
            else
                deciding.Add(new(answer.Begin, answer.End, CrewIn(answer.Words) ?? answer.Words));
        }
        faults.AddRange(deciding.Faults().Concat(published.Faults()).Select(fault => $"{name}: {fault}"));
        if (!answers.Any(one => one.Answer.IsGood))
            faults.Add($"{name}: nobody got it");
        return faults;
    }

    /// <summary>The crew that a refusal names as the holder.</summary>
    static string? CrewIn(string words) =>
        Enumerable
            .Range(1, ContestClients.Count)
            .Select(ContestClients.NameOf)
            .FirstOrDefault(crew => words.Contains(crew, StringComparison.Ordinal));

    static IEnumerable<string> HeldTwice(Registry registry) =>
        registry
            .Records.Where(record => record is { Name: not null, Number: null })
            .GroupBy(record => record.Name!.Value.Text, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same => $"{same.Key} is held by {same.Count()} records")
            .Concat(
                registry
                    .Records.Where(record => record is { Name: not null, Number: not null })
                    .GroupBy(record => (record.Number, record.Transport))
                    .Where(same => same.Count() > 1)
                    .Select(same => $"{same.Key} is held by {same.Count()} records")
            );

    // What was allowed, in the order of the audit: each version of a request once, one after the other, up to the last.
    static IEnumerable<string> OutOfOrder(RunningServer server)
    {
        var store = server.Services.GetRequiredService<RequestStore>();
        var versions = new Dictionary<int, int>();
        foreach (
            var line in store
                .ExportAudit(new())
                .SelectMany(part =>
                    Encoding.UTF8.GetString(part.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                )
        )
        {
            var entry = JsonNode.Parse(line)!;
            if (!(bool)entry["allowed"]! || (int?)entry["request"] is not { } request)
                continue;
            var version = (int)entry["version"]!;
            if (version != versions.GetValueOrDefault(request) + 1)
                yield return $"the audit has version {version} of request {request} after {versions.GetValueOrDefault(request)}";
            versions[request] = version;
        }
        foreach (var (request, version) in versions)
        {
            if (store.Find(request) is not { } found || found.Version != version)
                yield return $"request {request} is not at version {version}, the audit's last";
        }
    }
}
