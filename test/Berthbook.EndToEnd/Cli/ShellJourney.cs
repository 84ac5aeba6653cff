namespace Berthbook.Cli;

/// <summary>Help, completion and the manual page, as the shells and man load them.</summary>
public sealed class ShellJourney : IDisposable
{
    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Fact]
    public async Task Every_command_helps_in_80_columns_with_examples()
    {
        var commands = await CommandsAsync();
        Assert.Superset(
            new HashSet<string>
            {
                "lookup",
                "suggest",
                "check",
                "import",
                "sync",
                "export",
                "diff",
                "log",
                "verify",
                "completion",
                "man",
            },
            commands.ToHashSet()
        );
        Assert.DoesNotContain("complete", commands);
        foreach (var command in commands.Prepend(""))
        {
            var help = await berth.ShellAsync($"berth {command} --help");
            Assert.Equal((0, ""), (help.Status, help.Error));
            Assert.All(help.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
            Assert.Contains("Usage:", help.Output, StringComparison.Ordinal);
            Assert.Contains($"berth {command}".TrimEnd(), help.Output, StringComparison.Ordinal);
            Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        }
        Assert.Contains("Exit status:", (await berth.RunAsync("--help")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("berth ex", "export")]
    [InlineData("berth export ndj", "ndjson")]
    [InlineData("berth import --allow", "--allow-older")]
    [InlineData("berth --data . verify --js", "--json")]
    [InlineData("berth lookup jm", "jmap")]
    [InlineData("berth lookup 443 JM", "jmap")]
    public async Task Bash_completes(string line, string word)
    {
        await NeedsAsync("bash");
        var run = await berth.ShellAsync(BashScript(line) + "\nprintf '%s\\n' \"${COMPREPLY[@]}\"");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains(word, run.Lines);
    }

    // Nothing of ours: then bash completes files by itself.
    [Theory]
    [InlineData("berth import reg")]
    [InlineData("berth export csv -o out")]
    [InlineData("berth --data di")]
    public async Task Leaves_files_to_bash(string line)
    {
        await NeedsAsync("bash");
        var run = await berth.ShellAsync(BashScript(line) + "\necho ${#COMPREPLY[@]}; complete -p berth");
        Assert.Equal("0", run.Lines[0]);
        Assert.Contains("-o default", run.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("berth ex", "export")]
    [InlineData("berth export ndj", "ndjson")]
    [InlineData("berth import --allow", "--allow-older")]
    public async Task Fish_completes(string line, string word)
    {
        await NeedsAsync("fish");
        var script = berth.File(
            "try.fish",
            System.Text.Encoding.UTF8.GetBytes($"berth completion fish | source\ncomplete -C '{line}'\n")
        );
        var run = await berth.ShellAsync($"fish --no-config {script}");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains(run.Lines, found => found.Split('\t')[0] == word);
    }

    [Fact]
    public async Task Fish_completes_files_where_files_are_meant()
    {
        await NeedsAsync("fish");
        berth.File("registry.xml", []);
        var script = berth.File(
            "try.fish",
            "berth completion fish | source\ncomplete -C 'berth import regis'\n"u8.ToArray()
        );
        Assert.Contains(
            (await berth.ShellAsync($"fish --no-config {script}")).Lines,
            found => found.Split('\t')[0] == "registry.xml"
        );
    }

    [Theory]
    [InlineData("berth ex", "export:Write the local copy in one of its forms")]
    [InlineData("berth export ndj", "ndjson:")]
    [InlineData("berth import --allow", "--allow-older:Also take a file that is older than the local copy")]
    public async Task Zsh_completes(string line, string item)
    {
        await NeedsAsync("zsh");
        // What the completion system does for a function: the words, the place, and a builtin that takes the matches.
        var script = berth.File(
            "try.zsh",
            System.Text.Encoding.UTF8.GetBytes(
                $$"""
                autoload -Uz compinit && compinit -D -u
                eval "$(berth completion zsh)"
                (( ${+_comps[berth]} )) || exit 9
                _describe() { print -rl -- "${(@P)@[-1]}" }
                _files() { print -r -- FILES }
                words=({{line}})
                CURRENT=${#words}
                _berth
                words=(berth import '')
                CURRENT=3
                _berth

                """
            )
        );
        var run = await berth.ShellAsync($"zsh -f {script}");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains(item, run.Lines);
        Assert.Equal("FILES", run.Lines[^1]);
    }

    [Fact]
    public async Task Man_loads_the_page_without_a_warning()
    {
        await NeedsAsync("man");
        var page = await berth.ShellAsync(
            "berth man >berth.1 && MANWIDTH=80 man --warnings -l berth.1 | col -b"
        );
        Assert.Equal((0, ""), (page.Status, page.Error));
        foreach (var command in await CommandsAsync())
            Assert.Contains($"\n   {command}", page.Output, StringComparison.Ordinal);
        Assert.Contains("berth sync --accept", page.Output, StringComparison.Ordinal);
        Assert.Contains("EXIT STATUS", page.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_program_is_one_file_under_two_names()
    {
        Assert.SkipWhen(
            BerthProgram.Published is null,
            "BERTHBOOK_BERTH names no published program: the journeys ran on the build; ./check publishes it"
        );
        var folder = Path.GetDirectoryName(BerthProgram.Path)!;
        Assert.Equal(
            ["berth", "berthbook"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        var run = await berth.ShellAsync($"{folder}/berthbook --version");
        Assert.Equal((0, ""), (run.Status, run.Error));
        // A native program: no runtime beside it, none asked for.
        berth.Environments["DOTNET_ROOT"] = "/nowhere";
        Assert.Equal(0, (await berth.RunAsync("--version")).Status);
    }

    async Task<List<string>> CommandsAsync() =>
        [.. (await berth.RunAsync("complete", "--", "")).Lines.Select(line => line.Split('\t')[0])];

    static string BashScript(string line)
    {
        var words = line.Split(' ');
        return $"""
            eval "$(berth completion bash)"
            COMP_WORDS=({line})
            COMP_CWORD={words.Length - 1}
            _berth
            """;
    }

    async Task NeedsAsync(string program) =>
        Assert.SkipWhen(
            (await berth.ShellAsync($"command -v {program}")).Status != 0,
            $"there is no {program} here"
        );
}
