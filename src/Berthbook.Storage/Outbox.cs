using System.Data.Common;
using Berthbook.Requests;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>A letter in the outbox.</summary>
/// <param name="Number">Its number, from 1, in the order in which letters were written.</param>
/// <param name="MessageId">Its Message-ID, the same however often it is sent.</param>
/// <param name="Letter">The letter; once it is sent its text is gone, since links in it are keys.</param>
/// <param name="Created">When it was written, UTC.</param>
/// <param name="Attempts">How often it was tried to send it.</param>
/// <param name="NextAttempt">When it is tried next, UTC; null once it is sent or given up.</param>
/// <param name="Sent">When the relay took it, UTC, or null.</param>
/// <param name="Fault">Why the last attempt failed, or null.</param>
public sealed record OutboxLetter(
    int Number,
    string MessageId,
    Letter Letter,
    DateTimeOffset Created,
    int Attempts,
    DateTimeOffset? NextAttempt,
    DateTimeOffset? Sent,
    string? Fault
)
{
    /// <summary>How it stands.</summary>
    public OutboxState State =>
        Sent is not null ? OutboxState.Sent
        : NextAttempt is null ? OutboxState.GivenUp
        : OutboxState.Waiting;
}

/// <summary>How it stands with a letter.</summary>
public enum OutboxState
{
    /// <summary>It waits to be sent.</summary>
    Waiting,

    /// <summary>The relay took it.</summary>
    Sent,

    /// <summary>It is not tried any more.</summary>
    GivenUp,
}

/// <summary>The words for how it stands with a letter.</summary>
public static class OutboxStates
{
    /// <summary>The word: <c>given-up</c>.</summary>
    public static string Word(this OutboxState state) =>
        state switch
        {
            OutboxState.Waiting => "waiting",
            OutboxState.Sent => "sent",
            _ => "given-up",
        };
}

/// <summary>
/// Mail that is owed: written in the transaction of what it tells of, sent after the commit. Each method runs within the
/// transaction that is open on the connection.
/// </summary>
public static class Outbox
{
    /// <summary>For how long a letter is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    /// <summary>
    /// A letter was added; its transaction may still be open. Who looks for it within a write of their own finds it, since
    /// writes come one after the other.
    /// </summary>
    public static event Action? Added;

    /// <summary>Adds a letter.</summary>
    public static void Add(SqliteConnection connection, Letter letter, DateTimeOffset now)
    {
        var isAddress = Letters.IsAddress(letter.To);
        Commands
            .Of(connection)
            .Run(
                """
                INSERT INTO outbox (message_id, kind, recipient, subject, body, request, account, created, attempts, next_attempt, fault)
                VALUES (@message_id, @kind, @recipient, @subject, @body, @request, @account, @now, 0, @next, @fault)
                """,
                ("@message_id", $"{Guid.NewGuid():N}@berthbook"),
                ("@kind", letter.Kind),
                ("@recipient", letter.To),
                ("@subject", Letters.OneLine(letter.Subject)),
                ("@body", letter.Body),
                ("@request", letter.Request),
                ("@account", letter.Account),
                ("@now", now.ToUnixTimeMilliseconds()),
                ("@next", isAddress ? now.ToUnixTimeMilliseconds() : null),
                ("@fault", isAddress ? null : "the recipient is not an e-mail address")
            );
        Added?.Invoke();
    }

    /// <summary>The letter that is due the longest, or null; and when the next is due after a time without any.</summary>
    public static (OutboxLetter? Letter, DateTimeOffset? At) Next(
        SqliteConnection connection,
        DateTimeOffset now
    )
    {
        var first = Commands
            .Of(connection)
            .Query($"{Select} WHERE next_attempt IS NOT NULL ORDER BY next_attempt, number LIMIT 1", Read)
            .SingleOrDefault();
        return first is null ? (null, null)
            : first.NextAttempt <= now ? (first, null)
            : (null, first.NextAttempt);
    }

    /// <summary>The relay took a letter. Its text goes, since links in it are keys.</summary>
    public static void MarkSent(SqliteConnection connection, int number, DateTimeOffset now) =>
        Commands
            .Of(connection)
            .Run(
                """
                UPDATE outbox
                SET sent = @now, next_attempt = NULL, fault = NULL, body = '', attempts = attempts + 1
                WHERE number = @number AND sent IS NULL
                """,
                ("@now", now.ToUnixTimeMilliseconds()),
                ("@number", number)
            );

    /// <summary>An attempt failed: it is tried again at a time, or given up where there is none or it was tried long enough.</summary>
    /// <returns>Whether it is given up.</returns>
    public static bool MarkFailed(
        SqliteConnection connection,
        OutboxLetter letter,
        string fault,
        DateTimeOffset? next,
        DateTimeOffset now
    )
    {
        var again = now - letter.Created < Patience ? next : null;
        Commands
            .Of(connection)
            .Run(
                """
                UPDATE outbox
                SET attempts = attempts + 1, next_attempt = @next, fault = @fault
                WHERE number = @number AND sent IS NULL
                """,
                ("@next", again?.ToUnixTimeMilliseconds()),
                ("@fault", fault),
                ("@number", letter.Number)
            );
        return again is null;
    }

    /// <summary>A letter that was given up is tried anew; false where there is no such letter.</summary>
    public static bool TryAgain(SqliteConnection connection, int number, DateTimeOffset now)
    {
        var isThere =
            Commands
                .Of(connection)
                .Run(
                    """
                    UPDATE outbox
                    SET next_attempt = @now, created = @now
                    WHERE number = @number AND sent IS NULL AND next_attempt IS NULL AND recipient <> ''
                    """,
                    ("@now", now.ToUnixTimeMilliseconds()),
                    ("@number", number)
                ) == 1;
        if (isThere)
            Added?.Invoke();
        return isThere;
    }

    /// <summary>How many letters are given up.</summary>
    public static int CountGivenUp(SqliteConnection connection) =>
        Commands
            .Of(connection)
            .Query(
                // What was owed to an account that is closed has no recipient any more.
                "SELECT count(*) FROM outbox WHERE sent IS NULL AND next_attempt IS NULL AND recipient <> ''",
                row => row.GetInt32(0)
            )[0];

    /// <summary>Some letters, the latest first, and how many there are in all.</summary>
    public static (IReadOnlyList<OutboxLetter> Letters, int Total) List(
        SqliteConnection connection,
        int skip,
        int count
    )
    {
        var commands = Commands.Of(connection);
        return (
            commands.Query(
                $"{Select} ORDER BY number DESC LIMIT @count OFFSET @skip",
                Read,
                ("@count", count),
                ("@skip", skip)
            ),
            commands.Query("SELECT count(*) FROM outbox", row => row.GetInt32(0))[0]
        );
    }

    /// <summary>How long is waited after so many failed attempts: a minute, then twice as long each time, at most six hours.</summary>
    public static TimeSpan WaitAfter(int attempts) =>
        TimeSpan.FromMinutes(Math.Min(1 << Math.Min(attempts - 1, 9), 6 * 60));

    const string Select = """
        SELECT number, message_id, kind, recipient, subject, body, request, account, created, attempts, next_attempt, sent, fault
        FROM outbox
        """;

    static OutboxLetter Read(DbDataReader row) =>
        new(
            row.GetInt32(0),
            row.GetString(1),
            new(
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                row.IsDBNull(6) ? null : row.GetInt32(6),
                row.GetInt32(7)
            ),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
            row.GetInt32(9),
            TimeAt(row, 10),
            TimeAt(row, 11),
            row.IsDBNull(12) ? null : row.GetString(12)
        );

    static DateTimeOffset? TimeAt(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
