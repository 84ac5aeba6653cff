using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>Which audit entries are asked for.</summary>
sealed record AuditQuery(int? Account, int? Request, string? Action);

/// <summary>Reads the audit, for the auditor.</summary>
sealed class AuditReading(AccountsDatabase database)
{
    /// <summary>Entries before a number, the latest first.</summary>
    public ImmutableArray<AuditRow> Before(AuditQuery query, int before, int count) =>
        Read(query, "a.number < @number", "DESC", before, count);

    /// <summary>Entries after a number, the earliest first.</summary>
    public ImmutableArray<AuditRow> After(AuditQuery query, int after, int count) =>
        Read(query, "a.number > @number", "ASC", after, count);

    ImmutableArray<AuditRow> Read(AuditQuery query, string which, string order, int number, int count) =>
        [
            .. database.Read(connection =>
                connection.Query(
                    $"""
                    SELECT a.number, a.bytes, p.hash
                    FROM audit a LEFT JOIN audit p ON p.number = a.number - 1
                    WHERE {which} AND (@account IS NULL OR a.account = @account)
                        AND (@request IS NULL OR a.request = @request) AND (@action IS NULL OR a.action = @action)
                    ORDER BY a.number {order} LIMIT @count
                    """,
                    row => Read(connection, row),
                    ("@number", number),
                    ("@account", query.Account),
                    ("@request", query.Request),
                    ("@action", query.Action),
                    ("@count", count)
                )
            ),
        ];

    static AuditRow Read(SqliteConnection connection, SqliteDataReader row)
    {
        var previous = row.IsDBNull(2)
            ? new string('0', 64)
            : Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2));
        var entry = AuditEntry.Read(row.GetFieldValue<byte[]>(1), row.GetInt32(0), previous);
        return AuditLog.WithDetails(connection, entry);
    }
}
