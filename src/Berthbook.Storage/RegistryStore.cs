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
public sealed partial class RegistryStore : IDisposable
{
    readonly string folder;
    readonly TimeProvider clock;
    readonly FolderLock? folderLock;
    readonly Database database;
    readonly Commands commands;
    readonly Holdings holdings;
    Ledger ledger = new();
    History? history;

    RegistryStore(string folder, TimeProvider clock, FolderLock? folderLock, Database database)
    {
        this.folder = folder;
        this.clock = clock;
        this.folderLock = folderLock;
        this.database = database;
        commands = Commands.Keep(database.Connection);
        holdings = new(commands);
        Writer = new(database.Connection, Load);
        Load();
        if (folderLock is not null && holdings.Revision != ledger.Count)
            Writer.Run(_ =>
            {
                holdings.Rebuild(ledger.Count, History.Current);
                return true;
            });
    }

    /// <summary>Every write of the registry goes through it.</summary>
    public RegistryWriter Writer { get; }

    /// <summary>
    /// All revisions and the current registry; another value after each append. Made when it is first asked for after one:
    /// cost grows with the registry then.
    /// </summary>
    public History History
    {
        get
        {
            lock (Writer.Gate)
                return history ??= ledger.ToHistory();
        }
    }

    /// <summary>Raised after a commit that brought revisions, on the thread that writes: the number of the last one.</summary>
    public event Action<int>? Appended;

    /// <summary>The contacts that were erased (procedures K4).</summary>
    public ImmutableArray<Erasure> Erasures { get; private set; } = [];

    /// <summary>Raised after the journal was read anew from the disk: nothing that was read before counts.</summary>
    internal event Action? Reloaded;

    /// <summary>Called inside a transaction after its first write and before its commit: for tests of what a crash leaves.</summary>
    internal Action? BeforeCommit
    {
        get => Writer.BeforeCommit;
        set => Writer.BeforeCommit = value;
    }

    /// <summary>The journal as the write that is running sees it. Within a write alone.</summary>
    internal Ledger Ledger => ledger;

    /// <summary>The tables of what is held. Within a write alone.</summary>
    internal Holdings Holdings => holdings;

    /// <summary>The connection that writes.</summary>
    internal SqliteConnection Connection => database.Connection;

    /// <summary>The commands of the connection that writes. Within a write alone.</summary>
    internal Commands Commands => commands;

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
        var number = History.Revisions.Length + 1;
        try
        {
            return Writer.Run(_ =>
            {
                holdings.FollowImport(ledger.Count + 1, draft.Changes);
                return Write(draft);
            });
        }
        catch (StorageException) when (History.Revisions.Length == number)
        {
            // The commit came through though it was answered with an error.
            return History.Revisions[^1];
        }
    }

    /// <summary>Adds a revision to the journal, within a write.</summary>
    internal Revision Write(RevisionDraft draft)
    {
        var record = ledger.Write(draft, NewSalt);
        foreach (var text in record.PersonalTexts)
            ledger.Learn(text);
        // Applied first: what this program could not read again is never written.
        var revision = ledger.Apply(record.Bytes);
        Writer.OnUndo(ledger.TakeBack);
        ledger.ForgetTexts();
        Writer.OnCommit(() =>
        {
            ledger.Settle();
            history = null;
            Appended?.Invoke(revision.Number);
        });
        commands.Run(
            "INSERT INTO revision (number, hash, bytes) VALUES (@number, @hash, @bytes)",
            ("@number", revision.Number),
            ("@hash", Convert.FromHexString(revision.Hash)),
            ("@bytes", record.Bytes)
        );
        foreach (var text in record.PersonalTexts)
            commands.Run(
                """
                INSERT INTO personal_text (commitment, party, salt, content)
                VALUES (@commitment, @party, @salt, @content)
                """,
                ("@commitment", text.Commitment),
                ("@party", text.Party),
                ("@salt", text.Salt),
                ("@content", text.Content)
            );
        return revision;
    }

    /// <summary>
    /// Erases a contact's personal texts at every revision (procedures K4); the journal still verifies. In its place
    /// stands an id that says so. When this returns, the texts are overwritten on disk.
    /// </summary>
    /// <returns>What was noted of it, or null where the journal never named the contact.</returns>
    public Erasure? Erase(string contactId, string who, string why)
    {
        lock (Writer.Gate)
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
            Writer.Run(_ =>
            {
                commands.Run(
                    "UPDATE personal_text SET salt = NULL, content = NULL WHERE party = @party",
                    ("@party", party)
                );
                return commands.Run(
                    "INSERT INTO erasure (number, hash, bytes) VALUES (@number, @hash, @bytes)",
                    ("@number", number),
                    ("@hash", SHA256.HashData(bytes)),
                    ("@bytes", bytes)
                );
            });
            // The write-ahead log still holds the old pages.
            database.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            Load();
            return Erasures[^1];
        }
    }

    /// <summary>Checks every byte that the journal rests on.</summary>
    public VerifyReport Verify()
    {
        lock (Writer.Gate)
            return Verification.Of(database);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Writer.Dispose();
        database.Dispose();
        folderLock?.Dispose();
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
        next.IsUnsettled = true;
        (ledger, history, Erasures) = (next, null, erasures.ToImmutable());
        Reloaded?.Invoke();
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
}
