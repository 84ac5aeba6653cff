using System.Text;
using System.Text.Json.Nodes;

namespace Berthbook.Cli;

/// <summary>Somebody asks what port numbers and service names are.</summary>
public sealed class LookupJourney : IDisposable
{
    static readonly string[] Questions =
    [
        "443",
        "https/udp",
        "6003/tcp",
        "_jmap._tcp",
        "whois++",
        "914c/g",
        "4/tcp",
        "50000",
        "HTTP-ALT",
    ];

    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Fact]
    public async Task Tells_numbers_names_labels_and_old_spellings_by_tabs()
    {
        await ImportAsync();
        var run = await berth.RunAsync(["lookup", .. Questions]);
        Assert.Equal((0, ""), (run.Status, run.Error));
        const string source = "local copy of 2026-02-13";
        foreach (
            var line in new[]
            {
                $"443\t443\ttcp\tAssigned\thttps\t\thttp protocol over TLS/SSL\t{source}",
                $"443\t443\tdccp\tReserved\t\t\t443/dccp: no record; held for the assignee of 443/tcp (RFC 6335 section 7.2)\t{source}",
                $"https/udp\t443\tudp\tAssigned\thttps\t\thttp protocol over TLS/SSL\t{source}",
                $"6003/tcp\t6003\ttcp\tAssigned\tx11\t\tX Window System\t{source}",
                $"_jmap._tcp\t\ttcp\tAssigned\tjmap\t\tJSON Meta Application Protocol\t{source}",
                $"4/tcp\t4\ttcp\tUnassigned\t\t\t4/tcp: the registry lists it as Unassigned\t{source}",
            }
        )
            Assert.Contains(line, run.Lines);
        Assert.Equal(["whoispp", "whoispp"], Column(run, "whois++", 5));
        Assert.Equal(["914c-g", "914c-g"], Column(run, "914c/g", 5));
        Assert.Equal(["Dynamic", "Dynamic", "Dynamic", "Dynamic"], Column(run, "50000", 3));
        Assert.Equal(["591", "591", "8008", "8008", "8080", "8080"], Column(run, "HTTP-ALT", 1));
        Assert.Equal(["tcp", "udp", "sctp", "dccp"], Column(run, "443", 2));
    }

    [Fact]
    public async Task Answers_in_json_what_the_server_answers()
    {
        await ImportAsync();
        await using var server = await RunningServer.StartAsync([
            TestData.Unzip("pairs/2026-02-13/registry.xml.gz"),
        ]);
        var local = Parse(await berth.RunAsync(["lookup", "--json", .. Questions, "6000-6070"]));
        var remote = Parse(
            await berth.RunAsync([
                "--server",
                server.Client.BaseAddress!.ToString(),
                "lookup",
                "--json",
                .. Questions,
                "6000-6070",
            ])
        );
        Assert.Equal(Questions.Length + 1, local.Count);
        for (var i = 0; i < local.Count; i++)
        {
            Assert.True((bool)local[i]!["found"]!);
            Assert.StartsWith("local copy", (string)local[i]!["source"]!, StringComparison.Ordinal);
            local[i]!["source"] = remote[i]!["source"] = null;
            Assert.Equal(remote[i]!.ToJsonString(), local[i]!.ToJsonString());
        }
        Assert.Equal("443", (string)local[0]!["query"]!);
        Assert.Equal("Reserved", (string)local[0]!["transports"]!["dccp"]!["state"]!);
        Assert.Equal("whoispp", (string)local[4]!["primary"]!);
    }

    [Fact]
    public async Task Prints_a_table_on_a_terminal_with_colours_unless_they_are_refused()
    {
        await ImportAsync();
        var table = await TerminalAsync("berth lookup 443 whois++", 80);
        Assert.Contains(
            "QUESTION  PORT  TRANSPORT  STATE     NAME     DESCRIPTION",
            Plain(table),
            StringComparison.Ordinal
        );
        Assert.Contains("\e[32mAssigned\e[0m", table, StringComparison.Ordinal);
        Assert.Contains("(the name that counts is", Plain(table), StringComparison.Ordinal);
        Assert.Contains(
            "This is a copy of IANA's registry as of 2026-02-13.",
            table,
            StringComparison.Ordinal
        );
        Assert.All(Plain(table).Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
        Assert.DoesNotContain('\e', await TerminalAsync("NO_COLOR=1 berth lookup 443", 80));
    }

    [Fact]
    public async Task Suggests_near_names_and_explains_what_is_no_question()
    {
        await ImportAsync();
        var unknown = await berth.RunAsync("lookup", "htps", "443/tcp");
        Assert.Equal(1, unknown.Status);
        Assert.Equal(["unknown"], Column(unknown, "htps", 3));
        Assert.Contains(
            "berth: htps: no service name of the registry; near it: ",
            unknown.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("https", unknown.Error, StringComparison.Ordinal);

        var numeric = await berth.RunAsync("lookup", "70000", "443/tcp", "a b");
        Assert.Equal(2, numeric.Status);
        Assert.Equal("https", Assert.Single(Column(numeric, "443/tcp", 4)));
        Assert.Contains(
            "berth: 70000 is no port number: they end at 65535",
            numeric.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("berth: 'a b' has a blank", numeric.Error, StringComparison.Ordinal);

        var other = await berth.RunAsync("lookup", "ssh/dccp");
        Assert.Equal(1, other.Status);
        Assert.Contains("ssh has no record for dccp", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_questions_from_standard_input_and_says_which_line_is_none()
    {
        await ImportAsync();
        var run = await berth.RunAsync(
            "443/tcp\r\n\nnosuchname\n70000\n443/tcp"u8.ToArray(),
            "lookup",
            "22/tcp",
            "-"
        );
        Assert.Equal(3, run.Status);
        Assert.Equal(["ssh", "https", "", "https"], run.Lines.Select(line => line.Split('\t')[4]));
        Assert.Contains("-:4:1: 70000 is no port number", run.Error, StringComparison.Ordinal);

        var bytes = await berth.RunAsync([.. "80/tcp\n"u8, 0xFF, .. "\n"u8], "lookup", "-");
        Assert.Equal((3, "-:2:1: the line is not UTF-8\n"), (bytes.Status, bytes.Error));
        Assert.Equal(["http", "www", "www-http"], bytes.Lines.Select(line => line.Split('\t')[4]));

        var many = new StringBuilder();
        for (var port = 0; port < 65536; port++)
            many.Append(port).Append("/tcp\n");
        Assert.True(
            (await berth.RunAsync(Encoding.ASCII.GetBytes(many.ToString()), "lookup", "-")).Lines.Length
                >= 65536
        );
    }

    [Fact]
    public async Task Every_line_of_IANAs_table_is_found_by_its_number_and_by_its_name()
    {
        await ImportAsync();
        var services = (await berth.RunAsync("export", "services"))
            .Lines.Where(line => !line.StartsWith('#'))
            .ToList();
        var questions = string.Concat(
            services.Select(line => line.Split('\t')[1] + "\n" + line.Split('\t')[0] + "\n")
        );
        var run = await berth.RunAsync(Encoding.UTF8.GetBytes(questions), "lookup", "-");
        Assert.Equal((0, ""), (run.Status, run.Error));
        var answers = run.Lines.Select(line => line.Split('\t')).ToLookup(cells => cells[0]);
        foreach (var line in services)
        {
            var (name, place) = (line.Split('\t')[0], line.Split('\t')[1]);
            Assert.Contains(answers[place], cells => cells[4] == name && cells[3] == "Assigned");
            Assert.Contains(
                answers[name],
                cells => $"{First(cells[1])}/{cells[2]}" == place || Holds(cells, place)
            );
        }
    }

    [Fact]
    public async Task Without_a_copy_each_answer_names_the_source_it_rests_on()
    {
        var run = await berth.RunAsync("lookup", "jmap", "0/tcp", "ssh");
        Assert.Equal("built-in registry", Assert.Single(Column(run, "jmap", 7)));
        Assert.Equal("built-in registry", Assert.Single(Column(run, "0/tcp", 7)));
        if (File.Exists("/etc/services"))
            Assert.Equal("/etc/services", Column(run, "ssh", 7)[0]);
        Assert.Contains("'berth sync' fetches IANA's registry", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(berth.Data));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("foreign")]
    [InlineData("stale")]
    [InlineData("gone")]
    public async Task An_index_that_is_not_the_journals_is_made_anew(string how)
    {
        await ImportAsync();
        var path = Path.Combine(berth.Data, "index");
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Harm(path, whole, how);
        var run = await berth.RunAsync(["lookup", .. Questions]);
        Assert.Equal(0, run.Status);
        Assert.Equal("https", Column(run, "https/udp", 4)[0]);
        Assert.Equal(
            how is "cut" or "flipped" or "foreign",
            run.Error.Contains("it is made anew from the journal", StringComparison.Ordinal)
        );
        var again = await berth.RunAsync(["lookup", .. Questions]);
        Assert.Equal((0, "", run.Output), (again.Status, again.Error, again.Output));
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_fault()
    {
        await ImportAsync();
        var run = await berth.ShellAsync(
            "set -o pipefail; yes 443/tcp | head -200000 | berth lookup - | head -1"
        );
        Assert.Equal("443/tcp", Assert.Single(run.Lines).Split('\t')[0]);
        Assert.DoesNotContain("berth:", run.Error, StringComparison.Ordinal);
        var full = await berth.ShellAsync("berth lookup 443 > /dev/full");
        Assert.Equal(4, full.Status);
        Assert.Contains(
            "the output cannot be written: No space left on device",
            full.Error,
            StringComparison.Ordinal
        );
    }

    static void Harm(string path, byte[] whole, string how)
    {
        switch (how)
        {
            case "cut":
                File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
                break;
            case "flipped":
                // All blocks but the header, so that whatever is looked up meets one.
                for (var i = 8192; i < whole.Length; i += 1024)
                    whole[i] ^= 0x40;
                File.WriteAllBytes(path, whole);
                break;
            case "foreign":
                File.WriteAllText(path, "<registry/>");
                break;
            case "stale":
                File.SetLastWriteTimeUtc(
                    Path.Combine(Path.GetDirectoryName(path)!, "journal"),
                    new(2020, 1, 1)
                );
                break;
            default:
                File.Delete(path);
                break;
        }
    }

    async Task ImportAsync()
    {
        TestData.Require();
        var run = await berth.RunAsync(
            "import",
            Path.Combine(TestData.Folder!, "pairs/2026-02-13/registry.xml.gz")
        );
        Assert.Equal(0, run.Status);
    }

    // script gives a program a terminal; it ends its lines as terminals do.
    async Task<string> TerminalAsync(string line, int columns)
    {
        berth.Environments["COLUMNS"] = $"{columns}";
        berth.Environments["TERM"] = "xterm-256color";
        var run = await berth.ShellAsync($"script -qec '{line}' /dev/null");
        return run.Output.Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    static string Plain(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "\e\\[[0-9;?]*[a-zA-Z]|\e[=>]", "");

    static JsonArray Parse(Ran run)
    {
        Assert.Equal((0, ""), (run.Status, run.Error));
        return JsonNode.Parse(run.Bytes)!.AsArray();
    }

    static List<string> Column(Ran run, string question, int column) =>
        [
            .. run
                .Lines.Select(line => line.Split('\t'))
                .Where(cells => cells[0] == question)
                .Select(cells => cells[column]),
        ];

    static string First(string numbers) => numbers.Split('-')[0];

    static bool Holds(string[] cells, string place)
    {
        var (number, transport) = (place.Split('/')[0], place.Split('/')[1]);
        return cells[2] == transport
            && PortRange.TryParse(cells[1], out var range)
            && PortNumber.TryParse(number, out var port)
            && range.Contains(port);
    }
}
