namespace Berthbook.Faults;

/// <summary>
/// The server killed at random moments while eight clients submit and decide (reliability P1): what was acknowledged is there,
/// and nothing is half there. The control answers before the commit.
/// </summary>
public sealed class KillJourney : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("berthbook-kill-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public async Task Decisions_that_were_acknowledged_survive_a_kill_at_any_moment()
    {
        var promise = new Promise(
            "decision-kill",
            "the server killed under eight deciding clients: every acknowledged decision and letter is there, none half done",
            20261123
        );
        var random = new Random(promise.Seed);
        var data = Path.Combine(folder, "data");
        var rules = Path.Combine(folder, "rules.json");
        await File.WriteAllTextAsync(
            rules,
            """{ "manyRequests": 10000 }""",
            TestContext.Current.CancellationToken
        );
        OwnFolder.Make(data);
        var clients = new DecidingClients();
        var slowest = TimeSpan.Zero;
        var faults = new List<string>();
        for (var kills = Counts.Of(20, 200); promise.Tried < kills; promise.Tried++)
        {
            using var server = await StartAsync(data, rules);
            slowest = server.Ready > slowest ? server.Ready : slowest;
            Judge(promise, data, clients, faults);
            await clients.RepeatAsync(server.Client);
            var work = clients.WorkAsync(server.Client);
            await Task.Delay(random.Next(20, Counts.Of(700, 1500)), TestContext.Current.CancellationToken);
            await server.KillAsync();
            await work;
        }
        using (var last = await StartAsync(data, rules))
        {
            Judge(promise, data, clients, faults);
            await clients.RepeatAsync(last.Client);
            Judge(promise, data, clients, faults);
        }
        promise.Unknown = clients.Unheard;
        promise.Control = ("answered before the commit", await ControlLossesAsync(rules));
        promise.Record();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{clients.Calls} calls acknowledged, {clients.Unheard} unheard, {clients.Acknowledged.Count} requests; slowest start {slowest.TotalSeconds:0.0} s; the control lost {promise.Control.Failed}"
        );
        Assert.Empty(faults);
        Assert.Empty(clients.Faults);
        Assert.True(clients.Calls > promise.Tried, $"void: only {clients.Calls} calls were acknowledged");
        // Where all is tried the machine does nothing else.
        if (Counts.IsLong)
            Assert.True(slowest < TimeSpan.FromSeconds(10), $"the slowest start took {slowest}");
        Assert.True(promise.Control.Failed > 0, "void: the control lost nothing");
    }

    static void Judge(Promise promise, string data, DecidingClients clients, List<string> faults)
    {
        List<string> found = [.. KeptFolder.Lost(data, clients.Acknowledged), .. KeptFolder.HalfDone(data)];
        promise.Failed += found.Count > 0 ? 1 : 0;
        faults.AddRange(found);
    }

    static Task<ServerProcess> StartAsync(string data, string rules) =>
        ServerProcess.StartAsync(
            "berth-server",
            ["--data", data, "--upstream", "none", "--urls", "{url}"],
            ("BERTHBOOK_RULES", rules),
            ("BERTHBOOK_LOGLEVEL", "error")
        );

    // Kills at the first answer.
    async Task<int> ControlLossesAsync(string rules)
    {
        var data = Path.Combine(folder, "control");
        OwnFolder.Make(data);
        var clients = new DecidingClients();
        using (var early = await ServerProcess.StartAsync("Berthbook.CrashControl", ["serve", data, "{url}"]))
        {
            var work = clients.WorkAsync(early.Client);
            for (var waited = 0; clients.Calls == 0 && waited < 6000; waited++)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            await early.KillAsync();
            await work;
        }
        using var after = await StartAsync(data, rules);
        return KeptFolder.Lost(data, clients.Acknowledged).Count;
    }
}
