using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Requests;

namespace Berthbook.Storage;

/// <summary>Which contacts an account was confirmed to be or to act for (procedures K3).</summary>
static class ClaimedParties
{
    /// <summary>The confirmed claims of an account.</summary>
    public static ImmutableArray<string> Of(Commands commands, int account) =>
        account == 0
            ? []
            :
            [
                .. commands.Query(
                    "SELECT contact FROM claim WHERE account = @account AND state = 'confirmed' ORDER BY contact",
                    row => row.GetString(0),
                    ("@account", account)
                ),
            ];

    /// <summary>The organisation that an account says to belong to, or null.</summary>
    public static string? OrganizationOf(Commands commands, int account) =>
        account == 0
            ? null
            : commands
                .Query(
                    "SELECT organization FROM account WHERE id = @account",
                    row => row.IsDBNull(0) ? null : row.GetString(0),
                    ("@account", account)
                )
                .FirstOrDefault();

    /// <summary>
    /// The contacts that a decision makes of the applicant's own confirmed address are the applicant's from the beginning:
    /// nobody held them before.
    /// </summary>
    public static void Claim(Commands commands, Request request, Revision revision, DateTimeOffset now)
    {
        var added = revision
            .Changes.OfType<ContactChange>()
            .Where(change => change is { Before: null, After: not null })
            .Select(change => change.After!)
            .ToList();
        if (added.Count == 0 || request.Applicant == 0)
            return;
        var found = commands.Query(
            "SELECT email FROM account WHERE id = @account AND email_confirmed = 1 AND email IS NOT NULL",
            row => row.GetString(0),
            ("@account", request.Applicant)
        );
        if (found is not [var email])
            return;
        // The registry writes & for @ (formats.md 2.3).
        var address = $"mailto:{email.Replace('@', '&')}";
        foreach (var contact in added)
        {
            if (contact.Uris.Contains(address, StringComparer.OrdinalIgnoreCase))
                commands.Run(
                    """
                    INSERT INTO claim (account, contact, state, asked, decided, decided_by, evidence)
                    VALUES (@account, @contact, 'confirmed', @now, @now, 0, @evidence)
                    """,
                    ("@account", request.Applicant),
                    ("@contact", contact.Id),
                    ("@now", now.ToUnixTimeMilliseconds()),
                    (
                        "@evidence",
                        $"request {request.Number} made this contact with the account's confirmed address"
                    )
                );
        }
    }
}
