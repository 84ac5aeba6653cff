using Berthbook.Requests;
using Berthbook.Server.Api;
using Microsoft.AspNetCore.Identity;

namespace Berthbook.Server.Accounts;

/// <summary>What somebody gives to have an account.</summary>
sealed record NewAccount(string Email, string Password, string Name, string? Organization);

/// <summary>Makes accounts. Nobody learns by it which addresses have one.</summary>
sealed class Registration(
    AccountWriting accounts,
    UserManager<Account> users,
    PasswordRules passwords,
    SigningIn signing,
    Attempts attempts,
    AuditTrail audit,
    RefusedAttempts refusals,
    AccountLetters letters,
    SecondFactor factor,
    TimeProvider clock
)
{
    /// <summary>
    /// Makes an account whose address is to be confirmed. Where the address has one, its owner is told; where that is not
    /// confirmed yet, what was given now counts.
    /// </summary>
    public async Task<Refused?> RegisterAsync(NewAccount wanted)
    {
        if (Judge(wanted) is { } refused)
            return refused;
        var tried = $"mail {users.NormalizeEmail(wanted.Email)}";
        if (!attempts.TryBegin(tried, out var wait))
        {
            refusals.NoteTooMany(tried, new(0, "account.make", "", false, "limit"));
            return AddressLimits.Refused with { Wait = wait };
        }
        var hash = passwords.HashOf(wanted.Password);
        await accounts.ChangeAsync(async connection =>
        {
            var account = await accounts.FindAsync(wanted.Email);
            if (account is { EmailConfirmed: true })
            {
                letters.TellOfAccount(connection, account);
                audit.Note(connection, new(0, "account.make", $"account {account.Id}", false, "e-mail"));
                return true;
            }
            account = await StoreAsync(account, wanted, hash);
            letters.AskToConfirm(
                connection,
                account,
                await users.GenerateEmailConfirmationTokenAsync(account)
            );
            audit.Note(connection, new(account.Id, "account.make", $"account {account.Id}", true));
            return true;
        });
        return null;
    }

    /// <summary>
    /// Confirms an address with the code that was mailed to it and the password of its account: who reads the mail of an
    /// address that somebody else made an account with must not make that one's password good.
    /// </summary>
    public async Task<Refused?> ConfirmAsync(string email, string code, string password)
    {
        var (tried, tooMany) = await signing.BeginAsync(email, Confirming);
        if (tooMany is not null)
            return tooMany;
        if (!passwords.IsRight(tried, password) || !await ConfirmAsync(email, code, tried!))
        {
            await signing.NoteWrongAsync(email, Confirming, "code");
            return WrongCode;
        }
        signing.Forget(email);
        return null;
    }

    // False where the code is not right, or the password was replaced since it was compared.
    Task<bool> ConfirmAsync(string email, string code, Account compared) =>
        accounts.ChangeAsync(async connection =>
        {
            if (
                await accounts.FindAsync(email) is not { State: AccountState.Active } account
                || account.PasswordHash != compared.PasswordHash
                || !(await users.ConfirmEmailAsync(account, MailedCode.Read(code))).Succeeded
            )
                return false;
            audit.Note(connection, new(account.Id, Confirming, $"account {account.Id}", true));
            return true;
        });

    /// <summary>
    /// Makes the first administrator with the code of <c>admin-link</c>. An account that the address has becomes the
    /// administrator's, with this password and without its second factor: whoever runs the server says so.
    /// </summary>
    public async Task<(Account? Account, Refused? Refused)> MakeAdministratorAsync(
        NewAccount wanted,
        string code
    )
    {
        if (Judge(wanted) is { } refused)
            return (null, refused);
        var hash = passwords.HashOf(wanted.Password);
        return await accounts.ChangeAsync<(Account?, Refused?)>(async connection =>
        {
            if (!AdminLinks.Redeem(connection, code, clock.GetUtcNow()))
            {
                audit.Note(connection, new(0, "account.first", "", false, "code"));
                return (null, AdminLinks.Wrong);
            }
            var account = await StoreAsync(await accounts.FindAsync(wanted.Email), wanted, hash);
            account.EmailConfirmed = true;
            account.State = AccountState.Active;
            account.Offices |= Offices.Administrator;
            account.LockoutEnd = null;
            await factor.DropAsync(connection, account);
            audit.Note(connection, new(account.Id, "account.first", $"account {account.Id}", true));
            return (account, null);
        });
    }

    /// <summary>What is wrong with an e-mail address, or null.</summary>
    public static Refused? JudgeEmail(string email) =>
        email.Length <= 254
        && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';')
        && email.Split('@') is [{ Length: > 0 and <= 64 }, { Length: > 0 }]
            ? null
            : new(
                ProblemKind.Malformed,
                "e-mail",
                "This is not an e-mail address such as ann@example.net.",
                "email"
            );

    static readonly Refused WrongCode = new(
        ProblemKind.Malformed,
        "code",
        "The code or the password is not right, or the letter is older than a day or than another; make the account again to "
            + "get another letter.",
        "code"
    );

    const string Confirming = "account.confirm";

    static Refused? Judge(NewAccount wanted) =>
        JudgeEmail(wanted.Email)
        ?? (wanted.Name.Length is 0 or > 200 ? NoName : null)
        ?? PasswordRules.Judge(wanted.Password);

    static readonly Refused NoName = new(
        ProblemKind.Malformed,
        "name",
        "Give a name of 1 to 200 characters.",
        "name"
    );

    async Task<Account> StoreAsync(Account? account, NewAccount wanted, string hash)
    {
        var isNew = account is null;
        account ??= new() { Name = "", Created = clock.GetUtcNow() };
        account.UserName = wanted.Email;
        account.Email = wanted.Email;
        account.Name = wanted.Name;
        account.Organization = wanted.Organization;
        account.PasswordHash = hash;
        if (isNew)
            AccountWriting.Require(await users.CreateAsync(account));
        else
            await accounts.SaveAnewAsync(account);
        return account;
    }
}
