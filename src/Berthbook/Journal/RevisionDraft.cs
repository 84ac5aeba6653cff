using System.Collections.Immutable;

namespace Berthbook.Journal;

/// <summary>A revision that is not in the journal yet: what changes, who makes it, when, why and from what.</summary>
/// <param name="Changes">The changes in the order in which they apply, as <see cref="Differ.Compare"/> gives them.</param>
/// <param name="Who">Who makes it.</param>
/// <param name="Why">Why, in words.</param>
/// <param name="Time">When; kept to the millisecond, UTC.</param>
/// <param name="Source">The file it comes from, or null.</param>
/// <param name="Request">The number of the request behind it, or null.</param>
/// <param name="LastAudit">The last audit entry before it, or null where it names none.</param>
public sealed record RevisionDraft(
    ImmutableArray<Change> Changes,
    string Who,
    string Why,
    DateTimeOffset Time,
    RevisionSource? Source = null,
    int? Request = null,
    ChainLink? LastAudit = null
);

/// <summary>A link of one of the journal's chains, named in the other: revisions name audit entries, and these revisions.</summary>
/// <param name="Number">Its number; 0 where the chain has none yet.</param>
/// <param name="Hash">Its SHA-256 in lower-case hexadecimal; 64 zeros where the chain has none yet.</param>
public sealed record ChainLink(int Number, string Hash)
{
    /// <summary>What stands for the last link of a chain without any.</summary>
    public static ChainLink None { get; } = new(0, Ledger.NoHash);
}

/// <summary>
/// A text that holds personal data of a contact: its id, its fields, words in a reference to it. The journal's
/// bytes hold the commitment only: SHA-256 over salt and content (procedures K4).
/// </summary>
/// <param name="Commitment">32 bytes.</param>
/// <param name="Party">The number of the party the text belongs to.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Content">The text's bytes (docs/journal-format.md).</param>
public sealed record PersonalText(byte[] Commitment, int Party, byte[] Salt, byte[] Content);

/// <summary>A revision as it goes into the journal: its canonical bytes and the personal texts that they commit to.</summary>
public sealed record RevisionRecord(byte[] Bytes, ImmutableArray<PersonalText> PersonalTexts);

/// <summary>The journal is damaged: what, and at which revision.</summary>
/// <param name="revision">The number of the revision, 0 where it concerns none.</param>
/// <param name="message">What is wrong, in words.</param>
public sealed class JournalException(int revision, string message)
    : Exception(revision == 0 ? message : $"revision {revision}: {message}")
{
    /// <summary>The number of the revision, 0 where it concerns none.</summary>
    public int Revision { get; } = revision;
}
