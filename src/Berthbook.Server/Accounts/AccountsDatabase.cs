using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Connections of the accounts' own to the registry's database, beside the one that writes the registry: durable like
/// that one, and patient while it writes.
/// </summary>
sealed class AccountsDatabase(Settings settings) : DbConnectionInterceptor, IDisposable
{
    const string Choices = """
        PRAGMA busy_timeout = 10000;
        PRAGMA synchronous = FULL;
        PRAGMA trusted_schema = OFF;
        PRAGMA secure_delete = ON;
        """;

    public string ConnectionString { get; } =
        new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(settings.Data, "registry.db"),
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = 10,
        }.ToString();

    /// <summary>What one statement or several reads answer.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        using var connection = Open();
        return read(connection);
    }

    /// <summary>Writes in one transaction: all of it is on disk when this returns, or nothing is.</summary>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var answer = write(connection);
        transaction.Commit();
        return answer;
    }

    /// <summary>
    /// Empties the write-ahead log, which holds what pages were before, as far as the disk and the readers of the moment let
    /// it; the rest goes with the next writes.
    /// </summary>
    public void Tidy()
    {
        using var connection = Open();
        try
        {
            connection.Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt32(0));
        }
        catch (SqliteException) { }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Choose((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Choose((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    // Closes what the pool keeps, so that the last one of the process tidies the folder.
    public void Dispose()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            Choose(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    static void Choose(SqliteConnection connection) => connection.Run(Choices);
}

/// <summary>Statements with named values.</summary>
static class Sql
{
    extension(SqliteConnection connection)
    {
        /// <summary>Runs a statement; the number of rows it changed.</summary>
        public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            using var command = connection.Command(sql, values);
            return command.ExecuteNonQuery();
        }

        public List<T> Query<T>(
            string sql,
            Func<SqliteDataReader, T> read,
            params ReadOnlySpan<(string Name, object? Value)> values
        )
        {
            using var command = connection.Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }

        /// <summary>The number that a statement gives.</summary>
        public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            using var command = connection.Command(sql, values);
            return (long)command.ExecuteScalar()!;
        }

        SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values)
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            return command;
        }
    }

    /// <summary>The text of a column, or null.</summary>
    public static string? TextOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The time of a column of milliseconds.</summary>
    public static DateTimeOffset Time(this SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
