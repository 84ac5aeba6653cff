using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Berthbook.Server.Upstream;

/// <summary>The registry follows an upstream that is good, bad or suspicious (product.md "Mode"; reliability.md T20).</summary>
public class MirrorJourney
{
    static readonly byte[] Ten = File(10);

    [Fact]
    public async Task Serves_the_built_in_registry_until_the_upstream_has_answered()
    {
        var answer = new TaskCompletionSource();
        await using var upstream = await TestUpstream.StartAsync(async context =>
        {
            await answer.Task;
            await TestUpstream.File(Ten)(context);
        });
        await using var server = MirroringServer.Create(upstream.Address);
        await server.StartAsync();

        Assert.Equal(0, server.Snapshot.Revision);
        Assert.Contains("built-in registry", Assert.Single(await Reasons(server)), StringComparison.Ordinal);

        answer.SetResult();
        await server.Until(state => state.LastSuccess is not null);
        Assert.Equal((1, 10), (server.Snapshot.Revision, server.Snapshot.Registry.Records.Length));
        Assert.Empty(await Reasons(server));
    }

    [Fact]
    public async Task Says_how_to_import_a_file_where_the_first_fetch_fails()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.Status(503));
        await using var server = await MirroringServer.StartAsync(upstream.Address);

        Assert.Equal(0, server.Snapshot.Revision);
        Assert.Contains(
            await Reasons(server),
            reason => reason.Contains("berth-server import FILE", StringComparison.Ordinal)
        );
        Assert.Contains("berth-server import FILE", await Page(server), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Bad =>
        new()
        {
            { "slow", "took longer than" },
            { "cut off", "did not come whole" },
            { "too big", "is bigger than" },
            { "a gzip bomb", "is bigger than" },
            { "a brotli bomb", "is bigger than" },
            { "not gzip", "did not come whole" },
            { "in an unknown coding", "content coding" },
            { "a page of words", "not valid" },
            { "a port of 70000", "not valid" },
            { "empty", "not valid" },
            { "older", "is dated 2020-01-01, ours 2026-01-02" },
            { "gone", "answers 404" },
            { "elsewhere", "leads on to example.net" },
            { "in a circle", "in a circle" },
        };

    [Theory, MemberData(nameof(Bad))]
    public async Task Keeps_the_last_good_state_where_the_file_is(string fault, string words)
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten));
        await using var server = await MirroringServer.StartAsync(
            upstream.Address,
            settings => settings with { MaxImport = 1 << 20, DownloadTimeout = TimeSpan.FromSeconds(2) }
        );
        upstream.Answer = Answer(fault);
        var state = await server.PollAsync();

        Assert.Contains(words, state.LastError, StringComparison.Ordinal);
        Assert.Equal((1, 10), (server.Snapshot.Revision, server.Snapshot.Registry.Records.Length));
        var reason = Assert.Single(await Reasons(server));
        Assert.Contains(words, reason, StringComparison.Ordinal);
        Assert.Contains("last good state", await Page(server), StringComparison.Ordinal);

        // Gone and elsewhere are the upstream's own; a good file is taken within one poll.
        upstream.Answer = TestUpstream.File(File(11, "2026-01-03"));
        await server.PollAsync();
        Assert.Equal((2, 11), (server.Snapshot.Revision, server.Snapshot.Registry.Records.Length));
        Assert.Empty(await Reasons(server));
        Assert.DoesNotContain("last good state", await Page(server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Takes_a_packed_file(string coding)
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.Packed(Ten, coding));
        await using var server = await MirroringServer.StartAsync(upstream.Address);
        Assert.Equal(1, server.Snapshot.Revision);
    }

    [Fact]
    public async Task Follows_a_redirect_on_the_same_server()
    {
        await using var upstream = await TestUpstream.StartAsync(context =>
            context.Request.Path == "/new.xml"
                ? TestUpstream.File(Ten)(context)
                : TestUpstream.Status(301, "/new.xml")(context)
        );
        await using var server = await MirroringServer.StartAsync(upstream.Address);
        Assert.Equal(1, server.Snapshot.Revision);
    }

    [Fact]
    public async Task Asks_only_for_what_changed()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten, "\"one\""));
        await using var server = await MirroringServer.StartAsync(upstream.Address);
        var state = await server.PollAsync();

        Assert.Equal(["", "\"one\""], upstream.Asked);
        Assert.Equal(state.LastTry, state.LastSuccess);
        Assert.Equal(1, server.Snapshot.Revision);
        // Waiting moves the clock by up to one tick.
        var now = server.Clock.GetUtcNow();
        Assert.True(state.AgeAt(now) <= TimeSpan.FromSeconds(2), $"{state.AgeAt(now)}");
    }

    [Fact]
    public async Task Makes_no_revision_of_the_same_file()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten));
        await using var server = await MirroringServer.StartAsync(upstream.Address);
        Assert.Null((await server.PollAsync()).LastError);
        Assert.Equal(1, server.Snapshot.Revision);
    }

    [Fact]
    public async Task Asks_again_after_a_restart_only_when_it_is_time()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten, "\"one\""));
        await using var server = await MirroringServer.StartAsync(upstream.Address);
        await server.StopAsync();
        await server.StartAsync();
        await server.Until(state => state.LastSuccess is not null);
        Assert.Equal(1, server.Snapshot.Revision);
        Assert.Single(upstream.Asked);

        await server.PollAsync();
        Assert.Equal(["", "\"one\""], upstream.Asked);
    }

    [Fact]
    public async Task Holds_back_a_file_that_is_40_percent_smaller_until_the_operator_lets_it_pass()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten));
        await using var server = await MirroringServer.StartAsync(upstream.Address);
        upstream.Answer = TestUpstream.File(File(6, "2026-01-03"), "\"six\"");
        var state = await server.PollAsync();

        Assert.Equal((4, 0, 10), (state.Held!.Removed, state.Held.Changed, state.Held.Records));
        Assert.Equal(1, server.Snapshot.Revision);
        Assert.Contains(
            "it drops 4 and changes 0 of 10 records",
            Assert.Single(await Reasons(server)),
            StringComparison.Ordinal
        );
        Assert.Contains("held back", await Page(server), StringComparison.Ordinal);

        // It stays so over a poll that hears of nothing new, and over a restart.
        Assert.NotNull((await server.PollAsync()).Held);
        await server.StopAsync();
        await server.StartAsync();
        await server.Until(known => known.Held is not null);
        Assert.Equal(1, server.Snapshot.Revision);

        var (status, output) = await server.RunAsync("release");
        Assert.Equal(0, status);
        Assert.Contains("may pass", output, StringComparison.Ordinal);
        await server.Until(known => known.Held is null);
        Assert.Equal((2, 6), (server.Snapshot.Revision, server.Snapshot.Registry.Records.Length));
        Assert.Empty(await Reasons(server));
    }

    [Fact]
    public async Task Forgets_the_file_that_is_held_back_when_a_good_one_comes()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten));
        await using var server = await MirroringServer.StartAsync(upstream.Address);
        upstream.Answer = TestUpstream.File(File(6, "2026-01-03"));
        await server.PollAsync();
        upstream.Answer = TestUpstream.File(File(11, "2026-01-04"));
        Assert.Null((await server.PollAsync()).Held);
        Assert.Equal((2, 11), (server.Snapshot.Revision, server.Snapshot.Registry.Records.Length));
        Assert.Equal((1, "no file of 127.0.0.1 is held back"), Brief(await server.RunAsync("release")));
    }

    [Theory]
    [InlineData(0.39, true)]
    [InlineData(0.40, false)]
    public async Task Holds_back_by_the_operators_share(double share, bool isHeld)
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten));
        await using var server = await MirroringServer.StartAsync(
            upstream.Address,
            settings => settings with { HoldBack = share }
        );
        upstream.Answer = TestUpstream.File(File(6, "2026-01-03"));
        Assert.Equal(isHeld, (await server.PollAsync()).Held is not null);
    }

    static RequestDelegate Answer(string fault) =>
        fault switch
        {
            "slow" => TestUpstream.Slow(Ten),
            "cut off" => TestUpstream.CutOff(Ten),
            "too big" => TestUpstream.File(new byte[(1 << 20) + 1]),
            "a gzip bomb" => TestUpstream.Packed(new byte[64 << 20], "gzip"),
            "a brotli bomb" => TestUpstream.Packed(new byte[64 << 20], "br"),
            "not gzip" => Coded("gzip"),
            "in an unknown coding" => Coded("zstd"),
            "a page of words" => TestUpstream.File("<html><body>Sorry</body></html>"u8.ToArray()),
            "a port of 70000" => TestUpstream.File(Small.Xml(Small.Record("high", "tcp", "70000"))),
            "empty" => TestUpstream.File([]),
            "older" => TestUpstream.File(File(10, "2020-01-01")),
            "gone" => TestUpstream.Status(404),
            "elsewhere" => TestUpstream.Status(302, "http://example.net/registry.xml"),
            _ => TestUpstream.Status(302, "/registry.xml"),
        };

    static RequestDelegate Coded(string coding) =>
        context =>
        {
            context.Response.Headers.ContentEncoding = coding;
            return TestUpstream.File(Ten)(context);
        };

    static byte[] File(int records, string updated = "2026-01-02") =>
        Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(
                    Small.Xml([
                        .. Enumerable.Range(1, records).Select(i => Small.Record($"name{i}", "tcp", $"{i}")),
                    ])
                )
                .Replace("2026-01-02", updated, StringComparison.Ordinal)
        );

    static async Task<IEnumerable<string>> Reasons(MirroringServer server)
    {
        var ready = await server.Client.GetFromJsonAsync<JsonNode>(
            "/readyz",
            TestContext.Current.CancellationToken
        );
        Assert.Equal("ready", (string?)ready!["status"]);
        return ready["reasons"]!.AsArray().Select(reason => (string)reason!);
    }

    static Task<string> Page(MirroringServer server) =>
        server.Client.GetStringAsync("/", TestContext.Current.CancellationToken);

    static (int, string) Brief((int Status, string Output) run) =>
        (run.Status, run.Output.Replace("berth-server: ", "", StringComparison.Ordinal).Trim());
}
