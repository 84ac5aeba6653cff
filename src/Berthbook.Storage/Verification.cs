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
            report = JournalCheck.Of(
                database.Query("SELECT commitment, party, salt, content FROM personal_text", ReadText),
                database.Query("SELECT number, hash, bytes FROM revision ORDER BY number", ReadBytes),
                database.Query("SELECT number, hash, bytes FROM erasure ORDER BY number", ReadBytes)
            );
        }
        catch (Exception damage)
            when (damage is SqliteException or InvalidCastException or FormatException or OverflowException)
        {
            faults.Add($"database: {damage.Message}");
        }
        return report with { Faults = [.. faults.Concat(report.Faults).Take(MaxFaults)] };
    }

    static StoredText ReadText(DbDataReader row) =>
        new(RegistryStore.ReadText(row), row.IsDBNull(2) && row.IsDBNull(3));

    static StoredBytes ReadBytes(DbDataReader row) =>
        new(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2));
}
