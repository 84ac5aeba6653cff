using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Changes accounts: what Identity stores and what stands beside it (audit, mail, codes) in one transaction. A change takes
/// no token of cancellation: whoever hangs up must not undo half of it.
/// </summary>
sealed class AccountWriting(AccountsContext context, UserManager<Account> users)
{
    /// <summary>Changes something; all of it is on disk when this returns, or nothing is.</summary>
    public async Task<T> ChangeAsync<T>(Func<SqliteConnection, Task<T>> change)
    {
        // What was read before the transaction may be old.
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(CancellationToken.None);
        var answer = await change((SqliteConnection)context.Database.GetDbConnection());
        await transaction.CommitAsync(CancellationToken.None);
        return answer;
    }

    /// <summary>An account by its e-mail address, in whatever case, or null.</summary>
    public Task<Account?> FindAsync(string email) => users.FindByEmailAsync(email);

    /// <summary>An account by its number, or null.</summary>
    public async Task<Account?> FindAsync(int number) =>
        await context.Accounts.SingleOrDefaultAsync(account => account.Id == number, CancellationToken.None);

    /// <summary>Stores what was changed of an account; Identity refuses only what our own checks should have refused.</summary>
    public async Task SaveAsync(Account account) => Require(await users.UpdateAsync(account));

    /// <summary>Stores an account under a new stamp: its sessions and its mailed codes end.</summary>
    public async Task SaveAnewAsync(Account account) =>
        Require(await users.UpdateSecurityStampAsync(account));

    /// <summary>Fails where Identity refused.</summary>
    public static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(
                $"Identity refused: {string.Join("; ", result.Errors.Select(error => error.Description))}"
            );
    }
}
