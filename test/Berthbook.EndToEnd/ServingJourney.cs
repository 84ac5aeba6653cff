using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Berthbook.Formats;
using Berthbook.Storage;

namespace Berthbook.Server;

/// <summary>The program itself: how it starts, what it serves first, how it ends (product.md "Server").</summary>
public sealed class ServingJourney : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly string folder = Directory.CreateTempSubdirectory("berthbook-").FullName;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Begins_a_registry_of_ones_own_with_the_edges_of_the_ranges()
    {
        await using var server = await Serve("--upstream", "none");
        var ready = await server.Ready();
        Assert.Equal(1, (int)ready["revision"]!);
        using var store = RegistryStore.OpenForReading(Data);
        Assert.Equal(6, store.History.Current!.Records.Length);
        Assert.Equal((6, 0, 0), Counts(store));
        Assert.Matches("(?m)^berthbook_revision\\{.*\\} 1$", await server.Measures());
    }

    [Fact]
    public async Task Imports_the_file_that_is_named_and_nothing_the_second_time()
    {
        var file = File("registry.xml", Small.Xml(Small.Record("one", "tcp", "1")));
        await using (var first = await Serve("--upstream", "none", "--import", file))
            Assert.Equal(1, (int)(await first.Ready())["revision"]!);
        await using (var second = await Serve("--upstream", "none", "--import", file))
            Assert.Equal(1, (int)(await second.Ready())["revision"]!);
    }

    [Fact]
    public async Task Serves_nothing_where_the_file_has_faults()
    {
        var file = File("registry.xml", Small.Xml(Small.Record("one", "tcp", "70000")));
        await using var server = Start("--upstream", "none", "--import", file);
        Assert.Equal(3, await server.Exit());
        Assert.StartsWith($"{file}:", await server.Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_from_the_journal_where_the_file_is_older()
    {
        var older = Small.Xml(Small.Record("one", "tcp", "1"));
        var newer = XmlFormat.Write(
            new(
                Small.Of().Header.WithUpdated(new(new DateOnly(2026, 5, 1))),
                Small.Of(Small.Record("two", "tcp", "2")).Records,
                Small.Of().Contacts
            )
        );
        await using (var first = await Serve("--upstream", "none", "--import", File("newer.xml", newer))) { }
        await using var second = await Serve("--upstream", "none", "--import", File("older.xml", older));
        Assert.Equal("2026-05-01", (string?)(await second.Ready())["updated"]);
    }

    [Fact]
    public async Task Lets_only_one_process_write_a_folder()
    {
        await using var first = await Serve("--upstream", "none");
        await using var second = Start("--upstream", "none");
        Assert.Equal(4, await second.Exit());
        Assert.Contains(
            $"is in use by process {first.Id} (berth-server)",
            await second.Errors(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Says_that_the_port_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var server = Start("--upstream", "none", "--urls", $"http://{taken.LocalEndpoint}");
        Assert.Equal(4, await server.Exit());
        Assert.StartsWith(
            "berth-server: cannot listen on http://127.0.0.1:",
            await server.Errors(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(server.Lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://192.0.2.1:8080")]
    [InlineData("https://127.0.0.1:0")]
    public async Task Says_that_it_cannot_listen_there(string url)
    {
        await using var server = Start("--upstream", "none", "--urls", url);
        Assert.Equal(4, await server.Exit());
        Assert.StartsWith(
            $"berth-server: cannot listen on {url}: ",
            await server.Errors(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ends_when_it_is_told_to_and_lets_go_of_the_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals");
        await using var server = await Serve("--upstream", "none");
        using (var kill = Process.Start("kill", ["-TERM", $"{server.Id}"]))
            await kill.WaitForExitAsync(Cancellation);
        Assert.Equal(0, await server.Exit());
        using var store = RegistryStore.Open(Data, TimeProvider.System);
        Assert.True(store.Verify().IsWhole);
    }

    [Fact]
    public async Task Logs_a_line_of_JSON_an_event()
    {
        await using var server = await Serve("--upstream", "none");
        await server.Ready();
        var listening = server.Lines.First(line => line.Contains("Now listening", StringComparison.Ordinal));
        var logged = JsonNode.Parse(listening)!;
        Assert.Equal("Information", (string?)logged["LogLevel"]);
        Assert.EndsWith("Z", (string?)logged["Timestamp"], StringComparison.Ordinal);
    }

    string Data => Path.Combine(folder, "data");

    static (int, int, int) Counts(RegistryStore store)
    {
        var counts = store.History.Revisions[0].Records;
        return (counts.Added, counts.Removed, counts.Changed);
    }

    string File(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    Program Start(params string[] arguments) =>
        new([
            .. arguments,
            "--data",
            Data,
            .. arguments.Contains("--urls") ? [] : new[] { "--urls", "http://127.0.0.1:0" },
        ]);

    async Task<Program> Serve(params string[] arguments)
    {
        var program = Start(arguments);
        await program.Listening;
        return program;
    }

    /// <summary>The built program, running.</summary>
    sealed class Program : IAsyncDisposable
    {
        readonly Process process;
        readonly TaskCompletionSource<Uri> listening = new();
        readonly Task<string> errors;

        public Program(string[] arguments)
        {
            var start = new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "berth-server"),
                arguments
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            process = new() { StartInfo = start, EnableRaisingEvents = true };
            process.OutputDataReceived += (_, line) => Hear(line.Data);
            process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("it ended"));
            process.Start();
            process.BeginOutputReadLine();
            errors = process.StandardError.ReadToEndAsync(Cancellation);
        }

        public int Id => process.Id;

        public List<string> Lines { get; } = [];

        public Task<Uri> Listening => listening.Task.WaitAsync(Patience, Cancellation);

        public async Task<JsonNode> Ready()
        {
            using var client = new HttpClient { BaseAddress = await Listening };
            return JsonNode.Parse(await client.GetStringAsync("/readyz", Cancellation))!;
        }

        public async Task<string> Measures()
        {
            using var client = new HttpClient { BaseAddress = await Listening };
            return await client.GetStringAsync("/metrics", Cancellation);
        }

        public async Task<int> Exit()
        {
            await process.WaitForExitAsync(Cancellation).WaitAsync(Patience, Cancellation);
            return process.ExitCode;
        }

        public Task<string> Errors() => errors;

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        void Hear(string? line)
        {
            const string Words = "Now listening on: ";
            if (line is null)
                return;
            Lines.Add(line);
            var place = line.IndexOf(Words, StringComparison.Ordinal);
            if (place >= 0)
                listening.TrySetResult(new(line[(place + Words.Length)..].Split('"')[0]));
        }
    }
}
