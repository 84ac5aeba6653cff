using System.Security.Cryptography;

namespace Berthbook.Journal;

/// <summary>What a check of the journal found.</summary>
/// <param name="Revisions">How many revisions were checked.</param>
/// <param name="PersonalTexts">How many personal texts were checked against their commitments.</param>
/// <param name="Erased">How many contacts were erased; their texts are gone and cannot be checked.</param>
/// <param name="Faults">What is wrong, in words; empty where all is whole.</param>
public sealed record VerifyReport(int Revisions, int PersonalTexts, int Erased, IReadOnlyList<string> Faults)
{
    /// <summary>How many audit entries were checked.</summary>
    public int AuditEntries { get; init; }

    /// <summary>Whether all is whole.</summary>
    public bool IsWhole => Faults.Count == 0;

    /// <summary>What was checked, in words for one line.</summary>
    public string Words =>
        $"{Revisions:N0} revisions, {PersonalTexts:N0} personal texts"
        + (AuditEntries == 0 ? "" : $", {AuditEntries:N0} audit entries")
        + (Erased == 0 ? "" : $"; contacts erased, whose texts are gone as they should: {Erased:N0}");
}

/// <summary>A revision or an erasure as it is stored.</summary>
/// <param name="Number">The number it is stored under, from 1.</param>
/// <param name="Hash">The hash stored with it.</param>
/// <param name="Bytes">Its canonical bytes.</param>
public readonly record struct StoredBytes(long Number, ReadOnlyMemory<byte> Hash, ReadOnlyMemory<byte> Bytes);

/// <summary>A personal text as it is stored.</summary>
/// <param name="Text">The text; salt and content are empty where it was erased.</param>
/// <param name="IsErased">Whether it was erased.</param>
public readonly record struct StoredText(PersonalText Text, bool IsErased);

/// <summary>Checks a journal end to end: hashes, commitments, erasures (docs/journal-format.md section 7).</summary>
public static class JournalCheck
{
    /// <summary>Checks all that is stored. Never throws for what is damaged: it is in the report.</summary>
    /// <param name="texts">The personal texts, in any order.</param>
    /// <param name="revisions">The revisions in the order of their numbers.</param>
    /// <param name="erasures">The erasures in the order of their numbers.</param>
    /// <param name="audit">The audit entries in the order of their numbers; none where there is no audit.</param>
    /// <param name="auditTexts">The texts that audit entries commit to, each with its account as the party.</param>
    public static VerifyReport Of(
        IEnumerable<StoredText> texts,
        IEnumerable<StoredBytes> revisions,
        IEnumerable<StoredBytes> erasures,
        IEnumerable<StoredBytes>? audit = null,
        IEnumerable<StoredText>? auditTexts = null
    )
    {
        var faults = new List<string>();
        var ledger = new Ledger();
        var erasedParties = ErasedParties(erasures, faults);
        var stored = new Dictionary<string, StoredText>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (!stored.TryAdd(Convert.ToHexStringLower(text.Text.Commitment), text))
                faults.Add($"a personal text of party {text.Text.Party} is there twice");
            if (!text.IsErased && Ledger.IsWhole(text.Text))
                ledger.Learn(text.Text);
        }
        var unused = stored.Keys.ToHashSet(StringComparer.Ordinal);
        ledger.Committed = (party, commitment) =>
        {
            var key = Convert.ToHexStringLower(commitment);
            unused.Remove(key);
            StoredText? text = stored.TryGetValue(key, out var found) ? found : null;
            if (FaultOf(party, text, erasedParties.Contains(party)) is { } fault)
                faults.Add($"revision {ledger.Count + 1}: a personal text of party {party} {fault}");
        };
        CheckRevisions(revisions, ledger, faults);
        if (faults.Count == 0 && unused.Count > 0)
            faults.Add($"there are {unused.Count} personal texts that no revision commits to");
        var entries = AuditCheck.Check(audit ?? [], auditTexts ?? [], ledger.Revisions, faults);
        return new(ledger.Count, stored.Values.Count(text => !text.IsErased), erasedParties.Count, faults)
        {
            AuditEntries = entries,
        };
    }

    static string? FaultOf(int party, StoredText? text, bool isErasedParty) =>
        text is not { } found ? "is missing"
        : found.Text.Party != party ? $"is filed under party {found.Text.Party}"
        : found.IsErased != isErasedParty
            ? isErasedParty ? "is there though it was erased"
                : "is gone though it was not erased"
        : !found.IsErased && !Ledger.IsWhole(found.Text) ? "does not match its commitment"
        : null;

    static void CheckRevisions(IEnumerable<StoredBytes> revisions, Ledger ledger, List<string> faults)
    {
        foreach (var stored in revisions)
        {
            var expected = ledger.Count + 1;
            if (stored.Number != expected)
                faults.Add($"revision {expected}: it is missing; number {stored.Number} comes instead");
            else if (!IsWhole(stored))
                faults.Add($"revision {expected}: its bytes do not match its hash");
            else if (Apply(ledger, stored.Bytes) is { } damage)
                faults.Add(damage);
            else
                continue;
            return;
        }
    }

    internal static bool IsWhole(StoredBytes stored) =>
        SHA256.HashData(stored.Bytes.Span).AsSpan().SequenceEqual(stored.Hash.Span);

    static string? Apply(Ledger ledger, ReadOnlyMemory<byte> bytes)
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

    static HashSet<int> ErasedParties(IEnumerable<StoredBytes> erasures, List<string> faults)
    {
        var parties = new HashSet<int>();
        var (count, previous) = (0, Ledger.NoHash);
        foreach (var stored in erasures)
        {
            count++;
            try
            {
                var erasure = Erasure.Read(stored.Bytes, count, previous);
                if (stored.Number != count || !IsWhole(stored))
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
}
