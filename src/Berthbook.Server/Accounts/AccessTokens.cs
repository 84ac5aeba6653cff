using System.Security.Cryptography;
using System.Text;
using Berthbook.Requests;
using Berthbook.Server.Api;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>A personal access token, without its secret.</summary>
sealed record AccessToken(
    int Id,
    string Name,
    TokenScope Scope,
    DateTimeOffset Created,
    DateTimeOffset Expires,
    DateTimeOffset? LastUsed,
    bool HasSecondFactor
);

/// <summary>A token that was just made, with its secret, which is told once.</summary>
sealed record NewToken(int Id, string Secret, string Name, TokenScope Scope, DateTimeOffset Expires);

/// <summary>Personal access tokens: what programs send instead of signing in. Only their SHA-256 is kept.</summary>
sealed class AccessTokens(AccountsDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The longest time that a token lasts.</summary>
    public const int MaxDays = 366;

    /// <summary>The most tokens of one account at a time.</summary>
    public const int MaxTokens = 50;

    /// <summary>What every token begins with, so that a leaked one is recognised.</summary>
    public const string Prefix = "bbt_";

    /// <summary>What is kept of a token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Makes a token; refuses one too many.</summary>
    public (NewToken? Token, Refused? Refused) Make(
        int account,
        string name,
        TokenScope scope,
        int days,
        bool hasSecondFactor
    )
    {
        var now = clock.GetUtcNow();
        var expires = now.AddDays(days);
        var secret = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return database.Write<(NewToken?, Refused?)>(connection =>
        {
            connection.Run(
                "DELETE FROM access_token WHERE account = @account AND expires <= @now",
                ("@account", account),
                ("@now", now.ToUnixTimeMilliseconds())
            );
            var count = connection.Number(
                "SELECT count(*) FROM access_token WHERE account = @account",
                ("@account", account)
            );
            if (count >= MaxTokens)
                return (
                    null,
                    new(
                        ProblemKind.Conflict,
                        "tokens",
                        $"The account has {count} tokens; delete one that is not used any more."
                    )
                );
            connection.Run(
                """
                INSERT INTO access_token (account, hash, name, scope, is_second_factor, created, expires)
                VALUES (@account, @hash, @name, @scope, @factor, @now, @expires)
                """,
                ("@account", account),
                ("@hash", HashOf(secret)),
                ("@name", name),
                ("@scope", TokenWords.Of(scope)),
                ("@factor", hasSecondFactor),
                ("@now", now.ToUnixTimeMilliseconds()),
                ("@expires", expires.ToUnixTimeMilliseconds())
            );
            var id = (int)connection.Number("SELECT last_insert_rowid()");
            audit.Note(connection, new(account, "token.make", $"token {id}", true));
            return (new(id, secret, name, scope, expires), null);
        });
    }

    /// <summary>The tokens of an account, the latest first.</summary>
    public IReadOnlyList<AccessToken> Of(int account) =>
        database.Read(connection =>
            connection.Query(
                """
                SELECT id, name, scope, created, expires, last_used, is_second_factor
                FROM access_token
                WHERE account = @account AND expires > @now
                ORDER BY id DESC
                """,
                Read,
                ("@account", account),
                ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds())
            )
        );

    /// <summary>Deletes a token of an account; says whether there was one.</summary>
    public bool Delete(Actor actor, int id) =>
        database.Write(connection =>
        {
            var isThere =
                connection.Run(
                    "DELETE FROM access_token WHERE id = @id AND account = @account",
                    ("@id", id),
                    ("@account", actor.Account)
                ) > 0;
            audit.Note(
                connection,
                new(actor.Account, "token.delete", $"token {id}", isThere, isThere ? null : "token")
            );
            return isThere;
        });

    static AccessToken Read(SqliteDataReader row) =>
        new(
            row.GetInt32(0),
            row.GetString(1),
            TokenWords.ScopeOf(row.GetString(2)),
            row.Time(3),
            row.Time(4),
            row.IsDBNull(5) ? null : row.Time(5),
            row.GetBoolean(6)
        );
}
