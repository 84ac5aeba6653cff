using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using Berthbook.Journal;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>
/// The journal of one folder: revisions, the personal texts beside it, erasures. What was acknowledged is
/// committed; the history in memory is what a restart would read.
/// </summary>
public sealed class RegistryStore : IDisposable
{
    const string DatabaseName = "registry.db";

    readonly string folder;
    readonly TimeProvider clock;
    readonly FolderLock? folderLock;
    readonly Database database;
    readonly Lock writing = new();
    Ledger ledger = new();

    RegistryStore(string folder, TimeProvider clock, FolderLock? folderLock, Database database)
    {
        this.folder = folder;
        this.clock = clock;
        this.folderLock = folderLock;
        this.database = database;
        Load();
    }

    /// <summary>All revisions and the current registry; another value after each append.</summary>
    public History History { get; private set; } = History.Empty;

    /// <summary>The contacts that were erased (procedures K4).</summary>
    public ImmutableArray<Erasure> Erasures { get; private set; } = [];

    /// <summary>Called inside a transaction after its first write and before its commit: for tests of what a crash leaves.</summary>
    internal Action? BeforeCommit { get; set; }

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

    /// <summary>
    /// Compares a registry that was read from a file with the current one. Contacts that were erased stay erased.
    /// </summary>
    public ImportOutcome PrepareImport(
        Registry registry,
        RevisionSource source,
        string who,
        string why,
        bool allowOlder
    ) =>
        Import.Prepare(
            History,
            Erasure.Mask(registry, Erasures),
            source,
            who,
            why,
            clock.GetUtcNow(),
            allowOlder
        );

    /// <summary>Adds a revision. When this returns, the revision is on disk.</summary>
    /// <exception cref="StorageException">It was not added; nothing changed.</exception>
    public Revision Append(RevisionDraft draft)
    {
        lock (writing)
        {
            var record = ledger.Write(draft, NewSalt);
            try
            {
                foreach (var text in record.PersonalTexts)
                    ledger.Learn(text);
                // Applied first: what this program could not read again is never written.
                var revision = ledger.Apply(record.Bytes);
                ledger.ForgetTexts();
                Store(revision, record);
                History = ledger.ToHistory();
                return revision;
            }
            catch (Exception failure) when (failure is SqliteException or IOException or JournalException)
            {
                var number = History.Revisions.Length + 1;
                Load();
                if (History.Revisions.Length == number)
                    return History.Revisions[^1];
                throw new StorageException($"revision {number} was not stored: {failure.Message}", failure);
            }
        }
    }

    /// <summary>
    /// Erases a contact's personal texts at every revision (procedures K4); the journal still verifies. In its place
    /// stands an id that says so. When this returns, the texts are overwritten on disk.
    /// </summary>
    /// <returns>What was noted of it, or null where the journal never named the contact.</returns>
    public Erasure? Erase(string contactId, string who, string why)
    {
        lock (writing)
        {
            if (ledger.PartyOf(contactId) is not { } party || Ledger.IsErasedId(contactId, out _))
                return null;
            var previous = Erasures.IsEmpty ? Ledger.NoHash : Erasures[^1].Hash;
            var number = Erasures.Length + 1;
            var bytes = Erasure.Write(
                number,
                previous,
                party,
                contactId,
                who,
                why,
                clock.GetUtcNow(),
                NewSalt()
            );
            using (var transaction = database.Connection.BeginTransaction(deferred: false))
            {
                database.Run(
                    "UPDATE personal_text SET salt = NULL, content = NULL WHERE party = @party",
                    ("@party", party)
                );
                database.Run(
                    "INSERT INTO erasure (number, hash, bytes) VALUES (@number, @hash, @bytes)",
                    ("@number", number),
                    ("@hash", SHA256.HashData(bytes)),
                    ("@bytes", bytes)
                );
                transaction.Commit();
            }
            // The write-ahead log still holds the old pages.
            database.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            Load();
            return Erasures[^1];
        }
    }

    /// <summary>Checks every byte that the journal rests on.</summary>
    public VerifyReport Verify() => Verification.Of(database);

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
            using (var target = new SqliteConnection($"Data Source={copy};Pooling=False"))
            {
                target.Open();
                database.Connection.BackupDatabase(target);
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

    /// <inheritdoc/>
    public void Dispose()
    {
        database.Dispose();
        folderLock?.Dispose();
    }

    void Store(Revision revision, RevisionRecord record)
    {
        using var transaction = database.Connection.BeginTransaction(deferred: false);
        database.Run(
            "INSERT INTO revision (number, hash, bytes) VALUES (@number, @hash, @bytes)",
            ("@number", revision.Number),
            ("@hash", Convert.FromHexString(revision.Hash)),
            ("@bytes", record.Bytes)
        );
        using (
            var insert = (SqliteCommand)
                database.Command(
                    """
                    INSERT INTO personal_text (commitment, party, salt, content)
                    VALUES (@commitment, @party, @salt, @content)
                    """
                )
        )
        {
            var commitment = insert.Parameters.Add("@commitment", SqliteType.Blob);
            var party = insert.Parameters.Add("@party", SqliteType.Integer);
            var salt = insert.Parameters.Add("@salt", SqliteType.Blob);
            var content = insert.Parameters.Add("@content", SqliteType.Blob);
            foreach (var text in record.PersonalTexts)
            {
                (commitment.Value, party.Value, salt.Value, content.Value) = (
                    text.Commitment,
                    text.Party,
                    text.Salt,
                    text.Content
                );
                insert.ExecuteNonQuery();
            }
        }
        BeforeCommit?.Invoke();
        transaction.Commit();
    }

    // Both reads see one moment, also while another process appends.
    void Load()
    {
        var next = new Ledger();
        using var transaction = database.Connection.BeginTransaction(deferred: true);
        var erasures = ImmutableArray.CreateBuilder<Erasure>();
        foreach (
            var (number, bytes) in database.Query(
                "SELECT number, bytes FROM erasure ORDER BY number",
                ReadNumbered
            )
        )
            erasures.Add(
                Erasure.Read(bytes, number, erasures.Count == 0 ? Ledger.NoHash : erasures[^1].Hash)
            );
        foreach (
            var text in database.Query(
                "SELECT commitment, party, salt, content FROM personal_text WHERE content IS NOT NULL",
                ReadText
            )
        )
            next.Learn(text);
        foreach (
            var (_, bytes) in database.Query(
                "SELECT number, bytes FROM revision ORDER BY number",
                ReadNumbered
            )
        )
            next.Apply(bytes);
        next.ForgetTexts();
        (ledger, History, Erasures) = (next, next.ToHistory(), erasures.ToImmutable());
    }

    static (int Number, byte[] Bytes) ReadNumbered(DbDataReader row) =>
        (row.GetInt32(0), row.GetFieldValue<byte[]>(1));

    internal static PersonalText ReadText(DbDataReader row) =>
        new(
            row.GetFieldValue<byte[]>(0),
            row.GetInt32(1),
            row.IsDBNull(2) ? [] : row.GetFieldValue<byte[]>(2),
            row.IsDBNull(3) ? [] : row.GetFieldValue<byte[]>(3)
        );

    static byte[] NewSalt() => RandomNumberGenerator.GetBytes(16);

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
