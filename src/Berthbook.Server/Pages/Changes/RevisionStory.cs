using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Pages.Changes;

/// <summary>
/// The changes of a revision in the order people read them: the header, what was carved out of Unassigned ranges,
/// then records and contacts, changed before added before removed. What says the same as before in other white space
/// is left out.
/// </summary>
/// <remarks>A first revision has some 20,000 changes, so only those that are asked for are put into words.</remarks>
static class RevisionStory
{
    public static ImmutableArray<StoryPart> Of(Revision revision)
    {
        var said = revision.Changes.Where(change => change.Kind != ChangeKind.Layout).ToList();
        var parts = ImmutableArray.CreateBuilder<StoryPart>(said.Count);
        parts.AddRange(said.OfType<HeaderChange>().Select(change => new StoryPart([change])));
        var carved = CarvedOut([.. said.OfType<RecordChange>()]);
        parts.AddRange(carved);
        var isTold = carved.SelectMany(part => part.Changes).ToHashSet(ReferenceEqualityComparer.Instance);
        AddTogether(
            parts,
            said.Where(change => change is RecordChange && !isTold.Contains(change)).OrderBy(Rank).ToArray()
        );
        parts.AddRange(said.OfType<ContactChange>().OrderBy(Rank).Select(change => new StoryPart([change])));
        return parts.ToImmutable();
    }

    /// <summary>Records in the order of the document, then contacts, then the header: for changes that are few.</summary>
    public static ImmutableArray<StoryPart> InOrder(IEnumerable<Change> changes)
    {
        var said = changes.Where(change => change.Kind != ChangeKind.Layout).ToList();
        var parts = ImmutableArray.CreateBuilder<StoryPart>(said.Count);
        AddTogether(parts, [.. said.OfType<RecordChange>()]);
        parts.AddRange(said.OfType<ContactChange>().Select(change => new StoryPart([change])));
        parts.AddRange(said.OfType<HeaderChange>().Select(change => new StoryPart([change])));
        return parts.ToImmutable();
    }

    // Each Unassigned record that is gone, with the new ones that lie within its numbers.
    static List<StoryPart> CarvedOut(List<RecordChange> records)
    {
        var parts = new List<StoryPart>();
        var isTold = new HashSet<RecordChange>(ReferenceEqualityComparer.Instance);
        foreach (var taken in records.Where(IsTaken))
        {
            var into = records
                .Where(change =>
                    IsNew(change) && !isTold.Contains(change) && Holds(taken.Before!, change.After!)
                )
                .ToList();
            if (into.Count == 0)
                continue;
            isTold.Add(taken);
            isTold.UnionWith(into);
            parts.Add(new([taken, .. into], IsCarved: true));
        }
        return parts;
    }

    // What happens to a name and number on several transport protocols alike is told once.
    static void AddTogether(ImmutableArray<StoryPart>.Builder parts, Change[] changes)
    {
        for (var start = 0; start < changes.Length; )
        {
            var end = start + 1;
            while (end < changes.Length && IsAlike((RecordChange)changes[start], (RecordChange)changes[end]))
                end++;
            parts.Add(new(new ArraySegment<Change>(changes, start, end - start)));
            start = end;
        }
    }

    static bool IsAlike(RecordChange one, RecordChange other) =>
        one.Kind == other.Kind
        && IsAlike(one.Before, other.Before)
        && IsAlike(one.After, other.After)
        && (one.After ?? one.Before)!.Name is not null;

    static bool IsAlike(RegistryRecord? one, RegistryRecord? other) =>
        one is null ? other is null : other is not null && RecordGroup.IsSame(one, other);

    // An Unassigned record that is gone, or is no longer what it was.
    static bool IsTaken(RecordChange change) =>
        change.Before is { Name: null, Number: not null } before
        && before.Kind() == RecordKind.Unassigned
        && (change.After is null || change.IsRekeyed);

    static bool IsNew(RecordChange change) =>
        change.After is { Number: not null } && (change.Before is null || change.IsRekeyed);

    static bool Holds(RegistryRecord range, RegistryRecord part) =>
        range.Number!.Value.Contains(part.Number!.Value)
        && (range.Transport is null || range.Transport == part.Transport);

    static int Rank(Change change) =>
        change.Kind switch
        {
            ChangeKind.Changed => 0,
            ChangeKind.Added => 1,
            ChangeKind.Removed => 2,
            _ => 3,
        };
}

/// <summary>Changes that are told as one.</summary>
/// <param name="Changes">At least one; the Unassigned record first where the others are carved out of it.</param>
/// <param name="IsCarved">Whether the first is an Unassigned record that became the others.</param>
readonly record struct StoryPart(IReadOnlyList<Change> Changes, bool IsCarved = false)
{
    /// <summary>The same in words.</summary>
    public ToldChange Tell() =>
        Changes switch
        {
            [RecordChange { Before: { } range }, ..] when IsCarved => ToldChange.Carved(
                range,
                [
                    .. Changes
                        .OfType<RecordChange>()
                        .Where(change => change.After is not null)
                        .Select(change => change.After!),
                ]
            ),
            [HeaderChange header] => ToldChange.Of(header),
            [ContactChange contact] => ToldChange.Of(contact),
            _ => ToldChange.Of([.. Changes.OfType<RecordChange>()]),
        };
}
