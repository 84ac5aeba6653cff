using System.Text;
using Berthbook.Formats;
using Berthbook.Journal;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

public sealed class RegistryStoreTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("berthbook-store-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    string Data => Path.Combine(folder, "data");

    [Fact]
    public void Comes_back_with_every_revision()
    {
        var files = new[]
        {
            Small.Xml(Small.Record("one", "tcp", "1")),
            Small.Xml(Small.Record("two", "tcp", "1")),
        };
        using (var store = Open())
        {
            foreach (var file in files)
                Append(store, file);
        }
        using var reopened = Open();
        Assert.Equal(
            files,
            Enumerable.Range(1, 2).Select(number => XmlFormat.Write(reopened.History.At(number)!))
        );
        Assert.True(reopened.Verify().IsWhole);
    }

    [Fact]
    public void The_database_is_durable_before_it_is_used()
    {
        using var store = Open();
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(Data, "registry.db")};Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", command.ExecuteScalar());
    }

    [Fact]
    public void A_second_writer_is_told_who_holds_the_folder_and_a_reader_is_not_stopped()
    {
        using var store = Open();
        Append(store, Small.Xml(Small.Record("one", "tcp", "1")));
        var refusal = Assert.Throws<FolderInUseException>(Open);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        using var reader = RegistryStore.OpenForReading(Data);
        Assert.Single(reader.History.Revisions);
    }

    [Fact]
    public void A_newer_folder_is_refused_and_left_alone()
    {
        Open().Dispose();
        Change("INSERT INTO schema_script (name) VALUES ('9999_future.sql')");
        Assert.Contains(
            "9999_future.sql",
            Assert.Throws<NewerFolderException>(Open).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_empty_place_has_no_registry_to_read() =>
        Assert.Contains(
            "no registry",
            Assert.Throws<StorageException>(() => RegistryStore.OpenForReading(Data)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_revision_that_cannot_be_stored_changes_nothing()
    {
        using var store = Open();
        Append(store, Small.Xml(Small.Record("one", "tcp", "1")));
        store.BeforeCommit = () => throw new IOException("the disk is gone");
        var draft = LedgerTests.Draft(store.History, Small.Of(Small.Record("two", "tcp", "1")));
        Assert.Contains(
            "the disk is gone",
            Assert.Throws<StorageException>(() => store.Append(draft)).Message,
            StringComparison.Ordinal
        );
        Assert.Single(store.History.Revisions);
        store.BeforeCommit = null;
        Assert.Equal(2, store.Append(draft).Number);
        Assert.True(store.Verify().IsWhole);
    }

    [Fact]
    public void An_erased_contact_is_gone_from_every_output_and_revision_and_from_the_disk() // procedures K4
    {
        using var store = Open();
        Append(store, Small.Xml(Small.Record("one", "tcp", "1")));
        Append(store, Small.Xml(Small.Record("one", "tcp", "1"), Small.Record("two", "tcp", "2")));
        var erasure = store.Erase("Ada_Example", "registrar", "she asked for it");
        Assert.Equal(1, erasure!.Number);
        foreach (var revision in new[] { 1, 2 })
            Assert.DoesNotContain(
                "Ada",
                Encoding.UTF8.GetString(XmlFormat.Write(store.History.At(revision)!)),
                StringComparison.Ordinal
            );
        foreach (var file in Directory.GetFiles(Data, "registry.db*"))
            Assert.Equal(-1, ReadShared(file).AsSpan().IndexOf("Ada"u8));
        var report = store.Verify();
        Assert.True(report.IsWhole, string.Join("; ", report.Faults));
        Assert.Equal(1, report.Erased);
        Assert.Null(store.Erase("Ada_Example", "registrar", "again"));
    }

    [Fact]
    public void An_import_that_brings_an_erased_contact_again_keeps_it_erased() // procedures K4
    {
        var file = Small.Xml(Small.Record("one", "tcp", "1"));
        using var store = Open();
        Append(store, file);
        store.Erase("Ada_Example", "registrar", "she asked for it");
        Assert.IsType<ImportOutcome.NoChange>(Prepare(store, file));
        Append(store, Small.Xml(Small.Record("one", "tcp", "1"), Small.Record("two", "tcp", "2")));
        Assert.Equal("[erased-1]", store.History.Current!.Records[1].Cell(6));
    }

    [Fact]
    public void A_backup_taken_while_the_registry_runs_restores_it()
    {
        var backup = Path.Combine(folder, "backup");
        using (var store = Open())
        {
            Append(store, Small.Xml(Small.Record("one", "tcp", "1")));
            store.Backup(backup);
            Append(store, Small.Xml(Small.Record("two", "tcp", "2")));
        }
        RegistryStore.Restore(backup, Data);
        using var restored = Open();
        Assert.Equal("one", restored.History.Current!.Records[0].Name!.Value.Text);
        Assert.Single(restored.History.Revisions);
        Assert.True(File.Exists(Path.Combine(Data, "before-restore", "registry.db")));
    }

    [Fact]
    public void A_backup_with_any_flipped_byte_is_refused_before_anything_is_replaced()
    {
        var backup = Path.Combine(folder, "backup");
        var damaged = Path.Combine(folder, "damaged");
        using (var store = Open())
        {
            Append(store, Small.Xml(Small.Record("one", "tcp", "1")));
            store.Backup(backup);
            Append(store, Small.Xml(Small.Record("two", "tcp", "2")));
        }
        var bytes = File.ReadAllBytes(backup);
        var random = new Random(1);
        foreach (
            var place in Enumerable
                .Range(0, 60)
                .Concat(Enumerable.Range(0, Counts.Of(20, 200)).Select(_ => random.Next(bytes.Length)))
                .Append(bytes.Length - 1)
        )
        {
            var flipped = bytes.ToArray();
            flipped[place] ^= (byte)(1 << place % 8);
            File.WriteAllBytes(damaged, flipped);
            Assert.Throws<BackupException>(() => RegistryStore.Restore(damaged, Data));
        }
        File.WriteAllBytes(damaged, bytes[..^1]);
        Assert.Throws<BackupException>(() => RegistryStore.Restore(damaged, Data));
        using var kept = Open();
        Assert.Equal(2, kept.History.Revisions.Length);
    }

    [Fact]
    public void A_restore_interrupted_after_its_check_is_finished_at_the_next_start()
    {
        var backup = Path.Combine(folder, "backup");
        using (var store = Open())
        {
            Append(store, Small.Xml(Small.Record("one", "tcp", "1")));
            store.Backup(backup);
        }
        File.Move(Path.Combine(Data, "registry.db"), Path.Combine(Data, "registry.restoring.db"));
        using var reopened = Open();
        Assert.Single(reopened.History.Revisions);
    }

    [Theory]
    [InlineData(
        "UPDATE revision SET hash = zeroblob(32) WHERE number = 2",
        "revision 2: its bytes do not match its hash"
    )]
    [InlineData("DELETE FROM revision WHERE number = 1", "revision 1: it is missing")]
    [InlineData(
        "UPDATE personal_text SET content = x'00' WHERE party = 1",
        "revision 1: a personal text of party 1 does not match"
    )]
    [InlineData(
        "UPDATE personal_text SET salt = NULL, content = NULL WHERE party = 1",
        "revision 1: a personal text of party 1 is gone though it was not erased"
    )]
    [InlineData(
        "DELETE FROM personal_text WHERE party = 2",
        "revision 2: a personal text of party 2 is missing"
    )]
    [InlineData(
        "UPDATE personal_text SET party = 9 WHERE party = 2",
        "revision 2: a personal text of party 2 is filed under party 9"
    )]
    [InlineData("INSERT INTO personal_text VALUES (zeroblob(32), 1, x'00', x'00')", "no revision commits to")]
    [InlineData(
        "UPDATE personal_text SET content = CAST(content AS TEXT) WHERE party = 1",
        "personal_text.content holds what is not of type blob"
    )]
    [InlineData(
        "UPDATE revision SET bytes = CAST(bytes AS TEXT) WHERE number = 1",
        "revision.bytes holds what is not of type blob"
    )]
    [InlineData("CREATE TABLE other (a INTEGER)", "the schema is not this program's")]
    public void Verify_names_what_was_tampered_with(string tampering, string words)
    {
        using (var store = Open())
        {
            Append(store, Small.Xml(Small.Record("one", "tcp", "1")));
            Append(
                store,
                Small.Xml(
                    Small.Record("one", "tcp", "1", "\n    <note><xref type=\"person\" data=\"Bob\"/></note>")
                )
            );
        }
        Change(tampering);
        using var database = Database.OpenForReading(Path.Combine(Data, "registry.db"));
        Assert.Contains(
            Verification.Of(database).Faults,
            fault => fault.Contains(words, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void One_flipped_byte_anywhere_in_the_database_is_found_or_holds_nothing()
    {
        var promise = new Promise(
            "verify-flip",
            "one flipped byte anywhere in the database: verify fails, or it is in unused space",
            2
        );
        using (var store = Open())
        {
            Append(store, FullSize("iana/2025-08-26.xml.gz") ?? Many(1, 600));
            Append(store, FullSize("iana/2025-09-22.xml.gz") ?? Many(2, 700));
            store.Erase(store.History.Current!.Contacts[0].Id, "registrar", "asked for");
        }
        var path = Path.Combine(Data, "registry.db");
        var whole = File.ReadAllBytes(path);
        var expected = Everything(path);
        var random = new Random(promise.Seed);
        var missedByPagesAlone = 0;
        var missed = new List<string>();
        for (var tries = Counts.Of(20, 200); promise.Tried < tries; promise.Tried++)
        {
            var place = random.Next(whole.Length);
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
                RandomAccess.Write(file, [(byte)(whole[place] ^ (1 << random.Next(8)))], place);
            if (!IsFound(path))
            {
                if (expected != Everything(path))
                    missed.Add($"{place} of {whole.Length}");
            }
            else if (ArePagesSound(path))
                missedByPagesAlone++;
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
                RandomAccess.Write(file, [whole[place]], place);
        }
        promise.Failed = missed.Count;
        promise.Control = ("SQLite's own integrity check, without hashes", missedByPagesAlone);
        promise.Record();
        Assert.Empty(missed);
        Assert.True(missedByPagesAlone > 0, "void: the database's own check finds all");
    }

    static byte[]? FullSize(string file) => TestData.Folder is null ? null : TestData.Unzip(file);

    static byte[] Many(int day, int count) =>
        Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(
                    Small.Xml([
                        .. Enumerable.Range(1, count).Select(i => Small.Record($"name-{i}", "tcp", $"{i}")),
                    ])
                )
                .Replace("2026-01-02", $"2026-01-0{day}", StringComparison.Ordinal)
        );

    static bool ArePagesSound(string path)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check";
            return command.ExecuteScalar() is "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    static bool IsFound(string path)
    {
        try
        {
            using var database = Database.OpenForReading(path);
            return !Verification.Of(database).IsWhole;
        }
        catch (Exception refusal) when (refusal is StorageException or SqliteException)
        {
            return true;
        }
    }

    // All that the registry rests on, so that a byte which changes nothing here is in unused space.
    static string Everything(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var all = new StringBuilder();
        foreach (var table in new[] { "revision", "personal_text", "erasure", "schema_script" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} ORDER BY 1";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    all.Append(
                            reader.GetValue(i) is byte[] bytes
                                ? Convert.ToHexString(bytes)
                                : reader.GetValue(i)
                        )
                        .Append('|');
            }
        }
        return all.ToString();
    }

    void Change(string sql)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(Data, "registry.db")};Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    RegistryStore Open() => RegistryStore.Open(Data, TimeProvider.System);

    static ImportOutcome Prepare(RegistryStore store, byte[] file) =>
        store.PrepareImport(
            XmlFormat.Read(file).Registry!,
            new("file", file.Length, Ledger.NoHash, null),
            "registrar",
            "a test",
            false
        );

    static void Append(RegistryStore store, byte[] file) =>
        store.Append(Assert.IsType<ImportOutcome.Ready>(Prepare(store, file)).Draft);

    static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
