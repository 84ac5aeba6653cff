using System.Data.Common;
using System.Reflection;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>
/// The SQLite database of a folder: opened with the settings that make a commit durable, which are asserted, and
/// brought to this program's schema (reliability.md 2.1).
/// </summary>
sealed class Database : IDisposable
{
    // Older ones have the bug that can reset the write-ahead log while it is read.
    static readonly Version OldestSqlite = new(3, 51, 3);

    Database(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>Opens a database for writing, making it where there is none.</summary>
    public static Database Open(string path)
    {
        var database = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            database.Run("PRAGMA journal_mode = WAL");
            database.Run("PRAGMA synchronous = FULL");
            database.Run("PRAGMA secure_delete = ON");
            // What a savepoint would take back is kept in memory: else each larger write makes a temporary file.
            database.Run("PRAGMA temp_store = MEMORY");
            // 32 MiB: what decisions touch stays at hand.
            database.Run("PRAGMA cache_size = -32768");
            // In pages, 16 MiB: pages that many decisions change are carried over to the database once for all of them.
            database.Run("PRAGMA wal_autocheckpoint = 4000");
            database.RequireDurable();
            database.Migrate();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a database to read it, while another process may write it.</summary>
    public static Database OpenForReading(string path)
    {
        var database = Connect(path, SqliteOpenMode.ReadWrite);
        try
        {
            database.Run("PRAGMA query_only = ON");
            var missing = Scripts.Keys.Except(database.ScriptsRun()).Any();
            if (missing)
                throw new StorageException(
                    $"{path} was written by an older program; start the server on it once"
                );
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The statements that make the schema, as SQLite keeps them, of a database or of this program.</summary>
    public IReadOnlyList<string> Schema() =>
        Query(
                "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_master",
                row => row.GetString(0)
            )
            .Order(StringComparer.Ordinal)
            .ToList();

    /// <summary>The schema of a database that this program has just made.</summary>
    public static IReadOnlyList<string> ExpectedSchema()
    {
        using var empty = Connect(":memory:", SqliteOpenMode.ReadWriteCreate);
        empty.Migrate();
        return empty.Schema();
    }

    public void Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    public List<T> Query<T>(
        string sql,
        Func<DbDataReader, T> read,
        params ReadOnlySpan<(string Name, object Value)> parameters
    )
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    public void Dispose() => Connection.Dispose();

    static Database Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                ForeignKeys = true,
                DefaultTimeout = 10,
            }.ToString()
        );
        try
        {
            connection.Open();
            var database = new Database(connection);
            // Other connections of this process write accounts.
            database.Run("PRAGMA busy_timeout = 10000");
            database.Run("PRAGMA trusted_schema = OFF");
            database.Run("PRAGMA cell_size_check = ON");
            if (!Version.TryParse(connection.ServerVersion, out var version) || version < OldestSqlite)
                throw new StorageException(
                    $"SQLite {connection.ServerVersion} is too old; {OldestSqlite} is needed"
                );
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    void RequireDurable()
    {
        var mode = Query("PRAGMA journal_mode", row => row.GetString(0))[0];
        var synchronous = Query("PRAGMA synchronous", row => row.GetInt32(0))[0];
        if (mode != "wal" || synchronous != 2)
            throw new StorageException(
                $"SQLite runs with journal_mode {mode}, synchronous {synchronous}; a commit would not be durable"
            );
    }

    void Migrate()
    {
        var known = ScriptsRun();
        var newer = known.Except(Scripts.Keys).Order(StringComparer.Ordinal).ToList();
        if (newer.Count > 0)
            throw new NewerFolderException(
                $"a newer program wrote this folder (it knows {newer[^1]}); use that one"
            );
        if (known.Count == Scripts.Count)
            return;
        var result = DeployChanges
            .To.SqliteDatabase(new DbUp.Sqlite.Helpers.SharedConnection(Connection))
            .WithScripts(Scripts.Select(script => new SqlScript(script.Key, script.Value)))
            .WithVariable("rowless", "WITHOUT ROWID")
            .JournalTo(new ScriptList(this))
            .WithTransaction()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new StorageException(
                $"the database could not be prepared: {result.Error.Message}",
                result.Error
            );
    }

    List<string> ScriptsRun() =>
        Query(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_script'",
            row => row.GetString(0)
        ).Count == 0
            ? []
            : Query("SELECT name FROM schema_script ORDER BY name", row => row.GetString(0));

    static readonly SortedDictionary<string, string> Scripts = ReadScripts();

    static SortedDictionary<string, string> ReadScripts()
    {
        var scripts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            scripts.Add(string.Join('.', name.Split('.')[^2..]), reader.ReadToEnd());
        }
        return scripts;
    }

    // The scripts that ran, by name alone: DbUp's own table has times, which nothing could verify.
    sealed class ScriptList(Database database) : IJournal
    {
        public void EnsureTableExistsAndIsLatestVersion(Func<System.Data.IDbCommand> dbCommandFactory)
        {
            using var command = dbCommandFactory();
            command.CommandText = "CREATE TABLE IF NOT EXISTS schema_script (name TEXT NOT NULL PRIMARY KEY)";
            command.ExecuteNonQuery();
        }

        public string[] GetExecutedScripts() => [.. database.ScriptsRun()];

        public void StoreExecutedScript(SqlScript script, Func<System.Data.IDbCommand> dbCommandFactory)
        {
            EnsureTableExistsAndIsLatestVersion(dbCommandFactory);
            using var command = dbCommandFactory();
            command.CommandText = "INSERT INTO schema_script (name) VALUES (@name)";
            var name = command.CreateParameter();
            name.ParameterName = "@name";
            name.Value = script.Name;
            command.Parameters.Add(name);
            command.ExecuteNonQuery();
        }
    }
}
