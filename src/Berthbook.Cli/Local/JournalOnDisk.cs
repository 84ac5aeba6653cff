using System.Collections.Immutable;
using Berthbook.Cli.Output;
using Berthbook.Journal;
using Berthbook.Programs;

namespace Berthbook.Cli.Local;

/// <summary>
/// The file <c>journal</c> of the local copy (docs/journal-format.md section 8). It is replaced whole, so that
/// readers need no lock and whatever ends the program leaves the old one or the new one.
/// </summary>
sealed class JournalOnDisk(string folder)
{
    const string Name = "journal";

    /// <summary>Where it lies.</summary>
    public string Path => System.IO.Path.Combine(folder, Name);

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Reads and checks it; null where there is none.</summary>
    /// <exception cref="LocalCopyException">It is damaged, newer, or cannot be read.</exception>
    public JournalFile? Read()
    {
        if (ReadBytes() is not { } bytes)
            return null;
        try
        {
            return JournalFile.Read(bytes);
        }
        catch (JournalException damage)
        {
            throw new LocalCopyException(
                $"the journal {Path} is damaged: {damage.Message}; it is left as it is. Put a good copy in its place, "
                    + "or move it away and fetch the registry again with 'berth sync' or 'berth import FILE'",
                damage
            );
        }
        catch (NewerJournalException newer)
        {
            throw Newer(newer);
        }
    }

    /// <summary>Checks it end to end, also where it is damaged; null where there is none.</summary>
    /// <exception cref="LocalCopyException">It is newer, or cannot be read.</exception>
    public VerifyReport? Verify()
    {
        try
        {
            return ReadBytes() is { } bytes ? JournalFile.Verify(bytes) : null;
        }
        catch (NewerJournalException newer)
        {
            throw Newer(newer);
        }
    }

    /// <summary>Puts another in its place. When this returns, it is on the disk.</summary>
    public void Replace(JournalFile journal)
    {
        WholeFile.Write(Path, journal.Write);
        Native.SyncFolder(folder);
    }

    /// <summary>Removes what writers left that were ended. Only for who holds the right to write.</summary>
    public ImmutableArray<string> RemoveLeftovers()
    {
        var left = Directory.GetFiles(folder, "*.tmp").ToImmutableArray();
        foreach (var file in left)
            File.Delete(file);
        return left;
    }

    byte[]? ReadBytes()
    {
        try
        {
            return File.ReadAllBytes(Path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalCopyException($"the journal {Path} cannot be read: {e.Message}", e);
        }
    }

    LocalCopyException Newer(NewerJournalException newer) =>
        new($"the journal {Path} is not for this berth: {newer.Message}; use the newer berth", newer);
}
