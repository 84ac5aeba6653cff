using System.Collections.Immutable;
using Berthbook.Formats;
using Berthbook.Journal;

namespace Berthbook.Programs;

/// <summary>A file that was read and compared with the registry; nothing is written yet.</summary>
/// <param name="Read">What the file holds, or its faults.</param>
/// <param name="Facts">Its size and hash, unpacked.</param>
/// <param name="Outcome">What importing it comes to; null where it has a fault.</param>
sealed record FileImport(ReadResult Read, FileFacts Facts, ImportOutcome? Outcome)
{
    /// <summary>Reads a file and compares it with the current registry.</summary>
    /// <param name="history">The journal.</param>
    /// <param name="erasures">The contacts that stay erased.</param>
    /// <param name="file">The file, at its start.</param>
    /// <param name="name">Its name or address, which the revision keeps.</param>
    /// <param name="who">Who imports it.</param>
    /// <param name="why">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="maxBytes">The most bytes it may have, unpacked.</param>
    /// <param name="allowOlder">Whether it may be older than the current registry.</param>
    public static FileImport Prepare(
        History history,
        ImmutableArray<Erasure> erasures,
        Stream file,
        string name,
        string who,
        string why,
        DateTimeOffset now,
        long maxBytes,
        bool allowOlder
    )
    {
        var limits = new ReadLimits { MaxBytes = maxBytes };
        var read = RegistryFile.Read(file, history.Current, limits, out var facts, name);
        if (read.Registry is not { } registry)
            return new(read, facts, null);
        var source = new RevisionSource(name, facts.Size, facts.Sha256, registry.Header.Updated);
        var masked = Erasure.Mask(registry, erasures);
        return new(read, facts, Journal.Import.Prepare(history, masked, source, who, why, now, allowOlder));
    }

    /// <summary>The first fault and how many more there are, on one line.</summary>
    public string FaultWords =>
        Read.Faults is [var first, ..]
            ? $"{first}" + (Read.FaultCount > 1 ? $" (and {Read.FaultCount - 1} more)" : "")
            : "";
}
