using Berthbook.Journal;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

// The folder that the journal lies in: opened, checked, backed up and restored.
public sealed partial class RegistryStore
{
    const string DatabaseName = "registry.db";

    /// <summary>Where the journal lies.</summary>
    internal string DatabasePath => Path.Combine(folder, DatabaseName);

    /// <summary>Opens a folder to write it, making what is missing.</summary>
    /// <exception cref="FolderInUseException">Another process writes it.</exception>
    /// <exception cref="NewerFolderException">A newer program wrote it.</exception>
    /// <exception cref="StorageException">The disk or the database does not do.</exception>
    public static RegistryStore Open(string folder, TimeProvider clock) =>
        Guard(
            folder,
            () =>
            {
                CreateFolder(folder);
                var folderLock = FolderLock.Take(folder);
                Database? database = null;
                try
                {
                    BackupFile.FinishRestore(folder);
                    database = Database.Open(Path.Combine(folder, DatabaseName));
                    return new RegistryStore(folder, clock, folderLock, database);
                }
                catch
                {
                    database?.Dispose();
                    folderLock.Dispose();
                    throw;
                }
            }
        );

    /// <summary>Opens a folder to read it, also while a server writes it.</summary>
    public static RegistryStore OpenForReading(string folder) =>
        Guard(
            folder,
            () =>
            {
                var database = OpenDatabaseForReading(folder);
                try
                {
                    return new RegistryStore(folder, TimeProvider.System, null, database);
                }
                catch
                {
                    database.Dispose();
                    throw;
                }
            }
        );

    /// <summary>Checks the journal of a folder, also one that is too damaged to be opened.</summary>
    public static VerifyReport Verify(string folder) =>
        Guard(
            folder,
            () =>
            {
                using var database = OpenDatabaseForReading(folder);
                return Verification.Of(database);
            }
        );

    /// <summary>Writes a backup of this moment; the registry goes on meanwhile.</summary>
    public void Backup(string file)
    {
        var copy = Path.Combine(folder, $"backup-{Guid.NewGuid():N}.tmp");
        try
        {
            using (var source = OpenDatabaseForReading(folder))
            using (var target = new SqliteConnection($"Data Source={copy};Pooling=False"))
            {
                target.Open();
                source.Connection.BackupDatabase(target);
                using var command = target.CreateCommand();
                command.CommandText = "PRAGMA journal_mode = DELETE";
                command.ExecuteNonQuery();
            }
            BackupFile.Write(copy, file, clock.GetUtcNow());
        }
        catch (Exception failure)
            when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"the backup was not written: {failure.Message}", failure);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>
    /// Puts a backup in the place of a folder's registry. The backup is checked to the last byte before anything is
    /// replaced; what it replaces is kept in the folder <c>before-restore</c>.
    /// </summary>
    /// <exception cref="BackupException">The backup is not whole.</exception>
    public static void Restore(string file, string folder) =>
        Guard(
            folder,
            () =>
            {
                CreateFolder(folder);
                using var folderLock = FolderLock.Take(folder);
                BackupFile.Restore(file, folder, DatabaseName);
                return true;
            }
        );

    static Database OpenDatabaseForReading(string folder)
    {
        var path = Path.Combine(folder, DatabaseName);
        return File.Exists(path)
            ? Database.OpenForReading(path)
            : throw new StorageException($"there is no registry in {folder}");
    }

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

    static T Guard<T>(string folder, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (JournalException damage)
        {
            throw new StorageException(
                $"the journal in {folder} is damaged: {damage.Message}; restore a backup",
                damage
            );
        }
        catch (Exception failure)
            when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{folder} cannot be used: {failure.Message}", failure);
        }
    }
}
