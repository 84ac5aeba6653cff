using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>The one place where attempts of and on accounts are noted.</summary>
sealed class AuditTrail(AccountsDatabase database, TimeProvider clock)
{
    /// <summary>Notes an attempt that changed nothing else: one that was refused, or a sign-in.</summary>
    public void Note(AuditDraft draft) =>
        database.Write(connection =>
        {
            Note(connection, draft);
            return true;
        });

    /// <summary>Notes what is done in the transaction that is open on a connection.</summary>
    public void Note(SqliteConnection connection, AuditDraft draft) =>
        AuditLog.Append(connection, draft, clock.GetUtcNow());
}
