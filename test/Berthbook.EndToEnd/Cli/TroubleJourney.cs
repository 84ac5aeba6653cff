using System.Diagnostics;

namespace Berthbook.Cli;

/// <summary>
/// What goes wrong around the program: disks, homes, signals, somebody else. Clear words, the right exit
/// status, nothing damaged.
/// </summary>
public sealed class TroubleJourney : IDisposable
{
    static readonly byte[] First = Small.Xml(Small.Record("one", "tcp", "1"));

    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    string Journal => Path.Combine(berth.Data, "journal");

    [Fact]
    public async Task A_closed_pipe_is_no_fault()
    {
        await ImportManyAsync();
        var run = await berth.ShellAsync("berth export csv | head -1; echo ${PIPESTATUS[0]}");
        Assert.Equal("", run.Error);
        Assert.Equal("0", run.Lines[^1]);
        Assert.StartsWith("Service Name,", run.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_output_is_told()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        await berth.RunAsync("import", berth.File("a.xml", First));
        var run = await berth.ShellAsync("berth export xml >/dev/full");
        Assert.Equal(4, run.Status);
        Assert.Contains("No space left", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, (await berth.ShellAsync("berth export xml -o /dev/full")).Status);
    }

    // The limit of a file's size stands for the disk that fills in the middle of writing.
    [Fact]
    public async Task A_disk_that_fills_leaves_the_old_copy()
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        var before = await File.ReadAllBytesAsync(Journal, Cancellation);
        berth.File("many.xml", Many);
        var run = await berth.ShellAsync("trap '' XFSZ; ulimit -f 16; berth import many.xml");
        Assert.Equal((4, ""), (run.Status, run.Output));
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Contains("nothing changed", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Journal, Cancellation));
        Assert.Empty(Directory.GetFiles(berth.Data, "*.tmp"));
        // With room again it works.
        Assert.Equal(0, (await berth.RunAsync("import", "many.xml")).Status);
    }

    [Fact]
    public async Task A_small_disk_that_is_full_leaves_the_old_copy()
    {
        var disk = berth.In("disk");
        Directory.CreateDirectory(disk);
        var mounted = await berth.ShellAsync($"mount -t tmpfs -o size=1m none {disk}");
        Assert.SkipWhen(mounted.Status != 0, $"no small disk can be mounted: {mounted.Error}");
        try
        {
            await berth.RunAsync("import", berth.File("a.xml", First), "--data", $"{disk}/copy");
            await berth.ShellAsync($"head -c 1020000 /dev/zero >{disk}/rest");
            var run = await berth.RunAsync("import", berth.File("many.xml", Many), "--data", $"{disk}/copy");
            Assert.Equal(4, run.Status);
            Assert.Contains("No space left", run.Error, StringComparison.Ordinal);
            Assert.Equal(First, (await berth.RunAsync("export", "xml", "--data", $"{disk}/copy")).Bytes);
            Assert.Equal(0, (await berth.RunAsync("verify", "--data", $"{disk}/copy")).Status);
        }
        finally
        {
            await berth.ShellAsync($"umount {disk}");
        }
    }

    // The signal that the size limit sends ends the program in the middle of writing, at the same place every time.
    [Fact]
    public async Task Ended_in_the_middle_of_writing_it_leaves_the_old_copy()
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        var before = await File.ReadAllBytesAsync(Journal, Cancellation);
        berth.File("many.xml", Many);
        var run = await berth.ShellAsync("ulimit -f 16; berth import many.xml; exit $?");
        Assert.Equal(128 + 25, run.Status); // SIGXFSZ
        // The control: it was in the middle.
        var half = Assert.Single(Directory.GetFiles(berth.Data, "journal.*.tmp"));
        Assert.Equal(16 * 1024, new FileInfo(half).Length);
        Assert.Equal(before, await File.ReadAllBytesAsync(Journal, Cancellation));
        Assert.Equal(First, (await berth.RunAsync("export", "xml")).Bytes);
        // And what it left is swept up.
        Assert.Equal(0, (await berth.RunAsync("import", "many.xml")).Status);
        Assert.Empty(Directory.GetFiles(berth.Data, "*.tmp"));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    public async Task A_signal_in_the_middle_damages_nothing(string signal, int status)
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        // Whoever runs the tests in the background ignores INT, and what is ignored is inherited.
        using var process = berth.Start("env", "--default-signal=INT", BerthProgram.Path, "import", "-");
        // It holds the copy and waits for the rest of its input.
        await process.StandardInput.BaseStream.WriteAsync(Many.AsMemory(0, 1000), Cancellation);
        await process.StandardInput.BaseStream.FlushAsync(Cancellation);
        await WaitUntilHeldAsync(process);
        await berth.ShellAsync($"kill -{signal} {process.Id}");
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(status, process.ExitCode);
        Assert.Equal(First, (await berth.RunAsync("export", "xml")).Bytes);
        Assert.Equal(0, (await berth.RunAsync(Many, "import", "-")).Status);
    }

    [Fact]
    public async Task A_second_import_waits_for_the_first()
    {
        berth.File("many.xml", Many);
        berth.File("a.xml", First);
        var both = await Task.WhenAll(
            berth.RunAsync("import", "many.xml"),
            berth.RunAsync("import", "a.xml"),
            berth.RunAsync("import", "many.xml", "a.xml")
        );
        Assert.All(both, run => Assert.Equal((0, ""), (run.Status, run.Error)));
        var verified = await berth.RunAsync("verify");
        Assert.Equal(0, verified.Status);
        Assert.Matches("whole: [2-4] revisions", verified.Output);
    }

    [Fact]
    public async Task A_second_import_is_told_who_holds_the_copy_and_readers_are_not_stopped()
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        using var process = berth.Start(BerthProgram.Path, "import", "-");
        await WaitUntilHeldAsync(process);
        Assert.Equal(First, (await berth.RunAsync("export", "xml")).Bytes);
        Assert.Equal(0, (await berth.RunAsync("verify")).Status);
        var run = await berth.RunAsync("import", "a.xml");
        Assert.Equal(4, run.Status);
        Assert.Contains($"is being written by process {process.Id};", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await BerthProgram.EndAsync(process, Many)).Status);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        // Nobody makes folders in /proc, not even root.
        berth.Environments["XDG_DATA_HOME"] = "/proc/self/data";
        var run = await berth.RunAsync(First, "import", "-");
        Assert.Equal((4, ""), (run.Status, run.Output));
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Contains("--data DIR", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await berth.RunAsync("lookup", "jmap")).Status);
    }

    [Fact]
    public async Task A_read_only_folder_is_read()
    {
        var disk = berth.In("disk");
        Directory.CreateDirectory(disk);
        var mounted = await berth.ShellAsync($"mount -t tmpfs -o size=4m none {disk}");
        Assert.SkipWhen(mounted.Status != 0, $"no disk can be mounted: {mounted.Error}");
        try
        {
            await berth.RunAsync("import", berth.File("a.xml", First), "--data", disk);
            // A lookup without an index cannot write one here, and answers all the same.
            File.Delete(Path.Combine(disk, "index"));
            await berth.ShellAsync($"mount -o remount,ro {disk}");
            Assert.Equal(First, (await berth.RunAsync("export", "xml", "--data", disk)).Bytes);
            Assert.Equal(0, (await berth.RunAsync("verify", "--data", disk)).Status);
            var run = await berth.RunAsync("import", "a.xml", "--data", disk);
            Assert.Equal(4, run.Status);
            Assert.Contains("Read-only file system", run.Error, StringComparison.Ordinal);
            var lookup = await berth.RunAsync("lookup", "one", "--data", disk);
            Assert.Equal((0, ""), (lookup.Status, lookup.Error));
        }
        finally
        {
            await berth.ShellAsync($"umount {disk}");
        }
    }

    // Enough that the journal is larger than the limits above.
    internal static byte[] Many { get; } =
        Small.Xml([.. Enumerable.Range(1, 2000).Select(i => Small.Record($"name{i}", "tcp", $"{i}"))]);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task ImportManyAsync() =>
        Assert.Equal(0, (await berth.RunAsync("import", berth.File("many.xml", Many))).Status);

    // Until the lock names the process, or the process ended.
    async Task WaitUntilHeldAsync(Process process)
    {
        var holder = Path.Combine(berth.Data, "lock.holder");
        while (!process.HasExited && await File.ReadAllTextAsync(holder, Cancellation) != $"{process.Id}")
            await Task.Yield();
    }
}
