using Berthbook.Server.Hosting;

namespace Berthbook.Server.Publishing;

/// <summary>
/// Compresses the downloads of a revision once it is served: fast at once, best when those who waited for the
/// revision have been answered. It works on a thread of its own, so that no request waits for it.
/// </summary>
sealed partial class Packing(
    Publications publications,
    CurrentRegistry current,
    PackedFiles packed,
    TimeProvider clock,
    IHostApplicationLifetime life,
    ILogger<Packing> log
) : BackgroundService
{
    static readonly ContentCoding[] Codings = [ContentCoding.Gzip, ContentCoding.Brotli];

    /// <summary>Between the fast and the best compression.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    CancellationTokenSource superseded = new();

    public override void Dispose()
    {
        superseded.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await life.HasStartedAsync(stoppingToken))
            return;
        current.Replaced += Supersede;
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the publication, so that none that comes meanwhile is missed.
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, superseded.Token);
            try
            {
                await PackAsync(publications.Current, stop.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Another revision is served, or the server stops.
            }
        }
    }

    void Supersede(Snapshot next) => Interlocked.Exchange(ref superseded, new()).Cancel();

    async Task PackAsync(Publication publication, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var missing = await OnOwnThread(() => PackFast(publication, stop));
        GiveBackMemory();
        if (missing.Count == 0)
            return;
        await Task.Delay(Rest, clock, stop);
        await OnOwnThread(() => PackBest(publication, missing, stop));
        GiveBackMemory();
        Packed(publication.Snapshot.Revision, clock.GetElapsedTime(began).TotalSeconds);
    }

    // What was kept of an earlier run is served as it is; the rest is packed fast, and returned to be packed best.
    List<(PublishedFile File, ContentCoding Coding)> PackFast(Publication publication, CancellationToken stop)
    {
        var missing = new List<(PublishedFile, ContentCoding)>();
        foreach (var file in publication.Files)
        {
            foreach (var coding in Codings)
            {
                stop.ThrowIfCancellationRequested();
                var kept = Kept(file, coding);
                if (kept is null)
                    missing.Add((file, coding));
                file.Add(new(kept ?? PackedFiles.PackFast(file.Identity.Bytes, coding, stop), coding));
            }
        }
        return missing;
    }

    int PackBest(
        Publication publication,
        List<(PublishedFile File, ContentCoding Coding)> missing,
        CancellationToken stop
    )
    {
        foreach (var (file, coding) in missing)
        {
            var bytes = PackedFiles.PackBest(file.Identity.Bytes, coding, stop);
            file.Add(new(bytes, coding));
            try
            {
                packed.Keep(file, coding, bytes);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is served all the same; the next start packs it again.
                NotKept(e.Message);
            }
        }
        packed.KeepOnly(publication.Files);
        return missing.Count;
    }

    byte[]? Kept(PublishedFile file, ContentCoding coding)
    {
        try
        {
            return packed.Find(file, coding);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotKept(e.Message);
            return null;
        }
    }

    // What loading a revision and packing it took is garbage now, most of it; a quiet server would keep it for long.
    static void GiveBackMemory() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    static Task<T> OnOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(
            work,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    [LoggerMessage(
        1,
        LogLevel.Debug,
        "The downloads of revision {Revision} are compressed, {Seconds:0.0} s after it was served"
    )]
    partial void Packed(int revision, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "The folder of compressed downloads does not do: {Words}")]
    partial void NotKept(string words);
}
