using System.Collections.Immutable;
using System.Security.Cryptography;
using Berthbook.Journal;

namespace Berthbook.Cli.Local;

/// <summary>
/// The local copy, to be written: the journal and what is derived from it, in a folder that one process writes at a
/// time. Readers take <see cref="Read"/>.
/// </summary>
sealed class LocalCopy : IDisposable
{
    readonly JournalOnDisk disk;
    readonly JournalFile journal;
    readonly CopyLock folderLock;

    LocalCopy(string folder, CopyLock folderLock)
    {
        this.folderLock = folderLock;
        Folder = folder;
        disk = new(folder);
        disk.RemoveLeftovers();
        journal = disk.Read() ?? new();
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>All revisions and the current registry.</summary>
    public History History => journal.History;

    /// <summary>The contacts that were erased.</summary>
    public ImmutableArray<Erasure> Erasures => journal.Erasures;

    /// <summary>The history of the copy in a folder; null where there is no copy.</summary>
    /// <exception cref="LocalCopyException">It is damaged, newer, or cannot be read.</exception>
    public static History? Read(string folder) => new JournalOnDisk(folder).Read()?.History;

    /// <summary>The history of the copy in a folder.</summary>
    /// <exception cref="LocalCopyException">There is none, or it cannot be used.</exception>
    public static History Require(string folder) =>
        Read(folder)
        ?? throw new LocalCopyException(
            $"there is no local copy of the registry in {folder}; 'berth sync' fetches IANA's, 'berth import FILE' takes a file"
        );

    /// <summary>Opens a folder to write it, making what is missing; waits a little for another writer.</summary>
    /// <exception cref="LocalCopyException">It cannot be written, is held by another process, or is damaged.</exception>
    public static async Task<LocalCopy> OpenAsync(string folder, TimeProvider clock)
    {
        try
        {
            CreateFolder(folder);
            var folderLock = await CopyLock.TakeAsync(folder, clock);
            try
            {
                return new(folder, folderLock);
            }
            catch
            {
                folderLock.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException and not LocalCopyException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, e);
        }
    }

    /// <summary>Adds a revision. When this returns, it is on the disk.</summary>
    /// <exception cref="LocalCopyException">It was not added; nothing changed.</exception>
    public Revision Append(RevisionDraft draft)
    {
        try
        {
            var revision = journal.Append(draft, () => RandomNumberGenerator.GetBytes(16));
            disk.Replace(journal);
            FollowIndex();
            return revision;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JournalException)
        {
            throw Unwritable(Folder, e);
        }
    }

    // The revision is kept already; an index that could not be written is made when it is next asked for.
    void FollowIndex()
    {
        try
        {
            new LocalIndex(Folder).Follow(History);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidOperationException) { }
    }

    public void Dispose() => folderLock.Dispose();

    static LocalCopyException Unwritable(string folder, Exception e) =>
        new(
            $"the local copy in {folder} cannot be written: {e.Message}; nothing changed. --data DIR names another folder",
            e
        );

    // Contacts are personal data: the folder is for its owner alone.
    static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }
}
