using Berthbook.Requests;
using Berthbook.Server.Api;

namespace Berthbook.Server.Accounts;

/// <summary>The small things that somebody does to their own account.</summary>
sealed class OwnAccount(
    AccountsDatabase database,
    AccountWriting accounts,
    Passwords passwords,
    AuditTrail audit
)
{
    /// <summary>What is said to a token that cannot be made.</summary>
    public static Refused BadToken { get; } =
        new(
            ProblemKind.Malformed,
            "token",
            $"A token has a name, a scope and lasts 1 to {AccessTokens.MaxDays} days."
        );

    /// <summary>Changes name and organisation.</summary>
    public Refused? Change(Actor actor, string name, string organization)
    {
        if (name.Length is 0 or > 200 || organization.Length > 200)
            return new(
                ProblemKind.Malformed,
                "name",
                "A name has 1 to 200 characters, an organization at most 200."
            );
        return database.Write<Refused?>(connection =>
        {
            connection.Run(
                "UPDATE account SET name = @name, organization = @organization WHERE id = @id",
                ("@name", name),
                ("@organization", organization.Length == 0 ? null : organization),
                ("@id", actor.Account)
            );
            audit.Note(connection, new(actor.Account, "account.change", $"account {actor.Account}", true));
            return null;
        });
    }

    /// <summary>Ends all sessions; gives the account, for a new one.</summary>
    public Task<Account> EndSessionsAsync(Actor actor) =>
        accounts.ChangeAsync(async connection =>
        {
            var account = (await accounts.FindAsync(actor.Account))!;
            await accounts.SaveAnewAsync(account);
            audit.Note(
                connection,
                new(actor.Account, "account.end-sessions", $"account {actor.Account}", true)
            );
            return account;
        });

    /// <summary>Notes that somebody signed out.</summary>
    public void NoteSignOut(Actor actor) =>
        audit.Note(new(actor.Account, "account.sign-out", $"account {actor.Account}", true));

    /// <summary>Why a password is not right, or null; an account without one, which a provider vouches for, needs none.</summary>
    public async Task<Refused?> CheckAsync(Actor actor, string password) =>
        await accounts.FindAsync(actor.Account) is { PasswordHash: null }
            ? null
            : await passwords.CheckAsync(actor.Account, password);

    /// <summary>Whether a provider vouches for an account.</summary>
    public bool IsTied(int account) =>
        database.Read(connection =>
            connection.Number(
                "SELECT count(*) FROM account_login WHERE account = @account",
                ("@account", account)
            ) > 0
        );
}
