using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Berthbook.Suggestions;

namespace Berthbook.Cli;

/// <summary>Somebody looks for a port number: from the local copy, from a server, and with this host's sockets.</summary>
public sealed class SuggestJourney(FullSizeServer full) : IDisposable
{
    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Fact]
    public async Task Suggests_from_the_local_copy_and_explains_the_seven_numbers()
    {
        await ImportAsync();
        var run = await berth.RunAsync("suggest", "--transport", "tcp,udp", "--near", "8000", "--count", "2");
        Assert.Equal(0, run.Status);
        Assert.Equal(2, run.Lines.Length);
        Assert.All(run.Lines, line => Assert.Equal("tcp,udp", line.Split('\t')[1]));
        Assert.Contains(SuggestionAnswer.Advice, run.Error, StringComparison.Ordinal);

        (int Port, string Code)[] flagged =
        [
            (55680, ReasonCode.Dynamic),
            (46656, ReasonCode.EphemeralLinux),
            (39132, ReasonCode.EphemeralLinux),
            (33333, ReasonCode.Reserved),
            (30000, ReasonCode.NodePort),
            (19999, ReasonCode.Assigned),
            (8013, ReasonCode.KnownUse),
        ];
        var told = await berth.RunAsync([
            "suggest",
            .. flagged.SelectMany(one => (string[])["--explain", Text(one.Port)]),
        ]);
        Assert.Equal(0, told.Status);
        Assert.All(
            flagged,
            one =>
                Assert.Contains(
                    told.Lines,
                    line => line.StartsWith($"{one.Port}\t{one.Code}\t-", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public async Task Knows_from_the_revisions_who_gave_a_number_back()
    {
        var before = berth.File(
            "a.xml",
            Small.Xml(Small.Record("one", "tcp", "5001"), Small.Record("two", "tcp", "5002"))
        );
        var after = berth.File("b.xml", Small.Xml(Small.Record("one", "tcp", "5001")));
        Assert.Equal(0, (await berth.RunAsync("import", "--allow-older", before, after)).Status);
        var told = await berth.RunAsync("suggest", "--explain", "5002", "--transport", "tcp");
        Assert.Contains(
            told.Lines,
            line =>
                line.StartsWith($"5002\t{ReasonCode.Deassigned}\t-", StringComparison.Ordinal)
                && line.Contains("two", StringComparison.Ordinal)
                && line.Contains("revision 2", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Says_the_same_as_the_server_that_it_asks()
    {
        var server = full.Server.Client.BaseAddress!.ToString();
        const string query = "transport=udp&range=8000-8999&near=8100&count=4&block=2";
        var reply = await full.Server.GetAsync($"/api/v1/suggestions?{query}");
        var run = await berth.RunAsync([
            .. "suggest --json --transport udp --range 8000-8999 --near 8100 --count 4 --block 2 --server".Split(
                ' '
            ),
            server,
        ]);
        Assert.Equal((0, ""), (run.Status, run.Error));
        var told = (JsonObject)Assert.Single((JsonArray)JsonNode.Parse(run.Output)!)!;
        Assert.Equal("udp 8000-8999 near 8100", (string?)told["query"]);
        foreach (var beside in (string[])["query", "found", "source"])
            Assert.True(told.Remove(beside));
        Assert.Equal(reply.ToJsonString(), told.ToJsonString());
    }

    [Fact]
    public async Task Nothing_free_is_1_wrong_values_are_2_and_no_server_is_4()
    {
        await ImportAsync();
        var none = await berth.RunAsync("suggest", "--range", "6000-6063");
        Assert.Equal((1, ""), (none.Status, none.Output));
        Assert.Contains("nothing in 6000-6063 on tcp is free", none.Error, StringComparison.Ordinal);

        var wrong = await berth.RunAsync("suggest", "--near", "70000", "--transport", "icmp");
        Assert.Equal((2, ""), (wrong.Status, wrong.Output));
        Assert.Contains("70000 is no port number", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("'icmp' is not a transport protocol", wrong.Error, StringComparison.Ordinal);

        Assert.Equal(
            2,
            (await berth.RunAsync("suggest", "--explain", "1", "--server", "http://[::1]:1")).Status
        );
        Assert.Equal(4, (await berth.RunAsync("suggest", "--server", "http://[::1]:1")).Status);
    }

    [Fact]
    public async Task A_number_that_a_socket_of_this_host_holds_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sockets are read from /proc");
        await ImportAsync();
        using var socket = Listen();
        var port = Text(((IPEndPoint)socket.LocalEndpoint).Port);
        var told = await berth.RunAsync("suggest", "--range", port);
        Assert.Contains($"in use on this host: {port}/tcp", told.Output, StringComparison.Ordinal);
        var other = await berth.RunAsync("suggest", "--range", port, "--transport", "sctp");
        Assert.DoesNotContain("in use", other.Output, StringComparison.Ordinal);
    }

    // The first of a run of Unassigned numbers that nobody listens on.
    static TcpListener Listen()
    {
        for (var port = 29170; ; port++)
        {
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException) when (port < 29900)
            {
                listener.Dispose();
            }
        }
    }

    async Task ImportAsync()
    {
        TestData.Require();
        var file = Path.Combine(TestData.Folder!, "pairs/2026-02-13/registry.xml.gz");
        Assert.Equal(0, (await berth.RunAsync("import", file)).Status);
    }

    static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
