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
    ILookupNormalizer names,
    TimeProvider clock
)
{
    /// <summary>The account that an address and a password are of, or why not.</summary>
    public async Task<(Account? Account, Refused? Refused)> CheckPasswordAsync(string email, string password)
    {
        var tried = $"password {names.NormalizeEmail(email)}";
        if (!attempts.TryBegin(tried, out var wait))
            return (null, TooMany(wait));
        var account = await accounts.FindAsync(email);
        if (account?.LockoutEnd is { } end && end > clock.GetUtcNow())
            return (null, TooMany(end - clock.GetUtcNow()));
        if (!passwords.IsRight(account, password))
        {
            await NoteWrongAsync(account, tried);
            return (null, WrongPassword);
        }
        attempts.Forget(tried);
        return account switch
        {
            { State: not AccountState.Active } => (null, Note(account, Deactivated)),
            { EmailConfirmed: false } => (null, Note(account, Unconfirmed)),
            _ => (account, null),
        };
    }

    /// <summary>Why a code is not the second factor of an account now, or null; a code is good once.</summary>
    public async Task<Refused?> CheckSecondFactorAsync(Account account, string code)
    {
        var tried = $"factor {account.Id}";
        if (!attempts.TryBegin(tried, out var wait))
            return TooMany(wait);
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
        "The e-mail address or the password is not right."
    );

    static readonly Refused Unconfirmed = new(
        ProblemKind.Forbidden,
        "e-mail",
        "The e-mail address is not confirmed yet: open the link in the mail that was sent to it, or ask for a new one by "
            + "making the account again."
    );

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

    // An account is locked just as long as its address is, so that who guesses sees no difference to one without account;
    // what is stored holds over a restart.
    Task NoteWrongAsync(Account? account, string tried)
    {
        if (account is null)
        {
            audit.Note(new(0, Action, "", false, "password"));
            return Task.CompletedTask;
        }
        return accounts.ChangeAsync(async connection =>
        {
            if (await accounts.FindAsync(account.Id) is { } stored)
            {
                stored.AccessFailedCount++;
                if (attempts.FullUntil(tried) is { } end)
                {
                    stored.AccessFailedCount = 0;
                    stored.LockoutEnd = end;
                }
                await accounts.SaveAsync(stored);
            }
            audit.Note(connection, new(account.Id, Action, Subject(account), false, "password"));
            return true;
        });
    }
}
