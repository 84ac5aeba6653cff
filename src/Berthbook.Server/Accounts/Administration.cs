using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Server.Api;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>An account as an administrator sees it.</summary>
sealed record ListedAccount(
    int Id,
    string Name,
    string? Email,
    bool IsConfirmed,
    string? Organization,
    Offices Offices,
    AccountState State,
    DateTimeOffset Created,
    bool HasSecondFactor
);

/// <summary>What administrators do: give and take offices, stop accounts and let them go on.</summary>
sealed class Administration(
    AccountsDatabase database,
    AccountWriting accounts,
    AuditTrail audit,
    AccountLetters letters
)
{
    /// <summary>All accounts, in the order of their numbers.</summary>
    public ImmutableArray<ListedAccount> All() => Query("", 0);

    /// <summary>One account, or null.</summary>
    public ListedAccount? Find(int id) => Query("WHERE id = @id", id).SingleOrDefault();

    /// <summary>Gives an account just these offices. Its sessions end.</summary>
    public Task<Refused?> SetOfficesAsync(Actor by, int id, Offices offices) =>
        ChangeAsync(
            by,
            id,
            "account.offices",
            string.Join(' ', offices.Words()),
            account =>
            {
                account.Offices = offices;
                return offices == Offices.None
                    ? "You hold no office of the registry any more."
                    : $"You hold these offices of the registry now: {string.Join(", ", offices.Words())}.";
            }
        );

    /// <summary>Stops an account: its sessions and tokens do nothing any more.</summary>
    public Task<Refused?> DeactivateAsync(Actor by, int id) =>
        ChangeAsync(
            by,
            id,
            "account.deactivate",
            "",
            account =>
            {
                account.State = AccountState.Deactivated;
                return "Your account was deactivated.";
            }
        );

    /// <summary>Lets an account go on.</summary>
    public Task<Refused?> ReactivateAsync(Actor by, int id) =>
        ChangeAsync(
            by,
            id,
            "account.reactivate",
            "",
            account =>
            {
                account.State = AccountState.Active;
                return "Your account may be used again.";
            }
        );

    /// <summary>What is said where the last administrator would go.</summary>
    public static Refused LastAdministrator { get; } =
        new(
            ProblemKind.Conflict,
            "administrator",
            "This is the last administrator; make somebody else one first."
        );

    Task<Refused?> ChangeAsync(Actor by, int id, string action, string more, Func<Account, string> change) =>
        accounts.ChangeAsync<Refused?>(async connection =>
        {
            var subject = $"account {id} {more}".TrimEnd();
            if (audit.Lost(connection, by, action, subject) is { } lost)
                return lost;
            if (await accounts.FindAsync(id) is not { State: not AccountState.Closed } account)
            {
                audit.Note(connection, new(by.Account, action, subject, false, "account"));
                return new(ProblemKind.NotFound, "account", $"There is no account {id}.");
            }
            var told = change(account);
            var staysAdministrator =
                account.State == AccountState.Active && account.Offices.HasFlag(Offices.Administrator);
            if (!staysAdministrator && !AdminLinks.HasAdministrator(connection, besides: id))
            {
                audit.Note(connection, new(by.Account, action, subject, false, LastAdministrator.Rule));
                return LastAdministrator;
            }
            await accounts.SaveAnewAsync(account);
            letters.Tell(connection, account, told);
            audit.Note(connection, new(by.Account, action, subject, true));
            return null;
        });

    ImmutableArray<ListedAccount> Query(string where, int id) =>
        [
            .. database.Read(connection =>
                connection.Query(
                    $"""
                    SELECT id, name, email, email_confirmed, organization, offices, state, created, two_factor_enabled
                    FROM account {where} ORDER BY id
                    """,
                    Read,
                    ("@id", id)
                )
            ),
        ];

    static ListedAccount Read(SqliteDataReader row) =>
        new(
            row.GetInt32(0),
            row.GetString(1),
            row.TextOrNull(2),
            row.GetBoolean(3),
            row.TextOrNull(4),
            (Offices)row.GetByte(5),
            AccountWords.StateOf(row.GetString(6)),
            row.Time(7),
            row.GetBoolean(8)
        );
}
