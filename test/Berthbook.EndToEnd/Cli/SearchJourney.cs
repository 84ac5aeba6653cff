using System.Text.Json.Nodes;

namespace Berthbook.Cli;

/// <summary><c>berth search</c>, of a local copy and of a server.</summary>
public sealed class SearchJourney(FullSizeServer full) : IDisposable
{
    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Fact]
    public async Task Answers_from_the_local_copy_and_from_a_server_alike()
    {
        TestData.Require();
        var packed = Path.Combine(TestData.Folder!, "pairs/2026-08-17/registry.xml.gz");
        Assert.Equal(0, (await berth.RunAsync("import", packed)).Status);
        var server = full.Server.Client.BaseAddress!.ToString();

        var local = await berth.RunAsync("search", "remote", "desktop", "--limit", "2");
        Assert.Equal((0, ""), (local.Status, local.Error));
        Assert.StartsWith(
            "service\tms-wbt-server\t3389/tcp\tMS WBT Server\tknown as ",
            local.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(2, local.Lines.Length);
        Assert.Equal(
            local.Output,
            (await berth.RunAsync("search", "remote desktop", "--limit", "2", "--server", server)).Output
        );

        var json = (JsonArray)JsonNode.Parse((await berth.RunAsync("search", "--json", "whois++")).Output)!;
        Assert.Equal(
            ("whois++", true, "whoispp"),
            ((string?)json[0]!["query"], (bool)json[0]!["found"]!, (string?)json[0]!["items"]![0]!["title"])
        );
    }

    [Theory]
    [InlineData(1, "nothing in the registry is called so or says so", "zzzzzzzzz")]
    [InlineData(2, "there is nothing to look for", " ")]
    [InlineData(2, "--limit: '0' is not a number from 1 to 100", "x", "--limit", "0")]
    public async Task Ends_with_the_status_of_what_happened(
        int status,
        string words,
        params string[] arguments
    )
    {
        var run = await berth.RunAsync(["search", .. arguments]);
        Assert.Equal(status, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
