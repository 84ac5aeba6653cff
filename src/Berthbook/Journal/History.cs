using System.Collections.Immutable;

namespace Berthbook.Journal;

/// <summary>
/// The journal in memory: every revision, and the registry after the last. Immutable. The registry at any revision
/// is replayed from the changes.
/// </summary>
public sealed class History
{
    History(ImmutableArray<Revision> revisions, Registry? current) =>
        (Revisions, Current) = (revisions, current);

    /// <summary>No revision yet.</summary>
    public static History Empty { get; } = new([], null);

    /// <summary>The revisions, number 1 first.</summary>
    public ImmutableArray<Revision> Revisions { get; }

    /// <summary>The registry after the last revision, or null where there is none.</summary>
    public Registry? Current { get; }

    /// <summary>The registry after a revision, 1 to the number of revisions. Cost grows with the changes up to it.</summary>
    public Registry At(int revision) => throw new NotSupportedException();
}
