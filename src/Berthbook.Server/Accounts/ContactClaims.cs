using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Server.Api;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>That an account says to be, or to act for, a contact of the registry.</summary>
sealed record ContactClaim(
    int Number,
    int Account,
    string Claimant,
    string? Organization,
    string Contact,
    string State,
    DateTimeOffset Asked,
    string? Statement,
    DateTimeOffset? Decided,
    string? Evidence
);

/// <summary>
/// Claims of contacts (procedures K3): a mailbox gives nothing by itself. The first claim of a contact is confirmed by the
/// registrar, who keeps the evidence; later ones by who holds it, and the other holders are told.
/// </summary>
sealed class ContactClaims(
    AccountsDatabase database,
    CurrentRegistry current,
    AuditTrail audit,
    AccountLetters letters,
    TimeProvider clock
)
{
    /// <summary>Claims a contact; gives the number of the claim.</summary>
    public (int Number, Refused? Refused) Ask(Actor actor, string contact, string? statement)
    {
        if (current.Snapshot.Registry.FindContact(contact) is null)
            return (
                0,
                new(ProblemKind.NotFound, "K3", $"The registry has no contact '{contact}'.", "contact")
            );
        return database.Write<(int, Refused?)>(connection =>
        {
            var isThere = connection.Number(
                "SELECT count(*) FROM claim WHERE account = @account AND contact = @contact AND state IN ('asked', 'confirmed')",
                ("@account", actor.Account),
                ("@contact", contact)
            );
            if (isThere > 0)
                return (
                    0,
                    Refuse(connection, actor, "claim.ask", "", "You have claimed this contact already.")
                );
            connection.Run(
                """
                INSERT INTO claim (account, contact, state, asked, statement)
                VALUES (@account, @contact, 'asked', @now, @statement)
                """,
                ("@account", actor.Account),
                ("@contact", contact),
                ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds()),
                ("@statement", statement)
            );
            var number = (int)connection.Number("SELECT last_insert_rowid()");
            Tell(
                connection,
                contact,
                actor.Account,
                $"Somebody claims the contact {contact}",
                AskedBody(contact)
            );
            audit.Note(connection, new(actor.Account, "claim.ask", $"claim {number}", true));
            return (number, null);
        });
    }

    /// <summary>Confirms or denies a claim.</summary>
    public Refused? Decide(Actor actor, int number, bool isConfirmed, string? evidence) =>
        database.Write(connection =>
        {
            var action = isConfirmed ? "claim.confirm" : "claim.deny";
            var subject = $"claim {number}";
            if (audit.Lost(connection, actor, action, subject) is { } lost)
                return lost;
            if (
                Query(connection, "c.number = @number", ("@number", number)) is not [var claim]
                || !MaySee(actor, claim)
            )
            {
                audit.Note(connection, new(actor.Account, action, subject, false, "claim"));
                return new Refused(ProblemKind.NotFound, "claim", $"There is no claim {number} for you.");
            }
            if (claim.State != "asked")
                return Refuse(
                    connection,
                    actor,
                    action,
                    subject,
                    $"Claim {number} is {claim.State} already."
                );
            if (claim.Account == actor.Account)
                return Refuse(connection, actor, action, subject, "Nobody decides a claim of their own.");
            var isHeld = IsHeld(connection, claim.Contact);
            if (isHeld && !actor.Claims.Contains(claim.Contact))
                return Refuse(
                    connection,
                    actor,
                    action,
                    subject,
                    $"The contact {claim.Contact} is held; only a holder confirms another claim of it."
                );
            if (!isHeld && isConfirmed && evidence is null)
                return Refuse(
                    connection,
                    actor,
                    action,
                    subject,
                    "The first claim of a contact is confirmed on evidence: say which, it is kept.",
                    "evidence"
                );
            connection.Run(
                """
                UPDATE claim SET state = @state, decided = @now, decided_by = @by, evidence = @evidence
                WHERE number = @number
                """,
                ("@state", isConfirmed ? "confirmed" : "denied"),
                ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds()),
                ("@by", actor.Account),
                ("@evidence", evidence),
                ("@number", number)
            );
            if (isConfirmed)
                Tell(
                    connection,
                    claim.Contact,
                    claim.Account,
                    $"The contact {claim.Contact} has another holder",
                    $"An account was confirmed to be, or to act for, the contact\n{claim.Contact}, as yours is. If you did not expect it, tell the\nregistrar.\n\n{letters.Place("/account")}"
                );
            TellClaimant(connection, claim, isConfirmed);
            audit.Note(connection, new(actor.Account, action, subject, true, "K3", evidence));
            return null;
        });

    /// <summary>The claims that somebody made or may decide, the latest first.</summary>
    public ImmutableArray<ContactClaim> For(Actor actor) =>
        database.Read<ImmutableArray<ContactClaim>>(connection =>
            [.. Query(connection, "1 = 1").Where(claim => MaySee(actor, claim))]
        );

    static bool MaySee(Actor actor, ContactClaim claim) =>
        claim.Account == actor.Account
        || actor.IsAny(Offices.Registrar)
        || actor.Claims.Contains(claim.Contact);

    Refused Refuse(
        SqliteConnection connection,
        Actor actor,
        string action,
        string subject,
        string words,
        string? field = null
    )
    {
        audit.Note(connection, new(actor.Account, action, subject, false, "K3"));
        return new(ProblemKind.Conflict, "K3", words, field);
    }

    static bool IsHeld(SqliteConnection connection, string contact) =>
        connection.Number(
            """
            SELECT count(*) FROM claim c JOIN account a ON a.id = c.account
            WHERE c.contact = @contact AND c.state = 'confirmed' AND a.state = 'active'
            """,
            ("@contact", contact)
        ) > 0;

    string AskedBody(string contact) =>
        $"""
            An account says to be, or to act for, the contact
            {contact}. Please confirm or deny it:

            {letters.Place("/account")}
            """;

    // The holders; where there is none the registrars, who decide the first claim.
    void Tell(SqliteConnection connection, string contact, int besides, string subject, string body)
    {
        var holders = Mailboxes(
            connection,
            "a.id IN (SELECT c.account FROM claim c WHERE c.contact = @contact AND c.state = 'confirmed')",
            contact
        );
        if (holders.Count == 0)
            holders = Mailboxes(connection, $"(a.offices & {(int)Offices.Registrar}) <> 0", contact);
        foreach (var (account, email) in holders.Where(holder => holder.Account != besides))
            Outbox.Add(connection, new("account", email, subject, body, null, account), clock.GetUtcNow());
    }

    void TellClaimant(SqliteConnection connection, ContactClaim claim, bool isConfirmed)
    {
        var outcome = isConfirmed ? "was confirmed" : "was denied";
        foreach (
            var (account, email) in Mailboxes(connection, "a.id = @claimant", claim.Contact, claim.Account)
        )
            Outbox.Add(
                connection,
                new(
                    "account",
                    email,
                    $"Your claim of the contact {claim.Contact} {outcome}",
                    $"Your claim of the contact\n{claim.Contact} {outcome}.\n\n{letters.Place("/account")}",
                    null,
                    account
                ),
                clock.GetUtcNow()
            );
    }

    static List<(int Account, string Email)> Mailboxes(
        SqliteConnection connection,
        string who,
        string contact,
        int claimant = 0
    ) =>
        connection.Query(
            $"SELECT a.id, a.email FROM account a WHERE a.state = 'active' AND a.email_confirmed = 1 AND {who}",
            row => (row.GetInt32(0), row.GetString(1)),
            ("@contact", contact),
            ("@claimant", claimant)
        );

    static List<ContactClaim> Query(
        SqliteConnection connection,
        string where,
        params ReadOnlySpan<(string Name, object? Value)> values
    ) =>
        connection.Query(
            $"""
            SELECT c.number, c.account, a.name, a.organization, c.contact, c.state, c.asked, c.statement, c.decided, c.evidence
            FROM claim c JOIN account a ON a.id = c.account
            WHERE {where} ORDER BY c.number DESC
            """,
            row => new ContactClaim(
                row.GetInt32(0),
                row.GetInt32(1),
                row.GetString(2),
                row.TextOrNull(3),
                row.GetString(4),
                row.GetString(5),
                row.Time(6),
                row.TextOrNull(7),
                row.IsDBNull(8) ? null : row.Time(8),
                row.TextOrNull(9)
            ),
            values
        );
}
