using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>Something that was attempted, as the audit keeps it.</summary>
/// <param name="Account">Who attempted it: the number of the account, 0 for nobody or the registry itself.</param>
/// <param name="Action">What: <c>request.approve</c>, <c>account.sign-in</c>.</param>
/// <param name="Subject">On what: <c>request 17</c>, <c>account 3</c>; empty where it is nothing. No personal data.</param>
/// <param name="IsAllowed">Whether it was done.</param>
/// <param name="Rule">The rule or requirement that refused it, or null: <c>A11</c>, <c>office</c>.</param>
/// <param name="Details">More, in words; erased with the account's personal data. Null for none.</param>
public sealed record AuditDraft(
    int Account,
    string Action,
    string Subject,
    bool IsAllowed,
    string? Rule = null,
    string? Details = null
);

/// <summary>The audit: a chain of entries, knotted into the journal's (docs/journal-format.md).</summary>
public static class AuditLog
{
    /// <summary>
    /// Adds an entry within the transaction that is open on a connection, begun with <c>BEGIN IMMEDIATE</c>; it is there
    /// if and only if that commits.
    /// </summary>
    public static void Append(SqliteConnection connection, AuditDraft draft, DateTimeOffset now) =>
        throw new NotImplementedException();
}
