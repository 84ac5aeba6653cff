using Berthbook.Requests;
using Berthbook.Server.Api;
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

    /// <summary>
    /// Within a write, before it does anything: why its caller may not do it any more, which is noted then; or null.
    /// </summary>
    public Refused? Lost(SqliteConnection connection, Actor by, string action, string subject)
    {
        if (CallerRights.Lost(connection, by) is not { } lost)
            return null;
        Note(connection, new(by.Account, action, subject, false, lost.Rule));
        return new(ProblemKind.Conflict, lost.Rule, lost.Words);
    }
}
