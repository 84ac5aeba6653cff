using System.Diagnostics;
using System.Text;
using Berthbook.Formats;
using Berthbook.Storage;

namespace Berthbook;

/// <summary>An import killed at any moment leaves the whole revision or none, and never less than it acknowledged.</summary>
public sealed class CrashJourney : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("berthbook-crash-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    string Data => Path.Combine(folder, "data");

    [Fact]
    public async Task An_import_killed_at_any_moment_leaves_the_whole_revision_or_none()
    {
        var (before, after) = Files();
        var promise = new Promise(
            "import-kill",
            "an import killed at any moment: the whole revision or none, and all that was acknowledged",
            20260101
        );
        var random = new Random(promise.Seed);
        var window = await Measure("berth-server", Arguments, after);
        var inside = 0;
        var tries = Counts.Of(5, 50);
        var writing = window.Writing;
        // Two of three are aimed between the first write and the acknowledgement, the others anywhere; where the
        // machine's pace made too few of them hit, more are aimed.
        for (
            ;
            promise.Tried < tries || (inside * 3 < promise.Tried && promise.Tried < tries * 10);
            promise.Tried++
        )
        {
            var isAimed = promise.Tried % 3 < 2 || promise.Tried >= tries;
            var kill = await Kill(
                "berth-server",
                Arguments,
                isAimed ? null : random.NextDouble() * window.Whole,
                random.NextDouble() * writing
            );
            inside += kill.IsInside ? 1 : 0;
            if (isAimed && kill.IsAcknowledged)
                writing *= 0.6;
            promise.Unknown += kill.IsAcknowledged ? 0 : 1;
            if (!IsWhole(before, after, kill.IsAcknowledged))
                promise.Failed++;
        }
        promise.Control = ("acknowledged before the commit", await ControlLosses(before, after, random));
        promise.Record();
        Assert.Equal(0, promise.Failed);
        Assert.True(
            inside * 3 >= promise.Tried,
            $"only {inside} of {promise.Tried} kills fell between first write and acknowledgement"
        );
        Assert.True(promise.Control.Failed > 0, "void: the control lost nothing");
    }

    async Task<int> ControlLosses(byte[] before, byte[] after, Random random)
    {
        var window = await Measure("Berthbook.CrashControl", ControlArguments, after);
        for (var tries = 0; tries < 150; tries++)
        {
            var kill = await Kill(
                "Berthbook.CrashControl",
                ControlArguments,
                null,
                window.Acknowledged + random.NextDouble() * 2,
                waitsForAcknowledgement: true
            );
            if (kill.IsAcknowledged && !IsWhole(before, after, kill.IsAcknowledged))
                return 1;
        }
        return 0;
    }

    // What the first file and the second one make; small without full-size data.
    (byte[] Before, byte[] After) Files()
    {
        var (before, after) = TestData.Folder is null
            ? (Many(1, 3000), Many(2, 6000))
            : (TestData.Unzip("history/2015-05-04.xml.gz"), TestData.Unzip("iana/2026-03-06.xml.gz"));
        File.WriteAllBytes(Path.Combine(folder, "before.xml"), before);
        File.WriteAllBytes(Path.Combine(folder, "after.xml"), after);
        using var store = RegistryStore.Open(Path.Combine(folder, "template"), TimeProvider.System);
        var outcome = store.PrepareImport(
            XmlFormat.Read(before).Registry!,
            new("before.xml", 1, new string('0', 64), null),
            "test",
            "test",
            false
        );
        store.Append(Assert.IsType<Journal.ImportOutcome.Ready>(outcome).Draft);
        return (before, after);
    }

    static byte[] Many(int day, int count) =>
        Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(
                    Small.Xml([
                        .. Enumerable.Range(1, count).Select(i => Small.Record($"name-{i}", "tcp", $"{i}")),
                    ])
                )
                .Replace("2026-01-02", $"2026-01-0{day}", StringComparison.Ordinal)
        );

    string[] Arguments => ["import", Path.Combine(folder, "after.xml"), "--data", Data];

    string[] ControlArguments => ["import", Path.Combine(folder, "after.xml"), Data];

    void Reset()
    {
        if (Directory.Exists(Data))
            Directory.Delete(Data, true);
        Directory.CreateDirectory(Data);
        File.Copy(Path.Combine(folder, "template", "registry.db"), Path.Combine(Data, "registry.db"));
    }

    // How long an undisturbed run takes, and how long after its first write it acknowledges and ends, in milliseconds.
    async Task<(double Whole, double Writing, double Acknowledged)> Measure(
        string program,
        string[] arguments,
        byte[] after
    )
    {
        Reset();
        using var process = Start(program, arguments);
        var start = Stopwatch.GetTimestamp();
        await Task.Run(() => SpinUntil(() => HasWritten() || process.HasExited, double.MaxValue));
        var first = Stopwatch.GetTimestamp();
        var line = await process.StandardOutput.ReadLineAsync();
        var acknowledged = Stopwatch.GetElapsedTime(first).TotalMilliseconds;
        Assert.Contains("revision 2", line, StringComparison.Ordinal);
        await process.WaitForExitAsync();
        using (var store = RegistryStore.OpenForReading(Data))
            Assert.True(XmlFormat.Write(store.History.Current!).AsSpan().SequenceEqual(after));
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, acknowledged, acknowledged);
    }

    // Kills after a time from the start, or from the first write where that is null.
    async Task<(bool IsInside, bool IsAcknowledged)> Kill(
        string program,
        string[] arguments,
        double? afterStart,
        double afterWrite,
        bool waitsForAcknowledgement = false
    )
    {
        Reset();
        using var process = Start(program, arguments);
        var line = process.StandardOutput.ReadLineAsync();
        await Task.Run(() =>
        {
            if (afterStart is { } wait)
            {
                SpinUntil(() => process.HasExited, wait);
                return;
            }
            SpinUntil(() => HasWritten() || process.HasExited, double.MaxValue);
            if (waitsForAcknowledgement)
                SpinUntil(() => line.IsCompleted || process.HasExited, double.MaxValue);
            else
                SpinUntil(() => process.HasExited, afterWrite);
        });
        var hadWritten = HasWritten();
        process.Kill();
        await process.WaitForExitAsync();
        var isAcknowledged = (await line)?.Contains("revision 2", StringComparison.Ordinal) == true;
        return (hadWritten && !isAcknowledged, isAcknowledged);
    }

    bool IsWhole(byte[] before, byte[] after, bool isAcknowledged)
    {
        using var store = RegistryStore.Open(Data, TimeProvider.System);
        var current = XmlFormat.Write(store.History.Current!);
        var expected = store.History.Revisions.Length == 2 ? after : before;
        return store.Verify().IsWhole
            && current.AsSpan().SequenceEqual(expected)
            && (!isAcknowledged || store.History.Revisions.Length == 2);
    }

    // The database is in write-ahead mode: what is written first is written there.
    bool HasWritten() => new FileInfo(Path.Combine(Data, "registry.db-wal")) is { Exists: true, Length: > 0 };

    static void SpinUntil(Func<bool> isReached, double milliseconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (!isReached() && Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds)
            Thread.SpinWait(200);
    }

    static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
