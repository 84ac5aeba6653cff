using Berthbook.Server.Api;
using Microsoft.AspNetCore.Identity;

namespace Berthbook.Server.Accounts;

/// <summary>Changes passwords, by who knows the old one or reads the mail of the account.</summary>
sealed class Passwords(
    AccountWriting accounts,
    UserManager<Account> users,
    PasswordRules rules,
    Attempts attempts,
    AuditTrail audit,
    RefusedAttempts refusals,
    AccountLetters letters
)
{
    /// <summary>Changes the password of somebody who knows it; all other sessions end. Gives the account as it is then.</summary>
    public async Task<(Account? Account, Refused? Refused)> ChangeAsync(
        int number,
        string current,
        string wanted
    )
    {
        if (PasswordRules.Judge(wanted) is { } refused)
            return (null, refused);
        if (await CheckAsync(number, current) is { } wrong)
            return (null, wrong);
        var hash = rules.HashOf(wanted);
        return await accounts.ChangeAsync<(Account?, Refused?)>(async connection =>
        {
            var account = (await accounts.FindAsync(number))!;
            account.PasswordHash = hash;
            await accounts.SaveAnewAsync(account);
            letters.Tell(connection, account, "Your password was changed.");
            audit.Note(connection, new(number, "password.change", $"account {number}", true));
            return (account, null);
        });
    }

    /// <summary>Why a password is not that of an account that is signed in, or null. Counted like a sign-in, apart from those.</summary>
    public async Task<Refused?> CheckAsync(int number, string password)
    {
        var tried = $"own password {number}";
        if (!attempts.TryBegin(tried, out var wait))
        {
            refusals.NoteTooMany(tried, new(number, "password.check", $"account {number}", false, "limit"));
            return AddressLimits.Refused with { Wait = wait };
        }
        if (rules.IsRight(await accounts.FindAsync(number), password))
        {
            attempts.Forget(tried);
            return null;
        }
        audit.Note(new(number, "password.check", $"account {number}", false, "password"));
        return new(ProblemKind.Malformed, "password", "That is not your password.", "current");
    }

    /// <summary>Sends a link to choose another password with, where an account has the address; says nothing of whether.</summary>
    public async Task<Refused?> AskResetAsync(string email)
    {
        if (Registration.JudgeEmail(email) is { } refused)
            return refused;
        var tried = $"mail {users.NormalizeEmail(email)}";
        if (!attempts.TryBegin(tried, out var wait))
        {
            refusals.NoteTooMany(tried, new(0, "password.ask-reset", "", false, "limit"));
            return AddressLimits.Refused with { Wait = wait };
        }
        await accounts.ChangeAsync(async connection =>
        {
            var account = await accounts.FindAsync(email);
            if (account is { State: AccountState.Active })
                letters.SendReset(connection, account, await users.GeneratePasswordResetTokenAsync(account));
            audit.Note(
                connection,
                new(
                    0,
                    "password.ask-reset",
                    account is null ? "" : $"account {account.Id}",
                    account is not null
                )
            );
            return true;
        });
        return null;
    }

    /// <summary>Sets a password with the code that was mailed; sessions and tokens end. The address is thereby confirmed.</summary>
    public async Task<Refused?> ResetAsync(string email, string code, string wanted)
    {
        if (PasswordRules.Judge(wanted) is { } refused)
            return refused;
        var hash = rules.HashOf(wanted);
        return await accounts.ChangeAsync<Refused?>(async connection =>
        {
            var account = await accounts.FindAsync(email);
            if (
                account is not { State: AccountState.Active }
                || !await users.VerifyUserTokenAsync(
                    account,
                    TokenOptions.DefaultProvider,
                    UserManager<Account>.ResetPasswordTokenPurpose,
                    MailedCode.Read(code)
                )
            )
            {
                audit.Note(connection, new(account?.Id ?? 0, "password.reset", "", false, "code"));
                return WrongCode;
            }
            account.PasswordHash = hash;
            account.EmailConfirmed = true;
            account.LockoutEnd = null;
            account.AccessFailedCount = 0;
            await accounts.SaveAnewAsync(account);
            connection.Run("DELETE FROM access_token WHERE account = @account", ("@account", account.Id));
            letters.Tell(connection, account, "Your password was changed, and all tokens were deleted.");
            audit.Note(connection, new(account.Id, "password.reset", $"account {account.Id}", true));
            attempts.Forget($"password {users.NormalizeEmail(email)}");
            return null;
        });
    }

    static readonly Refused WrongCode = new(
        ProblemKind.Malformed,
        "code",
        "The link was used or is older than a day; ask for another.",
        "code"
    );
}
