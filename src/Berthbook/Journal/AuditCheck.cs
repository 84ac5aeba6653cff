using System.Globalization;

namespace Berthbook.Journal;

/// <summary>Checks the audit: its chain, its knots with the journal's both ways, its commitments (docs/journal-format.md section 9).</summary>
static class AuditCheck
{
    /// <summary>Adds what is wrong to the faults; returns how many entries were checked.</summary>
    public static int Check(
        IEnumerable<StoredBytes> stored,
        IEnumerable<StoredText> texts,
        IReadOnlyList<Revision> revisions,
        List<string> faults
    )
    {
        var entries = EntriesOf(stored, faults);
        if (faults.Count > 0)
            return entries.Count;
        CheckEntries(entries, revisions, faults);
        CheckRevisions(entries, revisions, faults);
        CheckTexts(entries, texts, faults);
        return entries.Count;
    }

    static List<AuditEntry> EntriesOf(IEnumerable<StoredBytes> stored, List<string> faults)
    {
        var entries = new List<AuditEntry>();
        foreach (var one in stored)
        {
            var number = entries.Count + 1;
            try
            {
                var entry = AuditEntry.Read(
                    one.Bytes,
                    number,
                    number == 1 ? Ledger.NoHash : entries[^1].Hash
                );
                if (one.Number != number || !JournalCheck.IsWhole(one))
                    faults.Add($"audit entry {number}: its bytes do not match its number and hash");
                entries.Add(entry);
            }
            catch (JournalException damage)
            {
                faults.Add(damage.Message);
                break;
            }
        }
        return entries;
    }

    // Each names the last revision of its moment, so these numbers never fall.
    static void CheckEntries(List<AuditEntry> entries, IReadOnlyList<Revision> revisions, List<string> faults)
    {
        var last = 0;
        foreach (var entry in entries)
        {
            var named = entry.LastRevision;
            if (named.Number < last || named.Hash != HashOf(named.Number, revisions))
                faults.Add(
                    $"audit entry {entry.Number}: revision {named.Number}, which it names, is another"
                );
            last = Math.Max(last, named.Number);
        }
    }

    // A revision that names an entry was made by what the next entry tells.
    static void CheckRevisions(
        List<AuditEntry> entries,
        IReadOnlyList<Revision> revisions,
        List<string> faults
    )
    {
        foreach (var revision in revisions)
        {
            if (revision.LastAudit is not { } named)
                continue;
            var hash =
                named.Number == 0 ? Ledger.NoHash
                : named.Number <= entries.Count ? entries[named.Number - 1].Hash
                : null;
            if (hash != named.Hash)
                faults.Add(
                    $"revision {revision.Number}: audit entry {named.Number}, which it names, is another"
                );
            else if (
                named.Number == entries.Count
                || entries[named.Number].LastRevision.Number != revision.Number
            )
                faults.Add($"revision {revision.Number}: no audit entry tells of it");
        }
    }

    static void CheckTexts(List<AuditEntry> entries, IEnumerable<StoredText> texts, List<string> faults)
    {
        var closed = entries
            .Where(entry => entry is { Action: "account.closed", IsAllowed: true })
            .Select(entry => entry.Subject)
            .ToHashSet(StringComparer.Ordinal);
        var stored = new Dictionary<string, StoredText>(StringComparer.Ordinal);
        foreach (var text in texts)
            stored[Convert.ToHexStringLower(text.Text.Commitment)] = text;
        foreach (var entry in entries)
        {
            if (entry.Details is not { } commitment)
                continue;
            var fault =
                !stored.Remove(commitment, out var text) ? "is missing"
                : text.Text.Party != entry.Account ? "is filed under another account"
                : text.IsErased
                    ? closed.Contains(Subject(entry.Account)) ? null
                        : "is gone though its account was not closed"
                : Ledger.IsWhole(text.Text) ? null
                : "does not match its commitment";
            if (fault is not null)
                faults.Add($"audit entry {entry.Number}: its text {fault}");
        }
        if (stored.Count > 0)
            faults.Add($"there are {stored.Count} audit texts that no entry commits to");
    }

    static string Subject(int account) => string.Create(CultureInfo.InvariantCulture, $"account {account}");

    static string? HashOf(int number, IReadOnlyList<Revision> revisions) =>
        number == 0 ? Ledger.NoHash
        : number <= revisions.Count ? revisions[number - 1].Hash
        : null;
}
