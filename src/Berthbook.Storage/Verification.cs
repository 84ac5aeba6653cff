using System.Security.Cryptography;
using Berthbook.Journal;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>What a check of the journal found.</summary>
/// <param name="Revisions">How many revisions were checked.</param>
/// <param name="PersonalTexts">How many personal texts were checked against their commitments.</param>
/// <param name="Erased">How many contacts were erased; their texts are gone and cannot be checked.</param>
/// <param name="Faults">What is wrong, in words; empty where all is whole.</param>
public sealed record VerifyReport(int Revisions, int PersonalTexts, int Erased, IReadOnlyList<string> Faults)
{
    /// <summary>Whether all is whole.</summary>
    public bool IsWhole => Faults.Count == 0;
}

/// <summary>Checks a database end to end: pages, schema, hashes, commitments, erasures.</summary>
static class Verification
{
    const int MaxFaults = 100;

    public static VerifyReport Of(Database database)
    {
        var faults = new List<string>();
        var counts = (Revisions: 0, Texts: 0, Erased: 0);
        try
        {
            using var transaction = database.Connection.BeginTransaction(deferred: true);
            var pages = database.Query("PRAGMA integrity_check", row => row.GetString(0));
            if (pages is not ["ok"])
                faults.AddRange(pages.Select(page => $"database: {page}"));
            if (!database.Schema().SequenceEqual(Database.ExpectedSchema()))
                faults.Add("database: the schema is not this program's");
            counts = Check(database, faults);
        }
        catch (Exception damage)
            when (damage is SqliteException or InvalidCastException or FormatException or OverflowException)
        {
            faults.Add($"database: {damage.Message}");
        }
        return new(counts.Revisions, counts.Texts, counts.Erased, faults.Take(MaxFaults).ToList());
    }

    static (int Revisions, int Texts, int Erased) Check(Database database, List<string> faults)
    {
        var ledger = new Ledger();
        var erasedParties = ErasedParties(database, faults);
        var texts = new Dictionary<string, PersonalTextRow>(StringComparer.Ordinal);
        foreach (
            var row in database.Query("SELECT commitment, party, salt, content FROM personal_text", ReadRow)
        )
        {
            texts.Add(Convert.ToHexStringLower(row.Text.Commitment), row);
            if (!row.IsErased && Ledger.IsWhole(row.Text))
                ledger.Learn(row.Text);
        }
        var unused = texts.Keys.ToHashSet(StringComparer.Ordinal);
        ledger.Committed = (party, commitment) =>
        {
            var key = Convert.ToHexStringLower(commitment);
            unused.Remove(key);
            if (FaultOf(party, texts.GetValueOrDefault(key), erasedParties.Contains(party)) is { } fault)
                faults.Add($"revision {ledger.Count + 1}: a personal text of party {party} {fault}");
        };
        CheckRevisions(database, ledger, faults);
        if (faults.Count == 0 && unused.Count > 0)
            faults.Add($"database: {unused.Count} personal texts that no revision commits to");
        return (ledger.Count, texts.Values.Count(row => !row.IsErased), erasedParties.Count);
    }

    static string? FaultOf(int party, PersonalTextRow? row, bool isErasedParty) =>
        row is null ? "is missing"
        : row.Text.Party != party ? $"is filed under party {row.Text.Party}"
        : row.IsErased != isErasedParty
            ? isErasedParty ? "is there though it was erased"
                : "is gone though it was not erased"
        : !row.IsErased && !Ledger.IsWhole(row.Text) ? "does not match its commitment"
        : null;

    static void CheckRevisions(Database database, Ledger ledger, List<string> faults)
    {
        var rows = database.Query(
            "SELECT number, hash, bytes FROM revision ORDER BY number",
            row =>
                (
                    Number: row.GetInt64(0),
                    Hash: row.GetFieldValue<byte[]>(1),
                    Bytes: row.GetFieldValue<byte[]>(2)
                )
        );
        foreach (var (number, hash, bytes) in rows)
        {
            var expected = ledger.Count + 1;
            if (number != expected)
                faults.Add($"revision {expected}: it is missing; number {number} comes instead");
            else if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(hash))
                faults.Add($"revision {expected}: its bytes do not match its hash");
            else if (Apply(ledger, bytes) is { } damage)
                faults.Add(damage);
            else
                continue;
            return;
        }
    }

    static string? Apply(Ledger ledger, byte[] bytes)
    {
        try
        {
            ledger.Apply(bytes);
            return null;
        }
        catch (JournalException damage)
        {
            return damage.Message;
        }
    }

    static HashSet<int> ErasedParties(Database database, List<string> faults)
    {
        var parties = new HashSet<int>();
        var (count, previous) = (0, Ledger.NoHash);
        foreach (
            var (number, hash, bytes) in database.Query(
                "SELECT number, hash, bytes FROM erasure ORDER BY number",
                row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2))
            )
        )
        {
            count++;
            try
            {
                var erasure = Erasure.Read(bytes, count, previous);
                if (number != count || !Convert.FromHexString(erasure.Hash).AsSpan().SequenceEqual(hash))
                    faults.Add($"erasure {count}: its bytes do not match its number and hash");
                parties.Add(erasure.Party);
                previous = erasure.Hash;
            }
            catch (JournalException damage)
            {
                faults.Add(damage.Message);
                break;
            }
        }
        return parties;
    }

    static PersonalTextRow ReadRow(System.Data.Common.DbDataReader row) =>
        new(RegistryStore.ReadText(row), row.IsDBNull(2) && row.IsDBNull(3));

    sealed record PersonalTextRow(PersonalText Text, bool IsErased);
}
