using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>
/// Runs SQL on a connection. The writer's own connection keeps each command prepared, one for each text; its parameters are
/// always given in the same order. Not for several threads at once.
/// </summary>
sealed class Commands
{
    static readonly ConditionalWeakTable<SqliteConnection, Commands> Kept = [];

    readonly SqliteConnection connection;
    readonly Dictionary<string, SqliteCommand>? prepared;

    Commands(SqliteConnection connection, bool isKept)
    {
        this.connection = connection;
        prepared = isKept ? new(StringComparer.Ordinal) : null;
    }

    /// <summary>The commands of a connection: those that are kept, where <see cref="Keep"/> was asked, else new ones.</summary>
    public static Commands Of(SqliteConnection connection) =>
        Kept.TryGetValue(connection, out var known) ? known : new(connection, isKept: false);

    /// <summary>Keeps the commands of a connection whose transactions are begun and ended by SQL alone.</summary>
    public static Commands Keep(SqliteConnection connection) =>
        Kept.GetValue(connection, own => new(own, isKept: true));

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Prepare(sql, parameters);
        try
        {
            return command.ExecuteNonQuery();
        }
        finally
        {
            Release(command);
        }
    }

    /// <summary>The rows of a query.</summary>
    public List<T> Query<T>(
        string sql,
        Func<DbDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        var command = Prepare(sql, parameters);
        try
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }
        finally
        {
            Release(command);
        }
    }

    /// <summary>Lets go of every command that is kept.</summary>
    public void Drop()
    {
        foreach (var command in prepared?.Values ?? Enumerable.Empty<SqliteCommand>())
            command.Dispose();
        prepared?.Clear();
    }

    SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (prepared is not null && prepared.TryGetValue(sql, out var command))
        {
            for (var i = 0; i < parameters.Length; i++)
                command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
            return command;
        }
        command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        prepared?.Add(sql, command);
        return command;
    }

    void Release(SqliteCommand command)
    {
        if (prepared is null)
            command.Dispose();
    }
}
