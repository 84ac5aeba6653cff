using Berthbook.Server.Api;
using Microsoft.AspNetCore.Identity;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Checks passwords and second factors. What is tried is counted before it is tried; every try is noted in the audit.
/// </summary>
sealed class SigningIn(
    AccountWriting accounts,
    PasswordRules passwords,
    SecondFactor factor,
    Attempts attempts,
    AuditTrail audit,
    RefusedAttempts refusals,
    ILookupNormalizer names,
    TimeProvider clock
)
{
    /// <summary>The account that an address and a password are of, or why not.</summary>
    public async Task<(Account? Account, Refused? Refused)> CheckPasswordAsync(string email, string password)
    {
        var (account, tooMany) = await BeginAsync(email, Action);
        if (tooMany is not null)
            return (null, tooMany);
        // Whoever made an account with another's address knows its password, and learns no more than others by it.
        if (!passwords.IsRight(account, password) || account is not { EmailConfirmed: true })
        {
            await NoteWrongAsync(email, Action, "password");
            return (null, WrongPassword);
        }
        Forget(email);
        return account.State == AccountState.Active ? (account, null) : (null, Note(account, Deactivated));
    }

    /// <summary>
    /// Counts a try of the password of an address, whatever it is tried for; the account of the address, if it has one, or
    /// why nothing may be tried now.
    /// </summary>
    public async Task<(Account? Account, Refused? Refused)> BeginAsync(string email, string action)
    {
        var tried = TriedOf(email);
        // Read before the try is counted: a lock that the tries beside this one set meanwhile is not for one that counts itself.
        var account = await accounts.FindAsync(email);
        var mayTry = attempts.TryBegin(tried, out var wait);
        if (mayTry && account?.LockoutEnd is { } end && end > clock.GetUtcNow())
            wait = end - clock.GetUtcNow();
        if (wait <= TimeSpan.Zero)
            return (account, null);
        refusals.NoteTooMany(
            tried,
            new(account?.Id ?? 0, action, account is null ? "" : Subject(account), false, "lockout")
        );
        return (null, TooMany(wait));
    }

    /// <summary>Notes that what was tried of an address was wrong, with the same work whether or not it has an account.</summary>
    /// <remarks>
    /// An account is locked just as long as its address is, so that who guesses sees no difference to one without account;
    /// what is stored holds over a restart.
    /// </remarks>
    public Task NoteWrongAsync(string email, string action, string rule) =>
        accounts.ChangeAsync(async connection =>
        {
            var account = await accounts.FindAsync(email);
            if (account is not null)
            {
                account.AccessFailedCount++;
                if (attempts.FullUntil(TriedOf(email)) is { } end)
                {
                    account.AccessFailedCount = 0;
                    account.LockoutEnd = end;
                }
                await accounts.SaveAsync(account);
            }
            audit.Note(
                connection,
                new(account?.Id ?? 0, action, account is null ? "" : Subject(account), false, rule)
            );
            return true;
        });

    /// <summary>Forgets the tries of an address, since one was good.</summary>
    public void Forget(string email) => attempts.Forget(TriedOf(email));

    /// <summary>Why a code is not the second factor of an account now, or null; a code is good once.</summary>
    public async Task<Refused?> CheckSecondFactorAsync(Account account, string code)
    {
        var tried = $"factor {account.Id}";
        if (!attempts.TryBegin(tried, out var wait))
        {
            refusals.NoteTooMany(tried, new(account.Id, Action, Subject(account), false, "lockout"));
            return TooMany(wait);
        }
        var refused = await accounts.ChangeAsync(connection =>
        {
            var isRight = factor.Redeem(connection, account.Id, code);
            if (!isRight)
                audit.Note(connection, new(account.Id, Action, Subject(account), false, "second-factor"));
            return Task.FromResult(isRight ? null : WrongCode);
        });
        if (refused is null)
            attempts.Forget(tried);
        return refused;
    }

    /// <summary>Notes that somebody is in: the count of wrong tries begins anew.</summary>
    /// <param name="account">Who.</param>
    /// <param name="how">The way: <c>password</c>, <c>password and second factor</c>, <c>provider</c>.</param>
    public Task WelcomeAsync(Account account, string how) =>
        accounts.ChangeAsync(async connection =>
        {
            if (
                await accounts.FindAsync(account.Id) is { } stored
                && (stored.AccessFailedCount > 0 || stored.LockoutEnd is not null)
            )
            {
                stored.AccessFailedCount = 0;
                stored.LockoutEnd = null;
                await accounts.SaveAsync(stored);
            }
            audit.Note(connection, new(account.Id, Action, Subject(account), true, null, how));
            return true;
        });

    /// <summary>Notes a sign-in that was refused.</summary>
    public Refused Note(Account? account, Refused refused)
    {
        audit.Note(
            new(account?.Id ?? 0, Action, account is null ? "" : Subject(account), false, refused.Rule)
        );
        return refused;
    }

    public static Refused Deactivated { get; } =
        new(
            ProblemKind.Forbidden,
            "state",
            "This account is deactivated; ask an administrator of the registry."
        );

    public static Refused WrongCode { get; } =
        new(
            ProblemKind.Unknown,
            "second-factor",
            "That code is not right now. Take the one that the authenticator shows, or a recovery code that was not used.",
            "secondFactor"
        );

    /// <summary>What is said where the password was right and the code is missing.</summary>
    public static Refused CodeMissing { get; } =
        new(
            ProblemKind.Unknown,
            "second-factor",
            "This account has a second factor: send the code of the authenticator as secondFactor.",
            "secondFactor"
        );

    const string Action = "account.sign-in";

    static readonly Refused WrongPassword = new(
        ProblemKind.Unknown,
        "password",
        "The e-mail address or the password is not right, or the address is not confirmed yet: then open the link in the "
            + "letter that was sent to it, or make the account again to get another."
    );

    string TriedOf(string email) => $"password {names.NormalizeEmail(email)}";

    static string Subject(Account account) => $"account {account.Id}";

    static Refused TooMany(TimeSpan wait) =>
        new(
            ProblemKind.TooMany,
            "lockout",
            $"Too many wrong tries; wait {Math.Ceiling(wait.TotalMinutes):0} minutes. A session that is open goes on."
        )
        {
            Wait = wait,
        };
}
