using System.Security.Cryptography;
using System.Text;
using Berthbook.Requests;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>Reads who calls, with each call: what was taken away a moment ago is not there any more.</summary>
sealed class AccountReading(AccountsDatabase database, Settings settings, TimeProvider clock)
{
    const string Columns = """
        a.id, a.name, CASE a.email_confirmed WHEN 1 THEN a.email END, a.organization, a.offices, a.state, a.security_stamp,
        (SELECT group_concat(c.contact, char(10)) FROM claim c WHERE c.account = a.id AND c.state = 'confirmed')
        """;

    /// <summary>Who has a session of an account that began under a stamp; null where it has ended.</summary>
    public Caller? OfSession(int account, string stamp, bool hasSecondFactor) =>
        Find(account) is { State: AccountState.Active } facts
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(facts.Stamp ?? ""),
            Encoding.UTF8.GetBytes(stamp)
        )
            ? facts.ToCaller(hasSecondFactor, settings.RequiresSecondFactor)
            : null;

    /// <summary>Who bears a token; null where there is no such token, or its time or its account has ended.</summary>
    public Caller? OfToken(string token)
    {
        var now = clock.GetUtcNow();
        var found = database.Read(connection =>
            connection.Query(
                $"""
                SELECT {Columns}, t.id, t.scope, t.is_second_factor, t.last_used
                FROM access_token t JOIN account a ON a.id = t.account
                WHERE t.hash = @hash AND t.expires > @now
                """,
                row =>
                    (
                        Facts: Read(row),
                        Id: row.GetInt32(8),
                        Scope: row.GetString(9),
                        HasFactor: row.GetBoolean(10),
                        LastUsed: row.IsDBNull(11) ? DateTimeOffset.MinValue : row.Time(11)
                    ),
                ("@hash", AccessTokens.HashOf(token)),
                ("@now", now.ToUnixTimeMilliseconds())
            )
        );
        if (found is not [{ Facts.State: AccountState.Active } one])
            return null;
        if (now - one.LastUsed >= UseIsNoted)
            NoteUse(one.Id, now);
        return one.Facts.ToCaller(one.HasFactor, settings.RequiresSecondFactor) with
        {
            Scope = TokenWords.ScopeOf(one.Scope),
            Token = one.Id,
        };
    }

    /// <summary>What is stored of an account, or null.</summary>
    public AccountFacts? Find(int account) =>
        database
            .Read(connection =>
                connection.Query($"SELECT {Columns} FROM account a WHERE a.id = @id", Read, ("@id", account))
            )
            .SingleOrDefault();

    /// <summary>The active accounts that hold one of some offices, in force or not.</summary>
    public IReadOnlyList<AccountFacts> Holding(Offices offices) =>
        database.Read(connection =>
            connection.Query(
                $"SELECT {Columns} FROM account a WHERE a.state = 'active' AND (a.offices & @offices) <> 0 ORDER BY a.id",
                Read,
                ("@offices", (int)offices)
            )
        );

    static AccountFacts Read(SqliteDataReader row) =>
        new(
            row.GetInt32(0),
            row.GetString(1),
            row.TextOrNull(2),
            row.TextOrNull(3),
            (Offices)row.GetByte(4),
            AccountWords.StateOf(row.GetString(5)),
            row.TextOrNull(6),
            [.. row.TextOrNull(7)?.Split('\n') ?? []]
        );

    static readonly TimeSpan UseIsNoted = TimeSpan.FromHours(1);

    // For its owner to see; a disk that is full must not stop a reader.
    void NoteUse(int token, DateTimeOffset now)
    {
        try
        {
            database.Write(connection =>
                connection.Run(
                    "UPDATE access_token SET last_used = @now WHERE id = @id",
                    ("@now", now.ToUnixTimeMilliseconds()),
                    ("@id", token)
                )
            );
        }
        catch (SqliteException) { }
    }
}
