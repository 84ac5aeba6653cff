using Berthbook.Cli.Output;
using Berthbook.Journal;
using Berthbook.Programs;

namespace Berthbook.Cli.Local;

/// <summary>
/// The file <c>index</c> of the local copy: the registry after the last revision, ready to be looked up. It is derived
/// from the journal, whose length and time of last write it holds, and is written anew whenever it is not that.
/// </summary>
sealed class LocalIndex(string folder)
{
    const string Name = "index";

    readonly JournalOnDisk journal = new(folder);

    /// <summary>Where it lies.</summary>
    public string Path { get; } = System.IO.Path.Join(folder, Name);

    /// <summary>
    /// Opens it where it is made from the journal as that is now; null where it must be made anew. Touches the header
    /// and nothing else.
    /// </summary>
    /// <param name="fault">Why it was refused, or null where it is just not there or of another time.</param>
    public IndexFile? TryOpen(out IndexFileException? fault)
    {
        fault = null;
        if (Native.TryOpenForReading(Path) is not { } handle)
            return null;
        IndexFile? file = null;
        try
        {
            file = IndexFile.Open(handle);
            var (length, ticks) = Native.StampOf(journal.Path);
            if (file.Source.JournalLength == length && file.Source.JournalTicks == ticks)
                return file;
        }
        catch (IndexFileException refusal)
        {
            fault = refusal.Fault == IndexFault.OtherVersion ? null : refusal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
        file?.Dispose();
        return null;
    }

    /// <summary>
    /// Makes it anew from the journal; null where there is no journal, or none with a revision. Where it cannot be
    /// written, or the registry is too large for it, the registry is there all the same.
    /// </summary>
    /// <exception cref="LocalCopyException">The journal is damaged, newer, or cannot be read.</exception>
    public RegistryIndex? Rebuild()
    {
        // Stamped before it is read: a journal that is replaced meanwhile makes this index one of another time.
        var stamp = Native.StampOf(journal.Path);
        if (LocalCopy.Read(folder) is not { Current: { } registry } history)
            return null;
        var index = new RegistryIndex(registry);
        try
        {
            Write(index, history.Revisions[^1], stamp);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidOperationException) { }
        return index;
    }

    /// <summary>Makes it anew for a journal that has just been replaced.</summary>
    public void Follow(History history)
    {
        if (history.Current is { } registry)
            Write(new(registry), history.Revisions[^1], Native.StampOf(journal.Path));
    }

    /// <summary>
    /// What is wrong with it as an index of this history, in words; null where it is whole, or not there, or of
    /// another time, so that it is made anew when it is next asked for.
    /// </summary>
    public string? FaultFor(History history)
    {
        using var file = TryOpen(out var fault);
        try
        {
            file?.CheckAll();
        }
        catch (IndexFileException damage)
        {
            fault = damage;
        }
        var isOther = file is not null && file.Source.Hash != history.Revisions[^1].Hash;
        return fault is not null ? $"the index {Path}: {fault.Message.TrimEnd('.')}"
            : isOther ? $"the index {Path} is of another revision than the journal's last"
            : null;
    }

    /// <summary>What answers call the local copy.</summary>
    public static string WordsOf(Revision revision) =>
        revision.Updated is { } updated
            ? $"local copy of {updated}"
            : $"local copy, revision {revision.Number}";

    // It need not survive a power cut: its checksums tell.
    void Write(RegistryIndex index, Revision revision, (long Length, long Ticks) stamp)
    {
        var source = new IndexSource
        {
            Words = WordsOf(revision),
            Title = index.Registry.Header.Title,
            Updated = revision.Updated,
            Revision = revision.Number,
            Hash = revision.Hash,
            JournalLength = stamp.Length,
            JournalTicks = stamp.Ticks,
        };
        WholeFile.Write(Path, file => IndexFile.Write(index, source, file), toDisk: false);
    }
}
