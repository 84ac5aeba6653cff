using Berthbook.Journal;
using Berthbook.Programs;
using Berthbook.Programs.Upstream;
using Berthbook.Server.Hosting;
using Berthbook.Storage;

namespace Berthbook.Server.Upstream;

/// <summary>
/// Keeps the registry equal to the upstream's: asks it at intervals, takes what is good as a new revision, and
/// leaves the last good state where something is wrong. What drops or changes too much waits for the operator.
/// </summary>
sealed partial class UpstreamMirror(
    Settings settings,
    RegistryStore store,
    CurrentRegistry current,
    UpstreamStatus status,
    TimeProvider clock,
    IHostApplicationLifetime life,
    ILogger<UpstreamMirror> log
) : BackgroundService
{
    // How often is looked whether the next poll is due, or the operator has let a file pass.
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    // After a failure the upstream is asked sooner than at the usual interval.
    static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(30);

    readonly Uri upstream = settings.Upstream!;
    readonly UpstreamFolder folder = new(settings.Data);
    readonly UpstreamDownload download = new(
        new(settings.MaxImport, settings.DownloadTimeout, settings.AllowsPrivateUpstream, "berth-server"),
        settings.Upstream!
    );
    UpstreamMemory memory = new(settings.Upstream!.AbsoluteUri);

    public override void Dispose()
    {
        download.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        folder.Create();
        memory = folder.Remember(upstream);
        Tell(null, isAsking: false);
        if (!await life.HasStartedAsync(stoppingToken))
            return;
        using var timer = new PeriodicTimer(Tick, clock);
        do
        {
            try
            {
                if (folder.Released is { } released)
                    LetPass(released);
                if (IsDue)
                    await AskAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Broke(e);
                Fail(UpstreamDownload.Printable(e.Message));
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    bool IsDue
    {
        get
        {
            var wait =
                status.State.LastError is null || settings.PollInterval < RetryInterval
                    ? settings.PollInterval
                    : RetryInterval;
            return memory.LastTry is not { } last || clock.GetUtcNow() - last >= wait;
        }
    }

    async Task AskAsync(CancellationToken cancellation)
    {
        Tell(status.State.LastError, isAsking: true);
        // After an import by hand the upstream's file says something new even where it did not change.
        var known =
            memory.Held is not null || memory.Revision == current.Snapshot.Revision
                ? memory.Validators
                : null;
        var fetched =
            current.Snapshot.Revision == 0 && FetchProgress.IsShown && !Console.IsOutputRedirected
                ? await FetchProgress.ShowAsync(
                    $"Fetching the registry from {upstream.Host}",
                    TimeSpan.Zero,
                    progress => download.FetchAsync(folder.Download, known, progress, cancellation)
                )
                : await download.FetchAsync(folder.Download, known, (_, _) => { }, cancellation);
        switch (fetched)
        {
            case Fetched.Failed failed:
                Fail(failed.Words);
                break;
            case Fetched.Same:
                Same(upstream.Host);
                Succeed(memory);
                break;
            case Fetched.File { Validators: var validators }:
                Take(folder.Download, validators, mayPass: null);
                folder.DropDownload();
                break;
        }
    }

    void LetPass(string sha256)
    {
        if (memory.Held is { } held && held.Sha256 == sha256 && File.Exists(folder.Held))
        {
            Released(sha256);
            Take(folder.Held, memory.Validators, mayPass: sha256);
        }
        folder.Heard();
    }

    void Take(string path, Validators? validators, string? mayPass)
    {
        FileImport import;
        using (var file = File.OpenRead(path))
        {
            import = FileImport.Prepare(
                store.History,
                store.Erasures,
                file,
                upstream.AbsoluteUri,
                who: "upstream",
                why: $"fetched from {upstream}",
                clock.GetUtcNow(),
                settings.MaxImport,
                allowOlder: false
            );
        }
        switch (import.Outcome)
        {
            case null:
                Fail($"its file is not valid: {UpstreamDownload.Printable(import.FaultWords)}");
                return;
            case ImportOutcome.Older older:
                Fail($"its file is dated {older.FileUpdated}, ours {older.Updated}");
                return;
            case ImportOutcome.Ready ready
                when import.Facts.Sha256 != mayPass
                    && HeldFile.IsTooMuch(store.History.Current, ready.Records, settings.HoldBack):
                HoldBack(import, ready.Records, validators);
                return;
            case ImportOutcome.Ready ready:
                var revision = store.Append(ready.Draft);
                current.Replace(Snapshot.Of(store.History, settings.Rules));
                Taken(revision.Number, ready.Records.Added, ready.Records.Removed, ready.Records.Changed);
                break;
            default:
                Same(upstream.Host);
                break;
        }
        folder.DropHeld();
        Succeed(memory with { Validators = validators, Revision = current.Snapshot.Revision, Held = null });
    }

    void HoldBack(FileImport import, ChangeCounts counts, Validators? validators)
    {
        folder.Hold();
        var held = new HeldFile(
            import.Facts.Sha256,
            memory.Held?.Sha256 == import.Facts.Sha256 ? memory.Held.Since : clock.GetUtcNow(),
            import.Read.Registry!.Header.Updated?.ToString(),
            counts.Removed,
            counts.Changed,
            store.History.Current!.Records.Length
        );
        Held(upstream.Host, held.Words);
        Keep(memory with { Validators = validators, LastTry = clock.GetUtcNow(), Held = held }, null);
    }

    // While a file is held back, hearing that it did not change confirms nothing of what is served.
    void Succeed(UpstreamMemory known)
    {
        var now = clock.GetUtcNow();
        Keep(known with { LastTry = now, LastSuccess = known.Held is null ? now : known.LastSuccess }, null);
    }

    void Fail(string words)
    {
        Failed(upstream.Host, words);
        memory = memory with { LastTry = clock.GetUtcNow() };
        Tell(words, isAsking: false);
    }

    void Keep(UpstreamMemory next, string? error)
    {
        folder.Keep(next);
        memory = next;
        Tell(error, isAsking: false);
    }

    void Tell(string? error, bool isAsking) =>
        status.Become(
            new()
            {
                LastTry = memory.LastTry,
                LastSuccess = memory.LastSuccess,
                LastError = error,
                Held = memory.Held,
                IsAsking = isAsking,
            }
        );

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Revision {Revision} from the upstream: {Added} records added, {Removed} removed, {Changed} changed"
    )]
    partial void Taken(int revision, int added, int removed, int changed);

    [LoggerMessage(2, LogLevel.Information, "{Host} has nothing new")]
    partial void Same(string host);

    [LoggerMessage(3, LogLevel.Warning, "{Host} gives no newer registry: {Words}; the last good state stays")]
    partial void Failed(string host, string words);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "The new file of {Host} is held back: {Words}; berth-server release lets it pass"
    )]
    partial void Held(string host, string words);

    [LoggerMessage(5, LogLevel.Information, "The operator lets the held file {Sha256} pass")]
    partial void Released(string sha256);

    [LoggerMessage(6, LogLevel.Error, "Asking the upstream broke")]
    partial void Broke(Exception e);
}
