using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Mail about an account, written in the transaction of what it tells of. Links begin with the public address of the
/// settings; without one a letter names the page and the code.
/// </summary>
sealed class AccountLetters(Settings settings, TimeProvider clock)
{
    /// <summary>Asks whoever reads an address to confirm it.</summary>
    public void AskToConfirm(SqliteConnection connection, Account account, string code) =>
        Add(
            connection,
            account,
            "Confirm your e-mail address",
            $"""
            Somebody, most likely you, made an account with this address. To confirm
            it, open this link within a day and give the password that you chose
            when you made the account:

            {Link("/account/confirm", account.Email!, code)}

            If your password is not taken, somebody else made the account anew with
            your address: make it again, and you get another letter. If it was not
            you who made it, do nothing: the account cannot be used.
            """
        );

    /// <summary>Tells that there is an account already, where somebody made one anew.</summary>
    public void TellOfAccount(SqliteConnection connection, Account account) =>
        Add(
            connection,
            account,
            "You have an account already",
            $"""
            Somebody, most likely you, asked for an account with this address, which
            has one already. Sign in with it, or choose another password:

            {Place("/account/sign-in")}
            {Place("/account/reset")}
            """
        );

    /// <summary>Sends the link to choose another password with.</summary>
    public void SendReset(SqliteConnection connection, Account account, string code) =>
        Add(
            connection,
            account,
            "Choose another password",
            $"""
            Somebody, most likely you, asked for another password for your account.
            To choose one, open this link within a day:

            {Link("/account/reset", account.Email!, code)}

            If it was not you, do nothing: the password stays as it is.
            """
        );

    /// <summary>Tells the owner what happened to the account.</summary>
    public void Tell(SqliteConnection connection, Account account, string what) =>
        Add(
            connection,
            account,
            "Your account was changed",
            $"""
            {what}

            If you did not expect it, look at your account and tell an administrator
            of the registry:

            {Place("/account")}
            """
        );

    /// <summary>Tells something to whoever has an account.</summary>
    public void Add(SqliteConnection connection, Account account, string subject, string body)
    {
        if (account.Email is { } email)
            Outbox.Add(connection, new("account", email, subject, body, null, account.Id), clock.GetUtcNow());
    }

    /// <summary>A page's address, as far as the operator told it: without the public address only the path.</summary>
    public string Place(string path) => settings.PublicUrl is { } url ? new Uri(url, path).AbsoluteUri : path;

    string Link(string path, string email, string code) =>
        Place($"{path}?email={Uri.EscapeDataString(email)}&code={MailedCode.Write(code)}");
}
