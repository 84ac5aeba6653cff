using System.Text.Json.Nodes;
using Berthbook.Api;

namespace Berthbook.Cli;

/// <summary>What <c>--json</c> prints is what docs/cli.schema.json says, to the last member.</summary>
public sealed class JsonJourney : IDisposable
{
    static readonly JsonNode Definitions = JsonNode.Parse(
        File.ReadAllText(Path.Combine(ReadmeTests.Root(), "docs", "cli.schema.json"))
    )!["$defs"]!;

    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Theory]
    [InlineData("lookup", "lookup 1 1/tcp 1-40 one nosuch 70000 ONE/udp 50000")]
    [InlineData("search", "search protocol")]
    [InlineData("search", "search nothing-like-it-at-all")]
    [InlineData("suggest", "suggest --count 2 --near 8000")]
    [InlineData("explain", "suggest --explain 1 --explain 8013")]
    [InlineData("check", "check services.txt")]
    [InlineData("check", "check nosuch.txt")]
    [InlineData("request", "request check good.json taken.json faulty.json header.json")]
    [InlineData("import", "import b.xml")]
    [InlineData("import", "import a.xml")]
    [InlineData("import", "import faulty.xml")]
    [InlineData("import", "sync http://127.0.0.1:1/")]
    [InlineData("diff", "diff 1 2")]
    [InlineData("diff", "diff 2 2")]
    [InlineData("log", "log")]
    [InlineData("logOf", "log one")]
    [InlineData("verify", "verify")]
    public async Task Prints_what_the_schema_says(string definition, string command)
    {
        berth.File("services.txt", "one 1/tcp\nuno 1/udp\nten 10/ddp\n"u8.ToArray());
        berth.File(
            "good.json",
            """{"kind":"de-assign","name":"two","outOfUse":"x","role":"assignee"}"""u8.ToArray()
        );
        berth.File("taken.json", """{"kind":"assign","name":"one","port":1}"""u8.ToArray());
        berth.File(
            "header.json",
            """{"kind":"header","role":"registrar","header":{"note":"n"}}"""u8.ToArray()
        );
        berth.File("faulty.json", """{"kind":"assign","port":70000}{"""u8.ToArray());
        berth.File("faulty.xml", Small.Xml(Small.Record("a", "tcp", "70000")));
        berth.File(
            "a.xml",
            Small.Xml(Small.Record("one", "tcp", "1"), Small.Nameless("Unassigned", null, "2-9"))
        );
        berth.File(
            "b.xml",
            Small.Xml(
                Small.Record("one", "tcp", "7"),
                Small.Record("two", "udp", "2", "\n    <note>a</note>")
            )
        );
        Assert.Equal(0, (await berth.RunAsync("import", "a.xml", "b.xml")).Status);
        var run = await berth.ShellAsync($"berth --json {command}");
        var printed = JsonNode.Parse(run.Bytes);
        var check = new JsonSchemaCheck(
            new JsonObject { ["components"] = new JsonObject { ["schemas"] = Definitions.DeepClone() } }
        );
        Assert.Empty(check.Faults(printed, Definitions[definition]!, definition));
    }
}
