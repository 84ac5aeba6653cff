using Berthbook.Api;
using Berthbook.Cli;
using Berthbook.Server.Accounts;

namespace Berthbook;

/// <summary>The examples of the README, run with a server and a home as a fresh start without a network has them.</summary>
public class ReadmeTests
{
    [Fact]
    public async Task The_readmes_examples_print_what_it_says()
    {
        var examples = await ExamplesAsync("console");
        Assert.True(examples.Count >= 3);
        await using var server = await RunningServer.StartAsync([]);
        using var berth = new BerthProgram();
        await TryAsync(examples, server, berth);
    }

    [Fact]
    public async Task The_readmes_examples_of_requests_print_what_it_says()
    {
        var examples = await ExamplesAsync("console own");
        Assert.True(examples.Count >= 3);
        await using var own = await RequestsServer.StartAsync();
        using var berth = new BerthProgram();
        berth.Environments["BERTHBOOK_TOKEN"] = own.NewToken("ada", TokenScope.Act);
        await TryAsync(examples, own.Server, berth);
    }

    static async Task TryAsync(
        List<(string Command, string Printed)> examples,
        RunningServer server,
        BerthProgram berth
    )
    {
        foreach (var (command, expected) in examples)
        {
            var run = await berth.ShellAsync(
                command.Replace(
                    "localhost:8080",
                    server.Client.BaseAddress!.Authority,
                    StringComparison.Ordinal
                )
            );
            Assert.Equal(expected, run.Output.TrimEnd());
        }
    }

    // Blocks of a kind: a line that begins with "$ " is run, the lines below it are what it prints.
    static async Task<List<(string Command, string Printed)>> ExamplesAsync(string kind)
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(Root(), "README.md"),
            TestContext.Current.CancellationToken
        );
        List<(string, string)> examples = [];
        foreach (var block in readme.Split($"```{kind}\n").Skip(1).Select(rest => rest.Split("\n```")[0]))
        {
            foreach (var example in $"\n{block}".Split("\n$ ").Skip(1))
            {
                var lines = example.Split('\n', 2);
                examples.Add((lines[0], lines.Length > 1 ? lines[1].TrimEnd() : ""));
            }
        }
        return examples;
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Berthbook.slnx")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
