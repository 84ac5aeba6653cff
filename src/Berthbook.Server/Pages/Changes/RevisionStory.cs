using System.Collections.Immutable;
using Berthbook.Journal;

namespace Berthbook.Server.Pages.Changes;

/// <summary>
/// The changes of a revision in the order people read them: the header, what was carved out of Unassigned ranges,
/// then records and contacts, changed before added before removed. What says the same as before in other white space
/// is left out.
/// </summary>
static class RevisionStory
{
    const string Carved = "Carved out of Unassigned";

    public static ImmutableArray<ToldChange> Of(Revision revision)
    {
        var told = new List<ToldChange>();
        var isTold = new HashSet<RecordChange>(ReferenceEqualityComparer.Instance);
        var said = revision.Changes.Where(change => change.Kind != ChangeKind.Layout).ToList();
        var records = said.OfType<RecordChange>().ToList();
        told.AddRange(said.OfType<HeaderChange>().Select(ToldChange.Of));
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
            told.Add(Carve(taken.Before!, [.. into.Select(change => change.After!)]));
        }
        told.AddRange(records.Where(change => !isTold.Contains(change)).OrderBy(Rank).Select(ToldChange.Of));
        told.AddRange(said.OfType<ContactChange>().OrderBy(Rank).Select(ToldChange.Of));
        return [.. Together(told)];
    }

    // What happens to a name and number on several transport protocols alike is told once.
    static IEnumerable<ToldChange> Together(IEnumerable<ToldChange> told) =>
        told.GroupBy(change =>
                change is { Record: { Name: not null } record, Into.IsEmpty: true }
                    ? (object)
                        (change.What, change.Description, record.Name, record.Number, change.Differences)
                    : change
            )
            .Select(alike =>
                alike.First() with
                {
                    Title = string.Join(
                        ", ",
                        alike.Select((change, i) => i == 0 ? change.Title : change.Place)
                    ),
                }
            );

    static ToldChange Carve(RegistryRecord range, ImmutableArray<RegistryRecord> into)
    {
        var assigned = into.Where(record => record.Name is not null).ToList();
        return new(
            Carved,
            ChangeKind.Changed,
            assigned.Count > 0 ? "Assigned" : "Split",
            string.Join(", ", (assigned.Count > 0 ? assigned : [range]).Select(record => record.ToString()))
        )
        {
            Record = assigned.FirstOrDefault(),
            Description = $"carved from {range.Number} Unassigned",
            Into = into,
        };
    }

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
