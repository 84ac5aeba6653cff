using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Berthbook.Cli;

/// <summary><c>berth check</c> on real sockets and files, against IANA's registry of 2026-02-13.</summary>
public sealed class CheckJourney : IDisposable
{
    // A loopback address that nobody else binds to.
    static readonly IPAddress Own = IPAddress.Parse("127.0.77.1");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Fact]
    public async Task Sockets_of_every_kind_are_found_with_their_process()
    {
        await ImportAsync();
        using var tcp = Listen(Own, 19999);
        using var unassigned = Listen(Own, 8013);
        using var tcp6 = Listen(IPAddress.IPv6Loopback, 19998);
        using var udp = new UdpClient(new IPEndPoint(Own, 47808));
        using var udp6 = new UdpClient(new IPEndPoint(IPAddress.IPv6Loopback, 33333));
        var name = (await File.ReadAllTextAsync("/proc/self/comm", Cancellation)).TrimEnd('\n');

        var rows = (await CheckAsync(1)).Where(row => row[6] == $"{Environment.ProcessId}").ToList();

        Assert.All(rows, row => Assert.Equal(name, row[5]));
        string Told(string port) =>
            string.Join(
                ' ',
                rows.Single(row => row[2] == port)[1..5].Concat(rows.Single(row => row[2] == port)[8..10])
            );
        Assert.Equal("127.0.77.1 19999/tcp Assigned dnp-sec  ", Told("19999/tcp"));
        Assert.Equal(
            "127.0.77.1 8013/tcp Unassigned  warning port-unassigned port-known-use",
            Told("8013/tcp")
        );
        Assert.Equal("::1 19998/tcp Assigned iec-104-sec  ", Told("19998/tcp"));
        Assert.Equal("127.0.77.1 47808/udp Assigned bacnet", Told("47808/udp")[..36]);
        Assert.StartsWith(
            "::1 33333/udp Reserved  warning port-reserved",
            Told("33333/udp"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_listening_sockets_are_those_that_ss_lists_all_of_them()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ss") || File.Exists("/bin/ss"), "no ss here");
        await ImportAsync();
        using var udp = new UdpClient(new IPEndPoint(IPAddress.IPv6Any, 0));
        using var tcp = Listen(IPAddress.IPv6Any, 0);
        // Others open and close sockets meanwhile: what ss lists before and after is what counts.
        for (var tries = 0; ; tries++)
        {
            var before = await SocketsOfSsAsync();
            var ours = (await JsonAsync()).Where(item =>
                item.GetProperty("namespace").GetInt64() == OwnNamespace()
            );
            var after = await SocketsOfSsAsync();
            if (!before.SequenceEqual(after) && tries < 20)
                continue;
            Assert.Equal(before, Sorted(ours.Select(Told)));
            Assert.NotEmpty(before);
            return;
        }
    }

    [Fact]
    public async Task Sockets_of_another_network_namespace_are_found_and_marked()
    {
        const string Listener =
            "import socket,sys; s = socket.socket(); s.bind(('0.0.0.0', 9999)); s.listen(); print('up', flush=True); sys.stdin.read()";
        await ImportAsync();
        using var other = berth.Start("unshare", "--net", "python3", "-c", Listener);
        try
        {
            var line = await other.StandardOutput.ReadLineAsync(Cancellation);
            Assert.SkipUnless(line == "up", "a network namespace cannot be made here");
            var found = (await JsonAsync()).Single(item => Number(item, "pid") == other.Id);
            Assert.Equal(9999, Number(found, "from"));
            Assert.Equal("distinct", found.GetProperty("names")[0].GetString());
            Assert.NotEqual(OwnNamespace(), found.GetProperty("namespace").GetInt64());
        }
        finally
        {
            other.StandardInput.Close();
            await other.WaitForExitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task One_wrong_one_missing_and_one_renamed_name_of_a_services_file_are_found()
    {
        await ImportAsync();
        var whole = (await berth.RunAsync("export", "services")).Output;
        Assert.Equal((0, ""), Text(await berth.RunAsync(Bytes(whole), "check", "-")));

        var edited = whole
            .Replace("\nhttps\t443/tcp\t", "\nhttps\t444/tcp\t", StringComparison.Ordinal)
            .Replace("\nbacnet\t47808/udp\t", "\nbuildings\t47808/udp\t", StringComparison.Ordinal);
        var at = edited.IndexOf("\nimaps\t993/tcp\t", StringComparison.Ordinal);
        berth.File("services", Bytes(edited.Remove(at, edited.IndexOf('\n', at + 1) - at)));
        var ran = await berth.RunAsync("check", "services");
        Assert.Equal((1, ""), (ran.Status, ran.Error));
        Assert.Equal(
            [
                "444/tcp error services-number https is 443/tcp in the registry, not 444/tcp; 444/tcp is snpp",
                "993/tcp error services-missing imaps 993/tcp is missing; by its number it belongs after this line",
                "47808/udp error services-name 47808/udp is bacnet in the registry, not buildings",
            ],
            Rows(ran).Select(row => string.Join(' ', row[2], row[8], row[9], row[10]))
        );
    }

    [Fact]
    public async Task Seven_numbers_of_a_compose_file_are_flagged_for_the_right_reason() // issue 3
    {
        await ImportAsync();
        berth.File("compose.yaml", Bytes(Seven));
        var ran = await berth.RunAsync("check", "compose.yaml");
        Assert.Equal((1, ""), (ran.Status, ran.Error));
        Assert.Equal(
            [
                "3:14 55680/tcp Dynamic  warning port-dynamic port-ephemeral port-known-use",
                "3:29 46656/tcp Unassigned  warning port-unassigned port-ephemeral",
                "6:9 39132/tcp Unassigned  warning port-unassigned port-ephemeral",
                "7:9 33333/tcp Assigned dgi-serv note port-assigned port-ephemeral",
                "9:20 33333/udp Reserved  warning port-reserved port-ephemeral",
                "13:9 30000/tcp Assigned ndmps note port-assigned port-node-port",
                "14:9 19999/tcp Assigned dnp-sec note port-assigned",
                "15:9 8013/tcp Unassigned  warning port-unassigned port-known-use",
            ],
            Rows(ran).Select(row => string.Join(' ', row[1], row[2], row[3], row[4], row[8], row[9]))
        );

        var sarif = JsonDocument
            .Parse((await berth.RunAsync("check", "--sarif", "compose.yaml")).Bytes)
            .RootElement;
        var results = sarif.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(16, results.Count);
        Assert.All(
            results,
            result =>
                Assert.Equal(
                    "compose.yaml",
                    result
                        .GetProperty("locations")[0]
                        .GetProperty("physicalLocation")
                        .GetProperty("artifactLocation")
                        .GetProperty("uri")
                        .GetString()
                )
        );
    }

    [Fact]
    public async Task Exit_statuses_and_words_say_what_was_not_checked()
    {
        var ran = await berth.RunAsync(Bytes("services:\n  a:\n   ports: [80:x]\n"), "check", "-");
        Assert.Equal(3, ran.Status);
        Assert.StartsWith(
            "standard input:3:12: 'x' is no port number of a container",
            ran.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(3, (await berth.RunAsync(Bytes("echo 7/tpc\n"), "check", "-")).Status);
        Assert.Equal(
            3,
            (await berth.RunAsync(Bytes("echo 7/tcp\n"), "check", "--as", "compose", "-")).Status
        );
        Assert.Equal(4, (await berth.RunAsync("check", "nobody-has-this")).Status);
        Assert.Equal(2, (await berth.RunAsync("check", "--as", "poem", "-")).Status);
        Assert.Equal(2, (await berth.RunAsync("check", "--json", "--sarif")).Status);
        Assert.Equal(2, (await berth.RunAsync("--server", "http://localhost:1", "check")).Status);
    }

    [Fact]
    public async Task Without_a_local_copy_an_unlisted_number_is_no_finding()
    {
        berth.File("compose.yaml", Bytes(Seven));
        var ran = await berth.RunAsync("check", "compose.yaml");
        Assert.Contains("no local copy", ran.Error, StringComparison.Ordinal);
        Assert.Equal("note", Rows(ran).Single(row => row[2] == "46656/tcp")[8]);
    }

    const string Seven = """
        services:
          otel:
            ports: [ "55680:55680", "46656:46656" ]
          tunnel:
            ports:
              - 39132:39132
              - 33333:33333
              - target: 33333
                published: 33333
                protocol: udp
          web:
            ports:
              - "30000:80"
              - 127.0.0.1:19999:19999
              - ${FLAGD_PORT:-8013}:8013

        """;

    async Task ImportAsync()
    {
        TestData.Require();
        var registry = System.IO.Path.Combine(TestData.Folder!, "pairs/2026-02-13/registry.xml.gz");
        Assert.Equal(0, (await berth.RunAsync("import", registry)).Status);
    }

    async Task<List<string[]>> CheckAsync(int status)
    {
        var ran = await berth.RunAsync("check");
        Assert.Equal(status, ran.Status);
        return Rows(ran);
    }

    async Task<IEnumerable<JsonElement>> JsonAsync() =>
        JsonDocument
            .Parse((await berth.RunAsync("check", "--json")).Bytes)
            .RootElement[0]
            .GetProperty("items")
            .EnumerateArray();

    // tcp LISTEN 0 128 127.0.0.1:80 0.0.0.0:* users:(("nginx",pid=7,fd=6))
    async Task<List<string>> SocketsOfSsAsync() =>
        Sorted(
            (await berth.ShellAsync("ss -ltnupH")).Lines.Select(line =>
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var colon = words[4].LastIndexOf(':');
                var address = words[4][..colon].Trim('[', ']').Split('%')[0];
                var pids = words
                    .ElementAtOrDefault(6)
                    ?.Split("pid=")
                    .Skip(1)
                    .Select(text => int.Parse(text.Split(',')[0], null))
                    .ToList();
                return $"{words[0]} {(address == "*" ? "::" : address)} {words[4][(colon + 1)..]} {pids?.Min()}";
            })
        );

    static string Told(JsonElement item) =>
        $"{item.GetProperty("transport")} {item.GetProperty("address")} {item.GetProperty("from")} {item.GetProperty("pid")}";

    static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    static long OwnNamespace() =>
        long.Parse(new FileInfo("/proc/self/ns/net").LinkTarget!["net:[".Length..^1], null);

    static int? Number(JsonElement item, string name) =>
        item.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    static Socket Listen(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen();
        return socket;
    }

    static List<string[]> Rows(Ran ran) => [.. ran.Lines.Select(line => line.Split('\t'))];

    static (int, string) Text(Ran ran) => (ran.Status, ran.Output);

    static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
