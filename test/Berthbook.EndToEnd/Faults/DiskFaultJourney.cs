using System.Diagnostics;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Storage;

namespace Berthbook.Faults;

/// <summary>
/// The disk fails in every way that a system call can tell (reliability P4): what was answered with yes is there after the next
/// start, what was not is there whole or not at all, and reading goes on.
/// </summary>
public sealed class DiskFaultJourney : IDisposable
{
    const int Steps = 20;
    const string Lost = "was answered with yes and is lost";

    static readonly string[] Calls =
    [
        "pwrite64",
        "write",
        "fdatasync",
        "fsync",
        "ftruncate",
        "openat",
        "rename",
        "unlink",
    ];

    readonly string folder = Directory.CreateTempSubdirectory("berthbook-disk-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public async Task A_disk_error_never_turns_into_a_false_yes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        var promise = new Promise(
            "disk-faults",
            "EIO or ENOSPC from any system call on the database: no false yes, nothing half done, reads go on",
            0
        );
        OwnFolder.Make(Path.Combine(folder, "template"));
        var injected = Calls.ToDictionary(call => call, _ => 0);
        var (voids, faults) = (0, new List<string>());
        foreach (var call in Calls)
        {
            foreach (var error in (string[])["EIO", "ENOSPC"])
            {
                // Every call of the scenario, or few of them.
                for (var at = 1; at <= 60; at += Counts.Of(20, 1))
                {
                    var run = await RunAsync(call, error, at);
                    if (run.Injected == 0)
                    {
                        // There is no such call so late; nor any later one.
                        voids++;
                        break;
                    }
                    injected[call] += run.Injected;
                    promise.Tried++;
                    promise.Unknown += run.Unknown;
                    promise.Failed += run.Faults.Count > 0 ? 1 : 0;
                    faults.AddRange(run.Faults.Select(fault => $"{call} {error} at {at}: {fault}"));
                }
            }
        }
        promise.Control = ("a program that takes no notice of how a commit ended", await FalseYesAsync());
        promise.Record();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{promise.Tried} runs with errors injected ({string.Join(", ", injected.Select(pair => $"{pair.Key} {pair.Value}"))}), {voids} ends without; {promise.Unknown} answers unknown; the control found {promise.Control.Failed}"
        );
        Assert.Empty(faults);
        Assert.True(
            injected["pwrite64"] > 0
                && injected["fsync"] + injected["fdatasync"] > 0
                && injected["openat"] > 0,
            "void: too little was injected"
        );
        Assert.True(promise.Control.Failed > 0, "void: the control told no false yes");
    }

    // How often the program without the protection says yes to what is lost.
    async Task<int> FalseYesAsync()
    {
        var run = await RunAsync("pwrite64", "EIO", 30, toLast: true, program: "heedless-disk");
        return run.Faults.Count(fault => fault.EndsWith(Lost, StringComparison.Ordinal));
    }

    async Task<(int Injected, int Unknown, List<string> Faults)> RunAsync(
        string call,
        string error,
        int at,
        bool toLast = false,
        string program = "disk"
    )
    {
        var data = Path.Combine(folder, "data");
        if (Directory.Exists(data))
            Directory.Delete(data, true);
        Directory.CreateDirectory(data);
        File.Copy(Path.Combine(folder, "template", "registry.db"), Path.Combine(data, "registry.db"));
        var trace = Path.Combine(folder, "trace");
        var database = Path.Combine(data, "registry.db");
        string[] arguments =
        [
            "-f",
            "-qq",
            "-o",
            trace,
            "-e",
            $"trace={call}",
            "-e",
            $"inject={call}:error={error}:when={at}{(toLast ? "+" : "")}",
            "-P",
            database,
            "-P",
            database + "-wal",
            "-P",
            database + "-shm",
            "-P",
            data,
            Path.Combine(AppContext.BaseDirectory, "Berthbook.CrashControl"),
            program,
            data,
            $"{Steps}",
        ];
        using var process = Process.Start(
            new ProcessStartInfo("strace", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var reading = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var lines = (await reading).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // One line a call, with this mark where it was made to fail.
        var injected = (await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken)).Count(
            line => line.EndsWith("(INJECTED)", StringComparison.Ordinal)
        );
        var faults = new List<string>();
        if (
            lines.Length == 0
            || !(lines[^1] is "end" || lines[^1].StartsWith("closed ", StringComparison.Ordinal))
        )
            faults.Add(
                $"it ended without a word: {string.Join(" | ", lines.TakeLast(3))} {await complaints}"
            );
        faults.AddRange(
            lines.Where(line => line is "blind" || line.StartsWith("refused ", StringComparison.Ordinal))
        );
        var yes = Names(lines, "yes");
        var no = Names(lines, "no");
        faults.AddRange(await JudgeAsync(data, yes, no));
        return (injected, no.Intersect(Present(data)).Count(), faults);
    }

    // After a clean start: what was yes is there, all is whole, and it takes requests again.
    static async Task<List<string>> JudgeAsync(string data, List<string> yes, List<string> no)
    {
        var faults = new List<string>();
        try
        {
            using (var store = RegistryStore.Open(data, TimeProvider.System))
            using (var requests = new RequestStore(store, RuleSettings.Default, TimeProvider.System))
            {
                var there = requests
                    .List(new() { Count = 1000, IsPublic = false })
                    .Requests.Select(request => request.Document.Name!)
                    .ToList();
                faults.AddRange(yes.Except(there).Select(name => $"{name} {Lost}"));
                faults.AddRange(
                    there
                        .GroupBy(name => name)
                        .Where(same => same.Count() > 1)
                        .Select(same => $"{same.Key} is there twice")
                );
                faults.AddRange(
                    there.Except(yes).Except(no).Select(name => $"{name} is there and was never asked for")
                );
                if (requests.Find(1) is { } first && first.State != RequestState.Assigned)
                    faults.Add($"request 1 is {first.State}");
                var next = await requests.SubmitAsync(
                    [
                        RequestFormat
                            .Read(
                                System.Text.Encoding.UTF8.GetBytes(
                                    DecidingClients.DocumentOf("after-fault", 1, null)
                                )
                            )
                            .Document!,
                    ],
                    false,
                    new(
                        new Actor
                        {
                            Account = 1,
                            Name = "Somebody 1",
                            Email = OwnFolder.AddressOf(1),
                        }
                    )
                    {
                        Name = "request.submit",
                    }
                );
                if (next.Refusal is { } refusal)
                    faults.Add($"after it: {refusal.Words}");
            }
            faults.AddRange(RegistryStore.Verify(data).Faults);
        }
        catch (Exception e)
            when (e is StorageException or IOException or Microsoft.Data.Sqlite.SqliteException)
        {
            faults.Add($"it does not start again: {e.Message}");
        }
        return faults;
    }

    static List<string> Names(string[] lines, string word) =>
        [
            .. lines
                .Where(line => line.StartsWith(word + " ", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[1]),
        ];

    static List<string> Present(string data)
    {
        using var connection = KeptFolder.Open(data);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_extract(CAST(document AS TEXT), '$.name') FROM request";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }
}
