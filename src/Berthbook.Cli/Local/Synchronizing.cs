using Berthbook.Journal;
using Berthbook.Programs;
using Berthbook.Programs.Upstream;

namespace Berthbook.Cli.Local;

/// <summary>
/// One try to bring the local copy to where its upstream is. What is good becomes a revision; where anything is wrong
/// the copy stays, and what drops or changes too much is held back until a person lets it pass.
/// </summary>
/// <param name="copy">The local copy.</param>
/// <param name="upstream">The address of the upstream's file.</param>
/// <param name="limits">What the download may take.</param>
/// <param name="clock">The time.</param>
sealed class Synchronizing(LocalCopy copy, Uri upstream, DownloadLimits limits, TimeProvider clock)
{
    /// <summary>The share of records that a file may drop or change unasked.</summary>
    const double HoldBack = 0.05;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly UpstreamFolder folder = new(copy.Folder);
    readonly string address = upstream.AbsoluteUri;
    UpstreamMemory memory = new(upstream.AbsoluteUri);

    int Revision => copy.History.Revisions.Length;

    /// <summary>Asks the upstream and takes its file.</summary>
    public async Task<ImportAnswer> AskAsync(CancellationToken cancellation)
    {
        Begin();
        // After an import by hand the upstream's file says something new even where it did not change.
        var known = memory.Held is not null || memory.Revision == Revision ? memory.Validators : null;
        using var download = new UpstreamDownload(limits, upstream);
        var fetched = FetchProgress.IsShown
            ? await FetchProgress.ShowAsync(
                $"Fetching the registry from {upstream.Host}",
                Patience,
                tell => download.FetchAsync(folder.Download, known, tell, cancellation)
            )
            : await download.FetchAsync(folder.Download, known, (_, _) => { }, cancellation);
        switch (fetched)
        {
            case Fetched.Failed failed:
                return No(
                    "failed",
                    $"{upstream.Host} gives no newer registry: {failed.Words}; the local copy stays as it is"
                );
            case Fetched.File file:
                var answer = Take(folder.Download, file.Validators, mayPass: null);
                folder.DropDownload();
                return answer;
            default:
                return memory.Held is { } held
                    ? StillHeld(held)
                    : Confirm(memory, new(address, "same", Revision));
        }
    }

    /// <summary>Takes the file that is held back.</summary>
    public ImportAnswer Accept()
    {
        Begin();
        return memory.Held is { } held && File.Exists(folder.Held)
            ? Take(folder.Held, memory.Validators, held.Sha256)
            : No("older", $"no file of {upstream.Host} is held back");
    }

    void Begin()
    {
        folder.Create();
        memory = folder.Remember(upstream);
    }

    ImportAnswer Take(string path, Validators? validators, string? mayPass)
    {
        FileImport import;
        using (var file = File.OpenRead(path))
        {
            import = FileImport.Prepare(
                copy.History,
                copy.Erasures,
                file,
                address,
                Environment.UserName,
                $"fetched from {address}",
                clock.GetUtcNow(),
                limits.MaxBytes,
                allowOlder: false
            );
        }
        if (
            import.Outcome is ImportOutcome.Ready ready
            && import.Facts.Sha256 != mayPass
            && HeldFile.IsTooMuch(copy.History.Current, ready.Records, HoldBack)
        )
            return Hold(import, ready.Records, validators);
        var answer = ImportAnswer.Of(address, import, copy);
        if (answer.Import!.Outcome is ImportOutcome.Older older)
            return answer with
            {
                Message =
                    $"the file of {upstream.Host} is dated {older.FileUpdated}, the local copy {older.Updated}; the local copy stays as it is",
            };
        if (answer.Outcome == "invalid")
            return answer;
        folder.DropHeld();
        return Confirm(memory with { Validators = validators, Revision = Revision, Held = null }, answer);
    }

    ImportAnswer Hold(FileImport import, ChangeCounts counts, Validators? validators)
    {
        folder.Hold();
        var held = new HeldFile(
            import.Facts.Sha256,
            memory.Held?.Sha256 == import.Facts.Sha256 ? memory.Held.Since : clock.GetUtcNow(),
            import.Read.Registry!.Header.Updated?.ToString(),
            counts.Removed,
            counts.Changed,
            copy.History.Current!.Records.Length
        );
        folder.Keep(memory with { Validators = validators, LastTry = clock.GetUtcNow(), Held = held });
        return StillHeld(held) with { Import = import };
    }

    ImportAnswer StillHeld(HeldFile held) =>
        No(
            "held",
            $"the new file of {upstream.Host} is held back: {held.Words}; 'berth sync --accept' takes it all the same"
        );

    ImportAnswer Confirm(UpstreamMemory known, ImportAnswer answer)
    {
        var now = clock.GetUtcNow();
        folder.Keep(known with { LastTry = now, LastSuccess = now });
        return answer;
    }

    ImportAnswer No(string outcome, string words) => new(address, outcome, Revision) { Message = words };
}
