using Berthbook.Requests;
using Berthbook.Server.Api;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Closes an account: its personal data is erased wherever it lies; its number stays with what it asked and decided
/// (procedures K4).
/// </summary>
sealed class Closing(AccountsDatabase database, AuditTrail audit, CurrentRegistry current)
{
    /// <summary>What an account is called that was closed.</summary>
    public const string Name = "closed account";

    /// <summary>Closes an account, or says why not.</summary>
    public Refused? Close(Actor actor)
    {
        var refused = Erase(actor);
        // The write-ahead log still holds the old pages.
        if (refused is null)
            database.Tidy();
        return refused;
    }

    Refused? Erase(Actor actor) =>
        database.Write(connection =>
        {
            var id = actor.Account;
            var subject = $"account {id}";
            if (audit.Lost(connection, actor, Action, subject) is { } lost)
                return lost;
            if (Judge(connection, id) is { } refused)
            {
                audit.Note(connection, new(id, Action, subject, false, refused.Rule));
                return refused;
            }
            RequestErasure.Erase(connection, id, current.Snapshot.Registry);
            foreach (var statement in Statements)
                connection.Run(
                    statement,
                    ("@account", id),
                    ("@name", Name),
                    ("@stamp", Guid.NewGuid().ToString())
                );
            audit.Note(connection, new(id, Action, subject, true));
            return null;
        });

    const string Action = "account.closed";

    // Letters about its requests quote the discussion, to whomever they go; what tells a holder of a decision does not.
    static readonly string[] Statements =
    [
        """
            UPDATE account SET
                user_name = NULL, normalized_user_name = NULL, name = @name, organization = NULL, email = NULL,
                normalized_email = NULL, email_confirmed = 0, password_hash = NULL, security_stamp = @stamp,
                concurrency_stamp = @stamp, two_factor_enabled = 0, lockout_end = NULL, access_failed_count = 0, offices = 0,
                state = 'closed'
            WHERE id = @account
            """,
        "DELETE FROM account_secret WHERE account = @account",
        "DELETE FROM account_login WHERE account = @account",
        "DELETE FROM account_claim WHERE account = @account",
        "DELETE FROM access_token WHERE account = @account",
        "DELETE FROM claim WHERE account = @account",
        "DELETE FROM answered WHERE account = @account",
        "DELETE FROM mailed_code WHERE request IN (SELECT number FROM request WHERE applicant = @account)",
        """
            UPDATE outbox SET recipient = '', subject = '', body = '', next_attempt = NULL, fault = 'the account was closed'
            WHERE account = @account
                OR ((account = 0 OR kind <> 'decision')
                    AND request IN (SELECT number FROM request WHERE applicant = @account))
            """,
        "UPDATE audit_text SET salt = NULL, content = NULL WHERE account = @account",
    ];

    static Refused? Judge(SqliteConnection connection, int id)
    {
        var isAdministrator =
            connection.Number(
                "SELECT count(*) FROM account WHERE id = @id AND (offices & @office) <> 0",
                ("@id", id),
                ("@office", (int)Offices.Administrator)
            ) > 0;
        if (isAdministrator && !AdminLinks.HasAdministrator(connection, besides: id))
            return Administration.LastAdministrator;
        var open = connection.Query(
            """
            SELECT number FROM request
            WHERE applicant = @id AND state NOT IN ('assigned', 'rejected', 'withdrawn', 'expired', 'draft')
            ORDER BY number
            """,
            row => row.GetInt64(0),
            ("@id", id)
        );
        return open.Count == 0
            ? null
            : new(
                ProblemKind.Conflict,
                "requests",
                $"Requests of this account are open; withdraw them first: {string.Join(", ", open)}."
            );
    }
}
