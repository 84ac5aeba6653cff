using System.Text;
using System.Text.Json.Nodes;

namespace Berthbook.Cli;

/// <summary>A registry comes into the local copy, changes, and leaves it in every form.</summary>
public sealed class LocalCopyJourney : IDisposable
{
    static readonly byte[] First = Small.Xml(
        Small.Record("one", "tcp", "1"),
        Small.Record("two", "udp", "2")
    );
    static readonly byte[] Second = Later(
        Small.Xml(Small.Record("one", "tcp", "1"), Small.Record("three", "udp", "3"))
    );

    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Fact]
    public async Task The_registry_of_IANA_comes_in_and_goes_out_to_the_byte()
    {
        TestData.Require();
        var xml = TestData.Unzip("pairs/2026-02-13/registry.xml.gz");
        var packed = Path.Combine(TestData.Folder!, "pairs/2026-02-13/registry.xml.gz");
        var run = await berth.RunAsync("import", packed);
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("revision 1, records 14,499 added", run.Output, StringComparison.Ordinal);

        Assert.Equal(xml, (await berth.RunAsync("export", "xml")).Bytes);
        Assert.Equal(
            TestData.Unzip("pairs/2026-02-13/registry.csv.gz"),
            (await berth.RunAsync("export", "csv")).Bytes
        );
        var json = (await berth.RunAsync("export", "json")).Bytes;
        Assert.Equal(0, (await berth.RunAsync(json, "import", "-", "--data", "other")).Status);
        Assert.Equal(xml, (await berth.RunAsync("export", "xml", "--data", "other")).Bytes);
        foreach (var form in new[] { "html", "txt", "ndjson", "services" })
            Assert.True((await berth.RunAsync("export", form)).Bytes.Length > 300_000, form);

        var older = Path.Combine(TestData.Folder!, "pairs/2025-09-22/registry.csv.gz");
        Assert.Equal(1, (await berth.RunAsync("diff", "1", older)).Status);
        Assert.Equal(0, (await berth.RunAsync("diff", "1", packed)).Status);
        Assert.StartsWith(
            "whole: 1 revisions",
            (await berth.RunAsync("verify")).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "14,499 records",
            (
                await berth.ShellAsync(
                    "berth export ndjson | grep -c '^{\"id\"' | sed 's/14499/14,499 records/'"
                )
            ).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Imports_files_in_the_order_given_and_exports_any_revision()
    {
        var run = await berth.RunAsync("import", berth.File("a.xml", First), berth.File("b.xml", Second));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains(
            "revision 2, records 1 added, 1 removed, 0 changed",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(First, (await berth.RunAsync("export", "xml", "--revision", "1")).Bytes);
        Assert.Equal(Second, (await berth.RunAsync("export", "xml", "-o", "-")).Bytes);
        Assert.Equal(0, (await berth.RunAsync("export", "xml", "-o", "out.xml")).Status);
        Assert.Equal(Second, await File.ReadAllBytesAsync(berth.In("out.xml"), Cancellation));
        Assert.Equal(1, (await berth.RunAsync("export", "xml", "--revision", "3")).Status);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            new DirectoryInfo(berth.Data).UnixFileMode
        );
    }

    [Fact]
    public async Task Takes_a_services_file()
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        var services = (await berth.RunAsync("export", "services")).Bytes;
        Assert.Equal(0, (await berth.RunAsync(services, "import", "-", "--data", "other")).Status);
        var found = await berth.RunAsync("lookup", "two", "--data", "other");
        Assert.Equal((0, ""), (found.Status, found.Error));
        Assert.StartsWith("two\t2\tudp\tAssigned\ttwo\t", found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_no_revision_of_the_same_bytes()
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        var run = await berth.RunAsync(First, "import", "-");
        Assert.Equal((0, "standard input: nothing new, revision 1 stays\n"), (run.Status, run.Output));
    }

    [Fact]
    public async Task Tells_every_fault_with_its_place_and_changes_nothing()
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        var faulty = berth.File("faulty.xml", Small.Xml(Small.Record("a", "tcp", "70000")));
        var before = await File.ReadAllBytesAsync(Path.Combine(berth.Data, "journal"), Cancellation);
        foreach (
            var run in new[]
            {
                await berth.RunAsync("import", faulty),
                await berth.RunAsync("diff", "1", faulty),
            }
        )
        {
            Assert.Equal(3, run.Status);
            Assert.Matches($@"\A{faulty}:\d+:\d+: ", run.Error);
        }
        var json = JsonNode.Parse((await berth.RunAsync("import", "--json", faulty)).Bytes)![0]!;
        Assert.Equal("invalid", (string?)json["outcome"]);
        Assert.Equal(10, (int)json["faults"]![0]!["line"]!);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(berth.Data, "journal"), Cancellation));
    }

    [Fact]
    public async Task Refuses_an_older_file_unless_it_is_allowed()
    {
        await berth.RunAsync("import", berth.File("b.xml", Second));
        var run = await berth.RunAsync("import", berth.File("a.xml", First));
        Assert.Equal(1, run.Status);
        Assert.Contains("--allow-older", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await berth.RunAsync("import", "a.xml", "--allow-older")).Status);
        Assert.Equal(First, (await berth.RunAsync("export", "xml")).Bytes);
    }

    [Fact]
    public async Task Tells_what_is_different_between_revisions_days_and_files()
    {
        await berth.RunAsync("import", berth.File("a.xml", First), berth.File("b.xml", Second));
        string[] expected =
        [
            "headerChanged\t\t\t\tupdated\t2026-01-02\t2026-01-03",
            "recordRemoved\ttwo\t2\tudp\t\tThe two protocol\t",
            "recordAdded\tthree\t3\tudp\t\t\tThe three protocol",
        ];
        string[][] pairs =
        [
            ["1", "2"],
            ["2026-01-02", "2026-06-30"],
            ["a.xml", "b.xml"],
            ["1", "b.xml"],
        ];
        foreach (var pair in pairs)
        {
            var run = await berth.RunAsync(["diff", .. pair]);
            Assert.Equal((1, ""), (run.Status, run.Error));
            Assert.Equal(expected, run.Lines);
        }
        Assert.Equal(0, (await berth.RunAsync("diff", "2", "2")).Status);
        Assert.Equal(0, (await berth.RunAsync(Second, "diff", "2", "-")).Status);
        var json = JsonNode.Parse((await berth.RunAsync("diff", "1", "2", "--json")).Bytes)!;
        Assert.Equal(
            ["headerChanged", "recordRemoved", "recordAdded"],
            json["changes"]!.AsArray().Select(change => (string)change!["kind"]!)
        );
        Assert.Equal(1, (await berth.RunAsync("diff", "1", "7")).Status);
        Assert.Equal(1, (await berth.RunAsync("diff", "2025-01-01", "2")).Status);
        Assert.Equal(4, (await berth.RunAsync("diff", "1", "nosuch.xml")).Status);
    }

    [Fact]
    public async Task Tells_the_history_of_all_and_of_one()
    {
        await berth.RunAsync("import", berth.File("a.xml", First), berth.File("b.xml", Second));
        var all = (await berth.RunAsync("log")).Lines;
        Assert.Equal(["2\t2026-01-03", "1\t2026-01-02"], all.Select(line => line[..12]));
        Assert.Equal(
            [
                "2\t2026-01-03\trecordRemoved\ttwo\t2\tudp\t\tThe two protocol\t",
                "1\t2026-01-02\trecordAdded\ttwo\t2\tudp\t\t\tThe two protocol",
            ],
            (await berth.RunAsync("log", "TWO")).Lines
        );
        Assert.Single((await berth.RunAsync("log", "3/udp")).Lines);
        Assert.Equal(1, (await berth.RunAsync("log", "3/tcp")).Status);
        Assert.Equal(2, (await berth.RunAsync("log", "70000")).Status);
        var json = JsonNode.Parse((await berth.RunAsync("log", "two", "--json")).Bytes)!.AsArray();
        Assert.Equal([2, 1], json.Select(revision => (int)revision!["revision"]!));
        Assert.Equal("recordRemoved", (string?)json[0]!["changes"]![0]!["kind"]);
    }

    [Theory]
    [InlineData(2, "export")]
    [InlineData(2, "export", "pdf")]
    [InlineData(2, "import")]
    [InlineData(2, "diff", "1")]
    [InlineData(2, "sync", "nonsense")]
    [InlineData(2, "sync", "--timeout", "0")]
    [InlineData(2, "sell")]
    [InlineData(4, "import", "/nowhere/registry.xml")]
    [InlineData(4, "verify")]
    [InlineData(4, "log")]
    [InlineData(4, "diff", "1", "2")]
    [InlineData(4, "export", "xml")]
    public async Task Ends_with_a_status_and_a_word(int status, params string[] command)
    {
        var run = await berth.RunAsync(command);
        Assert.Equal(status, run.Status);
        Assert.StartsWith("berth: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static byte[] Later(byte[] file) =>
        Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(file).Replace("2026-01-02", "2026-01-03", StringComparison.Ordinal)
        );
}
