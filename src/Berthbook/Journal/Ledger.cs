using System.Collections.Immutable;
using System.Globalization;

namespace Berthbook.Journal;

/// <summary>
/// The journal as it is read and extended: revisions' canonical bytes go in one after the other, the history comes
/// out. Not for several threads at once. The bytes are specified in docs/journal-format.md.
/// </summary>
public sealed class Ledger
{
    /// <summary>The hash before the first revision: 64 zeros.</summary>
    public static string NoHash { get; } = new('0', 64);

    readonly Parties parties = new();
    readonly Document document = new();
    readonly RevisionReading reading;
    readonly ImmutableArray<Revision>.Builder revisions = ImmutableArray.CreateBuilder<Revision>();
    readonly Stack<(int Parties, int NextRecordId, Stack<Action> Changes)> takenBack = new();
    int nextRecordId = 1;

    /// <summary>A journal without revisions.</summary>
    public Ledger() => reading = new(parties, document);

    /// <summary>How many revisions were applied.</summary>
    public int Count => revisions.Count;

    /// <summary>The hash of the last revision.</summary>
    public string LastHash => revisions.Count == 0 ? NoHash : revisions[^1].Hash;

    /// <summary>The last revision; <see cref="ChainLink.None"/> where there is none.</summary>
    public ChainLink Last => revisions.Count == 0 ? ChainLink.None : new(Count, LastHash);

    /// <summary>The id that the next new record gets.</summary>
    public int NextRecordId => nextRecordId;

    /// <summary>Whether revisions that are applied from now on can be taken back, until <see cref="Settle"/>.</summary>
    public bool IsUnsettled { get; set; }

    /// <summary>The revisions so far; grows with the ledger.</summary>
    public IReadOnlyList<Revision> Revisions => revisions;

    /// <summary>Takes back the last revision, as if it had never been applied.</summary>
    /// <exception cref="InvalidOperationException">It was settled.</exception>
    public void TakeBack()
    {
        var (count, next, changes) = takenBack.Pop();
        while (changes.TryPop(out var undo))
            undo();
        parties.TakeBackTo(count);
        nextRecordId = next;
        revisions.RemoveAt(revisions.Count - 1);
    }

    /// <summary>Keeps what was applied so far for good.</summary>
    public void Settle() => takenBack.Clear();

    /// <summary>Takes a personal text, before the revisions that commit to it.</summary>
    public void Learn(PersonalText text) => parties.Learn(text);

    /// <summary>Forgets the personal texts that were taken; what they said is in the revisions.</summary>
    public void ForgetTexts() => parties.ForgetTexts();

    /// <summary>Called with the party and the commitment for each commitment of a revision while it is applied.</summary>
    public Action<int, byte[]>? Committed
    {
        get => parties.Opened;
        set => parties.Opened = value;
    }

    /// <summary>The party's number for the contact id, or null where the journal never named it or erased it.</summary>
    public int? PartyOf(string contactId) => parties.NumberOf(contactId);

    /// <summary>
    /// The bytes of the next revision and its new personal texts. Changes nothing: <see cref="Apply"/> them once
    /// they are stored.
    /// </summary>
    /// <param name="draft">The revision.</param>
    /// <param name="newSalt">Gives 16 fresh random bytes for each call.</param>
    public RevisionRecord Write(RevisionDraft draft, Func<byte[]> newSalt) =>
        new RevisionWriting(parties, newSalt).Write(Count + 1, LastHash, draft);

    /// <summary>Reads and applies the next revision.</summary>
    /// <exception cref="JournalException">The bytes are damaged or not the next revision's.</exception>
    public Revision Apply(ReadOnlyMemory<byte> bytes)
    {
        var number = Count + 1;
        try
        {
            var unsettled = (parties.Count, nextRecordId, Changes: new Stack<Action>());
            document.Undo = IsUnsettled ? unsettled.Changes : null;
            var revision = reading.Read(bytes, number, LastHash);
            foreach (var change in revision.Changes)
            {
                if (change is RecordChange record && record.Id >= nextRecordId)
                    nextRecordId = record.Id + 1;
            }
            revisions.Add(revision);
            if (IsUnsettled)
                takenBack.Push(unsettled);
            return revision;
        }
        catch (Exception damage)
            when (damage is InvalidDataException or ArgumentException or FormatException or OverflowException)
        {
            throw new JournalException(number, damage.Message);
        }
    }

    /// <summary>The history so far.</summary>
    public History ToHistory() =>
        Count == 0 ? History.Empty : new(revisions.ToImmutable(), document.ToRegistry(), nextRecordId);

    /// <summary>Whether a personal text is what its commitment says.</summary>
    public static bool IsWhole(PersonalText text) =>
        text.Commitment.AsSpan().SequenceEqual(Parties.CommitmentOf(text.Salt, text.Content));

    /// <summary>The id that stands for an erased contact's.</summary>
    public static string ErasedId(int party) => Parties.ErasedId(party);

    /// <summary>Whether a contact id is one that stands for an erased one, and of which party.</summary>
    public static bool IsErasedId(string id, out int party)
    {
        party = 0;
        return id.StartsWith("erased-", StringComparison.Ordinal)
            && int.TryParse(id.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out party);
    }
}
