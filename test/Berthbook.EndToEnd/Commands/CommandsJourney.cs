using System.Text;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary>The commands on a folder, their words and exit statuses (product.md "Server").</summary>
public sealed class CommandsJourney : IDisposable
{
    static readonly byte[] First = Small.Xml(
        Small.Record("one", "tcp", "1"),
        Small.Record("two", "udp", "2")
    );
    static readonly byte[] Second = Later(
        Small.Xml(Small.Record("one", "tcp", "1"), Small.Record("three", "udp", "3"))
    );

    readonly string folder = Directory.CreateTempSubdirectory("berthbook-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Imports_files_in_the_order_given_and_exports_any_revision()
    {
        var run = await Run("import", File("first.xml", First), File("second.xml", Second));
        Assert.Equal(0, run.Status);
        Assert.Contains(
            "first.xml: revision 1, records 2 added, 0 removed, 0 changed; contacts 1 added",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "second.xml: revision 2, records 1 added, 1 removed, 0 changed; contacts 0 added",
            run.Output,
            StringComparison.Ordinal
        );

        Assert.Equal(Second, (await Run("export", "xml")).Bytes);
        Assert.Equal(Second, (await Run("export", "xml", "-o", "-")).Bytes);
        Assert.Equal(First, (await Run("export", "xml", "--revision", "1")).Bytes);

        var written = Path.Combine(folder, "out.xml");
        Assert.Equal(0, (await Run("export", "xml", "-o", written, "--revision", "1")).Status);
        Assert.Equal(First, System.IO.File.ReadAllBytes(written));
        Assert.Equal(["out.xml"], Directory.GetFiles(folder, "out.xml*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task Takes_options_before_and_after_the_command()
    {
        var before = await RunBare("--data", Data, "import", File("first.xml", First));
        Assert.Equal((0, ""), (before.Status, before.Error));
        Assert.Equal(0, (await RunBare("verify", "--data", Data)).Status);
    }

    [Fact]
    public async Task Makes_no_revision_of_the_same_file()
    {
        await Run("import", File("first.xml", First));
        var run = await Run("import", File("first.xml", First));
        Assert.Equal(0, run.Status);
        Assert.Contains("nothing new, revision 1 stays", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_every_fault_with_its_place_and_changes_nothing()
    {
        await Run("import", File("first.xml", First));
        var faulty = File(
            "faulty.xml",
            Small.Xml(Small.Record("a", "tcp", "70000"), Small.Record("b", "icmp", "20-10"))
        );
        var run = await Run("import", faulty);
        Assert.Equal(3, run.Status);
        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Matches($@"\A{faulty}:\d+:\d+: ", line));
        Assert.Equal(First, (await Run("export", "xml")).Bytes);
    }

    [Fact]
    public async Task Keeps_the_files_before_the_faulty_one_and_says_so()
    {
        var run = await Run(
            "import",
            File("first.xml", First),
            File("faulty.xml", Small.Xml(Small.Record("a", "tcp", "70000"))),
            File("second.xml", Second)
        );
        Assert.Equal(3, run.Status);
        Assert.Contains(
            "of the others 1 before it are, and 1 after it are not",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(First, (await Run("export", "xml")).Bytes);
    }

    [Fact]
    public async Task Refuses_an_older_file_unless_it_is_allowed()
    {
        await Run("import", File("second.xml", Second));
        var run = await Run("import", File("first.xml", First));
        Assert.Equal(1, run.Status);
        Assert.Contains(
            "is dated 2026-01-02, the registry 2026-01-03; --allow-older",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(0, (await Run("import", File("first.xml", First), "--allow-older")).Status);
    }

    [Fact]
    public async Task Prints_no_control_characters_of_a_file()
    {
        var run = await Run("import", File("bell.csv", "Service Name,\u001b[2J\r\n"u8.ToArray()));
        Assert.Equal(3, run.Status);
        Assert.DoesNotContain('\u001b', run.Error);
    }

    [Fact]
    public async Task Verifies_backs_up_and_restores()
    {
        await Run("import", File("first.xml", First), File("second.xml", Second));
        Assert.StartsWith("whole: 2 revisions", (await Run("verify")).Output, StringComparison.Ordinal);

        var backup = Path.Combine(folder, "backup");
        Assert.Equal(0, (await Run("backup", backup)).Status);
        Directory.Delete(Data, recursive: true);
        Assert.Equal(0, (await Run("restore", backup)).Status);
        Assert.Equal(Second, (await Run("export", "xml")).Bytes);
    }

    [Fact]
    public async Task Names_the_revision_that_is_damaged()
    {
        await Run("import", File("first.xml", First), File("second.xml", Second));
        var database = Path.Combine(Data, "registry.db");
        var bytes = System.IO.File.ReadAllBytes(database);
        var place = bytes.AsSpan().IndexOf("The three protocol"u8);
        bytes[place] ^= 1;
        System.IO.File.WriteAllBytes(database, bytes);

        var run = await Run("verify");
        Assert.Equal(1, run.Status);
        Assert.Contains("revision 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_damaged_backup_and_keeps_what_is_there()
    {
        await Run("import", File("first.xml", First));
        var backup = Path.Combine(folder, "backup");
        await Run("backup", backup);
        var bytes = System.IO.File.ReadAllBytes(backup);
        bytes[bytes.Length / 2] ^= 1;
        System.IO.File.WriteAllBytes(backup, bytes);

        var run = await Run("restore", backup);
        Assert.Equal(3, run.Status);
        Assert.StartsWith($"berth-server: {backup}: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(First, (await Run("export", "xml")).Bytes);
    }

    // procedures K4
    [Fact]
    public async Task Erases_a_contact_from_every_revision()
    {
        await Run("import", File("first.xml", First), File("second.xml", Second));
        Assert.Equal(0, (await Run("erase", "Ada_Example", "--why", "asked for on paper")).Status);
        foreach (var revision in new[] { "1", "2" })
        {
            var text = Encoding.UTF8.GetString((await Run("export", "xml", "--revision", revision)).Bytes);
            Assert.DoesNotContain("Ada", text, StringComparison.OrdinalIgnoreCase);
        }
        var verified = await Run("verify");
        Assert.Equal(0, verified.Status);
        Assert.Contains(
            "contacts erased, whose texts are gone as they should: 1",
            verified.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(1, (await Run("erase", "Nobody", "--why", "asked")).Status);
    }

    [Theory]
    [InlineData(2, "export")]
    [InlineData(2, "export", "pdf")]
    [InlineData(2, "import")]
    [InlineData(2, "erase", "Ada_Example")]
    [InlineData(2, "erase", "Ada_Example", "--why", " ")]
    [InlineData(2, "sell")]
    [InlineData(2, "verify", "--no-such-option")]
    [InlineData(2, "verify", "--upstream", "nonsense")]
    [InlineData(2, "release", "--upstream", "none")]
    [InlineData(1, "release")]
    [InlineData(4, "import", "/nowhere/registry.xml")]
    [InlineData(4, "verify")]
    [InlineData(4, "export", "xml")]
    public async Task Ends_with_a_status_and_a_word(int status, params string[] command)
    {
        var run = await Run(command);
        Assert.Equal(status, run.Status);
        Assert.StartsWith("berth-server: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Finds_no_revision_that_is_not_there()
    {
        await Run("import", File("first.xml", First));
        var run = await Run("export", "xml", "--revision", "2");
        Assert.Equal((1, "berth-server: there is no revision 2; the last is 1\n"), (run.Status, run.Error));
    }

    [Fact]
    public async Task Says_who_holds_the_folder()
    {
        using var store = RegistryStore.Open(Data, TimeProvider.System);
        var run = await Run("import", File("first.xml", First));
        Assert.Equal(4, run.Status);
        Assert.Contains($"is in use by process {Environment.ProcessId}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_while_a_server_writes()
    {
        await Run("import", File("first.xml", First));
        using var store = RegistryStore.Open(Data, TimeProvider.System);
        Assert.Equal(First, (await Run("export", "xml")).Bytes);
        Assert.Equal(0, (await Run("verify")).Status);
        Assert.Equal(0, (await Run("backup", Path.Combine(folder, "backup"))).Status);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("import", "--help")]
    [InlineData("export", "--help")]
    public async Task Helps_in_80_columns(params string[] command)
    {
        var run = await Run(command);
        Assert.Equal(0, run.Status);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_examples_and_exit_statuses()
    {
        var help = (await Run("--help")).Output;
        Assert.Contains("berth-server import registry.xml.gz", help, StringComparison.Ordinal);
        Assert.Contains("Exit status:", help, StringComparison.Ordinal);
    }

    string Data => Path.Combine(folder, "data");

    string File(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    Task<Ran> Run(params string[] command) =>
        command.Contains("--data") ? RunBare(command) : RunBare([.. command, "--data", Data]);

    static async Task<Ran> RunBare(params string[] command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var bytes = new MemoryStream();
        var status = await CommandLine.RunAsync(command, new("berth-server", output, error, () => bytes));
        return new(status, output.ToString(), error.ToString(), bytes.ToArray());
    }

    static byte[] Later(byte[] file) =>
        Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(file).Replace("2026-01-02", "2026-01-03", StringComparison.Ordinal)
        );

    sealed record Ran(int Status, string Output, string Error, byte[] Bytes);
}
