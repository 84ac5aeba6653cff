using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Server.Upstream;
using Microsoft.AspNetCore.Http;

namespace Berthbook.Cli;

/// <summary>The local copy follows an upstream that is good, bad or suspicious (product.md "Mode"; reliability.md T20).</summary>
public sealed class SyncJourney : IDisposable
{
    static readonly byte[] Ten = File(10);

    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Fact]
    public async Task Takes_what_is_new_and_asks_only_for_what_changed()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten, "\"one\""));
        var first = await SyncAsync(upstream);
        Assert.Equal((0, ""), (first.Status, first.Error));
        Assert.Contains("revision 1, records 10 added", first.Output, StringComparison.Ordinal);

        var same = await SyncAsync(upstream);
        Assert.Equal(0, same.Status);
        Assert.Contains("nothing new, revision 1 stays", same.Output, StringComparison.Ordinal);

        upstream.Answer = TestUpstream.File(File(11, "2026-01-03"), "\"two\"");
        Assert.Contains(
            "revision 2, records 1 added",
            (await SyncAsync(upstream)).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(["", "\"one\"", "\"one\""], upstream.Asked);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Takes_a_packed_file(string coding)
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.Packed(Ten, coding));
        Assert.Equal(0, (await SyncAsync(upstream)).Status);
        Assert.Equal(Ten, (await berth.RunAsync("export", "xml")).Bytes);
    }

    public static TheoryData<string, int, string> Bad =>
        new()
        {
            { "slow", 4, "took longer than" },
            { "cut off", 4, "did not come whole" },
            { "a page of words", 3, "registry.xml:1:1: " },
            { "a port of 70000", 3, "registry.xml:10:" },
            { "older", 1, "is dated 2020-01-01, the local copy 2026-01-02" },
            { "gone", 4, "answers 404" },
            { "elsewhere", 4, "leads on to example.net" },
            { "silent", 4, "gives no newer registry" },
        };

    [Theory, MemberData(nameof(Bad))]
    public async Task The_old_copy_stays_where_the_file_is(string fault, int status, string words)
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten));
        await SyncAsync(upstream);
        upstream.Answer = Answer(fault);
        var run = await SyncAsync(upstream, "--timeout", fault == "slow" ? "1" : "60");
        Assert.Equal(status, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Equal(Ten, (await berth.RunAsync("export", "xml")).Bytes);
        Assert.Equal(0, (await berth.RunAsync("verify")).Status);

        upstream.Answer = TestUpstream.File(File(11, "2026-01-03"));
        Assert.Equal(0, (await SyncAsync(upstream)).Status);
    }

    [Fact]
    public async Task Holds_back_what_drops_too_much_until_it_is_let_pass()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten));
        await SyncAsync(upstream);
        Assert.Equal(1, (await SyncAsync(upstream, "--accept")).Status);

        upstream.Answer = TestUpstream.File(File(6, "2026-01-03"), "\"six\"");
        var held = await SyncAsync(upstream);
        Assert.Equal(1, held.Status);
        Assert.Contains("it drops 4 and changes 0 of 10 records", held.Error, StringComparison.Ordinal);
        Assert.Contains("berth sync --accept", held.Error, StringComparison.Ordinal);
        Assert.Equal(Ten, (await berth.RunAsync("export", "xml")).Bytes);

        // It says so again though the upstream sends nothing.
        var again = await SyncAsync(upstream, "--json");
        Assert.Equal(1, again.Status);
        Assert.Equal("held", (string?)JsonNode.Parse(again.Bytes)![0]!["outcome"]);

        Assert.Equal(0, (await SyncAsync(upstream, "--accept")).Status);
        Assert.Equal(File(6, "2026-01-03"), (await berth.RunAsync("export", "xml")).Bytes);
        Assert.Contains("nothing new", (await SyncAsync(upstream)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_for_the_whole_file_after_an_import_by_hand()
    {
        await using var upstream = await TestUpstream.StartAsync(TestUpstream.File(Ten, "\"one\""));
        await SyncAsync(upstream);
        await berth.RunAsync(File(12), "import", "-");
        Assert.Equal(1, (await SyncAsync(upstream)).Status); // back to ten: two of twelve are dropped
        Assert.Equal(["", ""], upstream.Asked);
    }

    async Task<Ran> SyncAsync(TestUpstream upstream, params string[] more) =>
        await berth.RunAsync(["sync", upstream.Address.AbsoluteUri, .. more]);

    static RequestDelegate Answer(string fault) =>
        fault switch
        {
            "slow" => TestUpstream.Slow(Ten),
            "cut off" => TestUpstream.CutOff(Ten),
            "a page of words" => TestUpstream.File("<html><body>Sorry</body></html>"u8.ToArray()),
            "a port of 70000" => TestUpstream.File(Small.Xml(Small.Record("high", "tcp", "70000"))),
            "older" => TestUpstream.File(File(10, "2020-01-01")),
            "gone" => TestUpstream.Status(404),
            "elsewhere" => TestUpstream.Status(302, "http://example.net/registry.xml"),
            _ => context =>
            {
                context.Abort();
                return Task.CompletedTask;
            },
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
}
