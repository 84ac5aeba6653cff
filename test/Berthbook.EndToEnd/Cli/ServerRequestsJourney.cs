using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Api;
using Berthbook.Server.Accounts;

namespace Berthbook.Cli;

/// <summary>Somebody asks, others decide, all on the command line: <c>request submit</c>, <c>show</c>, <c>list</c>, <c>act</c>.</summary>
public sealed class ServerRequestsJourney : IAsyncLifetime
{
    static readonly JsonNode Definitions = JsonNode.Parse(
        File.ReadAllText(Path.Combine(ReadmeTests.Root(), "docs", "cli.schema.json"))
    )!["$defs"]!;

    readonly BerthProgram berth = new();
    RequestsServer own = null!;

    string Address => own.Server.Client.BaseAddress!.ToString();

    public async ValueTask InitializeAsync()
    {
        own = await RequestsServer.StartAsync();
        Write("plum.json", RequestsServer.Asking("plum", "ada"));
        Write("pear.json", RequestsServer.Asking("pear", "ada", "4100"));
    }

    public ValueTask DisposeAsync()
    {
        berth.Dispose();
        return own.DisposeAsync();
    }

    [Fact]
    public async Task From_a_file_to_an_assignment()
    {
        As("ada");
        var submitted = await RunAsync("submit", "plum.json", "pear.json");
        Assert.Equal((0, ""), (submitted.Status, submitted.Error));
        Assert.Equal(
            ["1\tassigned\ttcp", "2\tin-review\t4100/tcp"],
            submitted.Lines.Select(line => string.Join('\t', line.Split('\t')[..3]))
        );
        As("eve");
        Assert.Equal(
            0,
            (
                await RunAsync("act", "2", "recommend", "--for", "--criterion", "P10", "--reason", "Fits.")
            ).Status
        );
        As("rita");
        Assert.Equal(0, (await RunAsync("act", "2", "approve")).Status);
        var dry = await RunAsync("act", "2", "assign", "--reference", "RFC9000", "--dry-run", "--json");
        Assert.Equal(0, dry.Status);
        Assert.Contains("RFC9000", dry.Output, StringComparison.Ordinal);
        Assert.Equal("approved", (await own.GetAsync("requests/2")).State);
        Assert.Equal(
            0,
            (await RunAsync("act", "2", "assign", "--reference", "RFC9000", "--version", "3")).Status
        );
        Assert.Equal(
            "RFC9000",
            (string?)(await own.GetAsync("ports/4100/tcp")).Json["records"]![0]!["references"]![0]!["label"]
        );

        // Nobody needs a token to read.
        berth.Environments.Remove("BERTHBOOK_TOKEN");
        var shown = await RunAsync("show", "2");
        Assert.Equal(0, shown.Status);
        Assert.StartsWith(
            "2\trequest\tassigned\t2026-09-01T12:00:00.000Z\t\tassign pear 4100/tcp\n",
            shown.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "2\tstep\trecommend for by expert (tcp-udp)\t",
            shown.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("ada@", shown.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("list")).Lines.Length);
        Assert.Single((await RunAsync("list", "--rule", "P10")).Lines);
        Assert.Single((await RunAsync("list", "--state", "assigned,approved", "plum")).Lines);
        Assert.Equal(1, (await RunAsync("list", "quince")).Status);
    }

