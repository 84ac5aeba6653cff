using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Berthbook.Benchmarks;

/// <summary>What a database can do at best: one row, one commit, on a connection with the store's settings.</summary>
sealed class RowsOneByOne : IDisposable
{
    readonly SqliteConnection connection;
    readonly SqliteCommand insert;
    readonly SqliteParameter text;

    /// <param name="path">The registry's own database, which gets a table more.</param>
    public RowsOneByOne(string path)
    {
        connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA secure_delete = ON");
        Execute("CREATE TABLE bench_row (number INTEGER PRIMARY KEY, text TEXT)");
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO bench_row (text) VALUES (@text)";
        text = insert.Parameters.Add("@text", SqliteType.Text);
    }

    /// <summary>Inserts rows; how many a second.</summary>
    public double Run(int rows)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < rows; i++)
        {
            text.Value = "a decision";
            insert.ExecuteNonQuery();
        }
        return rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }

    void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
