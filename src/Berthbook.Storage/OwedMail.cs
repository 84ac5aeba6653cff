using System.Text.Json;
using Berthbook.Requests;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>
/// Puts the letters that a change owes into the outbox, within the transaction that stores the change: finds the addresses of
/// accounts, offices and holders, and keeps the codes of links.
/// </summary>
public static class OwedMail
{
    /// <summary>Adds the letters of one change.</summary>
    /// <param name="connection">The connection, on which a transaction is open.</param>
    /// <param name="before">The request before the change; null where it is new.</param>
    /// <param name="after">The request after it, with its number.</param>
    /// <param name="hearing">What the change was held against.</param>
    /// <param name="head">What all letters have in common.</param>
    public static void Add(
        SqliteConnection connection,
        Request? before,
        Request after,
        Hearing hearing,
        LetterHead head
    )
    {
        foreach (var owed in Letters.About(before, after, hearing, head, MailedCode.Make))
        {
            foreach (var (account, address) in Recipients(connection, owed.To, after.Applicant))
            {
                var letter = new Letter(owed.Kind, address, owed.Subject, owed.Body, after.Number, account);
                Outbox.Add(connection, letter, hearing.Now);
            }
            if (owed is { Code: { } code, To: Addressee.Mailbox { Address: var confirmed } })
                MailedCode.Add(
                    connection,
                    code,
                    after.Number,
                    confirmed,
                    // A day more than the request has, which expires first.
                    hearing.Now.AddDays(hearing.Settings.ReachDays + 1)
                );
        }
    }

    static List<(int Account, string Address)> Recipients(
        SqliteConnection connection,
        Addressee to,
        int applicant
    ) =>
        to switch
        {
            Addressee.Mailbox { Address: var address } => [(0, address)],
            Addressee.Account { Number: var number } => Accounts(
                connection,
                "account.id = @number",
                ("@number", number)
            ),
            Addressee.Office { Any: var offices } => Accounts(
                connection,
                "account.offices & @offices <> 0 AND account.id <> @applicant",
                ("@offices", (int)offices),
                ("@applicant", applicant)
            ),
            Addressee.Holders { Contacts: var contacts } => Accounts(
                connection,
                """
                account.id <> @applicant AND account.id IN (
                    SELECT account
                    FROM claim
                    WHERE state = 'confirmed' AND contact IN (SELECT value FROM json_each(@contacts))
                )
                """,
                ("@applicant", applicant),
                ("@contacts", JsonSerializer.Serialize(contacts))
            ),
            _ => throw new InvalidOperationException($"nobody knows how to write to {to}"),
        };

    // Only mailboxes that their accounts have confirmed.
    static List<(int Account, string Address)> Accounts(
        SqliteConnection connection,
        string which,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) =>
        Commands
            .Of(connection)
            .Query(
                $"""
                SELECT id, email
                FROM account
                WHERE email IS NOT NULL AND email_confirmed = 1 AND state = 'active' AND {which}
                ORDER BY id
                """,
                row => (row.GetInt32(0), row.GetString(1)),
                parameters
            );
}