    [Fact]
    public async Task Says_no_with_the_rule_and_the_status_that_fits()
    {
        As("ada");
        Assert.Equal(0, (await RunAsync("submit", "pear.json")).Status);
        Write("taken.json", RequestsServer.Asking("quay", "ada"));
        var taken = await RunAsync("submit", "plum.json", "taken.json");
        Assert.Equal(1, taken.Status);
        Assert.Contains(
            taken.Lines,
            line => line.StartsWith("refuse\tN3\ttaken.json name\t", StringComparison.Ordinal)
        );
        Assert.Equal(1, (await RunAsync("act", "99", "withdraw")).Status);
        Assert.Equal(1, (await RunAsync("show", "99")).Status);
        Assert.Equal(1, (await RunAsync("act", "1", "withdraw", "--version", "7")).Status);
        var early = await RunAsync("act", "1", "answer", "--reason", "This.");
        Assert.Equal(1, early.Status);
        Assert.StartsWith("refuse\tA10\t", early.Output, StringComparison.Ordinal);

        Assert.Equal(4, (await RunAsync("act", "1", "approve")).Status);
        As("eve");
        Assert.Equal(2, (await RunAsync("act", "1", "ask")).Status);
        foreach (
            var wrong in (string[][])
                [
                    ["act", "1", "buy"],
                    ["act", "0", "ask"],
                    ["act", "1", "approve", "--for"],
                    ["act", "1", "recommend", "--for", "--against"],
                    ["act", "1", "assign", "--port", "70000"],
                    ["submit"],
                ]
        )
            Assert.Equal((2, ""), await StatusAndOutput(wrong));
        Assert.Equal(2, (await berth.RunAsync("request", "show", "1")).Status);

        Write("faulty.json", "{\"kind\":\"assign\",\n \"port\":70000}");
        var faulty = await RunAsync("submit", "plum.json", "faulty.json");
        Assert.Equal((3, ""), (faulty.Status, faulty.Output));
        Assert.StartsWith("faulty.json:2:9: port: ", faulty.Error, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await own.GetAsync("requests")).Json["total"]!);
        Assert.Equal(4, (await berth.RunAsync("request", "show", "--server", "http://[::1]:1", "1")).Status);
    }

    [Fact]
    public async Task The_token_is_in_a_file_that_others_cannot_read()
    {
        var none = await RunAsync("submit", "plum.json");
        Assert.Equal(4, none.Status);
        Assert.Contains("BERTHBOOK_TOKEN", none.Error, StringComparison.Ordinal);
        Directory.CreateDirectory(berth.In("home/.config/berthbook"));
        var file = berth.File(
            "home/.config/berthbook/token",
            Encoding.UTF8.GetBytes(own.NewToken("ada", TokenScope.Act) + "\n")
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                file,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
            );
        var open = await RunAsync("submit", "plum.json");
        Assert.Equal(4, open.Status);
        Assert.Contains("chmod 600", open.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, (await RunAsync("submit", "plum.json")).Status);
    }

    [Fact]
    public async Task What_the_network_loses_is_sent_again_and_done_once()
    {
        As("ada");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var lossy = LoseFirstAnswerAsync(listener);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var run = await berth.RunAsync(
            "request",
            "submit",
            "--server",
            $"http://127.0.0.1:{port}",
            "pear.json"
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.StartsWith("1\tin-review\t", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await own.GetAsync("requests")).Json["total"]!);
        listener.Stop();
        Assert.Equal(2, await lossy);
    }

    [Fact]
    public async Task Prints_what_the_schema_says()
    {
        As("ada");
        var check = new JsonSchemaCheck(
            new JsonObject { ["components"] = new JsonObject { ["schemas"] = Definitions.DeepClone() } }
        );
        foreach (
            var (definition, words) in (IEnumerable<(string, string[])>)
                [
                    ("requestOfServer", ["submit", "plum.json", "pear.json"]),
                    ("requestOfServer", ["submit", "plum.json"]),
                    ("requestOfServer", ["show", "2"]),
                    ("requestOfServer", ["act", "2", "answer", "--reason", "x"]),
                    ("requestOfServer", ["act", "2", "withdraw", "--dry-run"]),
                    ("requests", ["list"]),
                    ("requests", ["list", "quince"]),
                ]
        )
        {
            var run = await RunAsync([.. words, "--json"]);
            Assert.Empty(
                check.Faults(JsonNode.Parse(run.Output), Definitions[definition]!, string.Join(' ', words))
            );
        }
    }

    // Passes bytes on; the answer to the first connection never arrives. Counts the connections.
    async Task<int> LoseFirstAnswerAsync(TcpListener listener)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var count = 0;
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellation);
                count++;
                using var server = new TcpClient();
                await server.ConnectAsync(
                    IPAddress.Loopback,
                    own.Server.Client.BaseAddress!.Port,
                    cancellation
                );
                var there = client.GetStream().CopyToAsync(server.GetStream(), cancellation);
                if (count == 1)
                {
                    Assert.NotEqual(0, await server.GetStream().ReadAsync(new byte[1], cancellation));
                    client.Client.Close(0);
                    continue;
                }
                await Task.WhenAny(there, server.GetStream().CopyToAsync(client.GetStream(), cancellation));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            return count;
        }
    }

    async Task<(int, string)> StatusAndOutput(string[] words)
    {
        var run = await RunAsync(words);
        return (run.Status, run.Output);
    }

    Task<Ran> RunAsync(params string[] words) => berth.RunAsync(["request", .. words, "--server", Address]);

    void As(string who) => berth.Environments["BERTHBOOK_TOKEN"] = own.NewToken(who, TokenScope.Act);

    void Write(string name, string json) => berth.File(name, Encoding.UTF8.GetBytes(json));
}
