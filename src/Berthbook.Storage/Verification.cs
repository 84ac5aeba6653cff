using System.Data.Common;
using Berthbook.Journal;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>Checks a database end to end: pages, schema, and the journal that it holds.</summary>
static class Verification
{
    const int MaxFaults = 100;

    public static VerifyReport Of(Database database)
    {
        var faults = new List<string>();
        var report = new VerifyReport(0, 0, 0, []);
        try
        {
            using var transaction = database.Connection.BeginTransaction(deferred: true);
            var pages = database.Query("PRAGMA integrity_check", row => row.GetString(0));
            if (pages is not ["ok"])
                faults.AddRange(pages.Select(page => $"database: {page}"));
            if (!database.Schema().SequenceEqual(Database.ExpectedSchema()))
                faults.Add("database: the schema is not this program's");
            faults.AddRange(OtherTypes(database));
            report = JournalCheck.Of(
                database.Query("SELECT commitment, party, salt, content FROM personal_text", ReadText),
                database.Query("SELECT number, hash, bytes FROM revision ORDER BY number", ReadBytes),
                database.Query("SELECT number, hash, bytes FROM erasure ORDER BY number", ReadBytes),
                database.Query("SELECT number, hash, bytes FROM audit ORDER BY number", ReadBytes),
                database.Query("SELECT commitment, account, salt, content FROM audit_text", ReadText)
            );
            if (
                database
                    .Query("SELECT number, account, action, request, bytes FROM audit", IsFiledRight)
                    .Contains(false)
            )
                faults.Add("database: an audit entry is filed under what its bytes do not say");
        }
        catch (Exception damage)
            when (damage is SqliteException or InvalidCastException or FormatException or OverflowException)
        {
            faults.Add($"database: {damage.Message}");
        }
        return report with { Faults = [.. faults.Concat(report.Faults).Take(MaxFaults)] };
    }

    // What is of another type than its column reads the same here, but not for every program.
    static IEnumerable<string> OtherTypes(Database database) =>
        database
            .Query(
                """
                SELECT m.name, c.name, CASE c.type WHEN 'BYTEA' THEN 'blob' ELSE lower(c.type) END
                FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type <> ''
                """,
                row => (Table: row.GetString(0), Column: row.GetString(1), Type: row.GetString(2))
            )
            .Where(column =>
                database
                    .Query(
                        $"SELECT 1 FROM {column.Table} WHERE typeof({column.Column}) NOT IN (@type, 'null') LIMIT 1",
                        _ => true,
                        ("@type", column.Type)
                    )
                    .Count > 0
            )
            .Select(column =>
                $"database: {column.Table}.{column.Column} holds what is not of type {column.Type}"
            );

    // The columns that entries are found by; damaged bytes are told elsewhere.
    static bool IsFiledRight(DbDataReader row)
    {
        try
        {
            var entry = AuditEntry.Read(row.GetFieldValue<byte[]>(4));
            return entry.Number == row.GetInt64(0)
                && entry.Account == row.GetInt64(1)
                && entry.Action == row.GetString(2)
                && entry.Request == (row.IsDBNull(3) ? null : row.GetInt32(3));
        }
        catch (JournalException)
        {
            return true;
        }
    }

    static StoredText ReadText(DbDataReader row) =>
        new(RegistryStore.ReadText(row), row.IsDBNull(2) && row.IsDBNull(3));

    static StoredBytes ReadBytes(DbDataReader row) =>
        new(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2));
}
