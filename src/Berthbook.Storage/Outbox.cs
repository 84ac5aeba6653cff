using Berthbook.Requests;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>Mail that is owed: written in the transaction of what it tells of, sent after the commit.</summary>
public static class Outbox
{
    /// <summary>Adds a letter within the transaction that is open on a connection.</summary>
    public static void Add(SqliteConnection connection, Letter letter, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO outbox (message_id, kind, recipient, subject, body, request, account, created, attempts, next_attempt)
            VALUES (@message_id, @kind, @recipient, @subject, @body, @request, @account, @now, 0, @now)
            """;
        command.Parameters.AddWithValue("@message_id", $"{Guid.NewGuid():N}@berthbook");
        command.Parameters.AddWithValue("@kind", letter.Kind);
        command.Parameters.AddWithValue("@recipient", letter.To);
        command.Parameters.AddWithValue("@subject", letter.Subject);
        command.Parameters.AddWithValue("@body", letter.Body);
        command.Parameters.AddWithValue("@request", (object?)letter.Request ?? DBNull.Value);
        command.Parameters.AddWithValue("@account", letter.Account);
        command.Parameters.AddWithValue("@now", now.ToUnixTimeMilliseconds());
        command.ExecuteNonQuery();
    }
}
