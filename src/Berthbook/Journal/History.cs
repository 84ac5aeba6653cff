using System.Collections.Immutable;

namespace Berthbook.Journal;

/// <summary>
/// The journal in memory: every revision, and the registry after the last. Immutable. The registry at any revision
/// is replayed from the changes.
/// </summary>
public sealed class History
{
    internal History(ImmutableArray<Revision> revisions, Registry? current, int nextRecordId)
    {
        Revisions = revisions;
        Current = current;
        NextRecordId = nextRecordId;
    }

    /// <summary>No revision yet.</summary>
    public static History Empty { get; } = new([], null, 1);

    /// <summary>The revisions, number 1 first.</summary>
    public ImmutableArray<Revision> Revisions { get; }

    /// <summary>The registry after the last revision, or null where there is none.</summary>
    public Registry? Current { get; }

    /// <summary>The id the next new record gets; ids are never used again.</summary>
    public int NextRecordId { get; }

    /// <summary>
    /// The registry after a revision, 1 to the number of revisions; null for others. Cost grows with the changes
    /// up to it.
    /// </summary>
    public Registry? At(int revision)
    {
        if (revision < 1 || revision > Revisions.Length)
            return null;
        if (revision == Revisions.Length)
            return Current;
        var document = new Document();
        foreach (var change in Revisions.Take(revision).SelectMany(past => past.Changes))
            document.Apply(change);
        return document.ToRegistry();
    }

    /// <summary>The last revision whose day of last update is not after a day, or null.</summary>
    public Revision? AtDay(DateOnly day) =>
        Revisions.LastOrDefault(revision => revision.Updated is { } updated && updated.FirstDay <= day);
}
