using System.Collections.Immutable;

namespace Berthbook.Journal;

/// <summary>Finds what changed between two states of the registry (formats.md 7.1).</summary>
public static class Differ
{
    /// <summary>
    /// Gives the records of a new state the ids they had before: by equal key, else by the same transport and
    /// number (a rename, an assignment, a de-assignment), the same name and transport (renumbered), the same name
    /// and number (another transport). Others get new ids from <paramref name="nextId"/>. A record that did not
    /// change becomes the very object it was.
    /// </summary>
    public static Registry Identify(Registry? before, Registry after, int nextId)
    {
        var records = after.Records;
        var found = new RegistryRecord?[records.Length];
        if (before is not null)
        {
            var free = before.Records.ToList();
            Match(records, found, ref free, record => (record.Key, ""));
            Match(
                records,
                found,
                ref free,
                record => record.Number is null ? null : ((record.Key with { Name = "" }), "number")
            );
            Match(
                records,
                found,
                ref free,
                record => record.Name is null ? null : ((record.Key with { Number = "" }), "name")
            );
            Match(
                records,
                found,
                ref free,
                record =>
                    record.Name is null || record.Number is null
                        ? null
                        : ((record.Key with { Transport = null }), "both")
            );
        }
        var identified = ImmutableArray.CreateBuilder<RegistryRecord>(records.Length);
        for (var i = 0; i < records.Length; i++)
        {
            identified.Add(
                found[i] is not { } old ? records[i] with { Id = nextId++ }
                : old.Equals(records[i]) ? old
                : records[i] with { Id = old.Id }
            );
        }
        return new(after.Header, identified.MoveToImmutable(), after.Contacts);
    }

    /// <summary>
    /// The changes that make one state into another, in the order in which they apply: header, contacts, records;
    /// of these removed ones first, the others in document order. Records are matched by id, contacts by theirs.
    /// </summary>
    public static ImmutableArray<Change> Compare(Registry? before, Registry after)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        if (before is null || !before.Header.Equals(after.Header))
            changes.Add(new HeaderChange(before?.Header, after.Header));
        Compare(
            before?.Contacts ?? [],
            after.Contacts,
            contact => contact.Id,
            "",
            (old, now, follows) => changes.Add(new ContactChange(old, now, follows)),
            (old, now) => changes.Add(new ContactChange(old, now, null))
        );
        Compare(
            before?.Records ?? [],
            after.Records,
            record => record.Id,
            0,
            (old, now, follows) => changes.Add(new RecordChange(old, now, follows)),
            (old, now) => changes.Add(new RecordChange(old, now, null))
        );
        return changes.ToImmutable();
    }

    /// <summary>The counts of a revision: a record with another key is one removed and one added (formats.md 7.1).</summary>
    public static (ChangeCounts Records, ChangeCounts Contacts) Count(IEnumerable<Change> changes)
    {
        var records = new ChangeCounts();
        var contacts = new ChangeCounts();
        foreach (var change in changes)
        {
            if (change is RecordChange { IsRekeyed: true })
                records = records with { Added = records.Added + 1, Removed = records.Removed + 1 };
            else if (change is RecordChange)
                records = Plus(records, change.Kind);
            else if (change is ContactChange)
                contacts = Plus(contacts, change.Kind);
        }
        return (records, contacts);
    }

    static ChangeCounts Plus(ChangeCounts counts, ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Added => counts with { Added = counts.Added + 1 },
            ChangeKind.Removed => counts with { Removed = counts.Removed + 1 },
            ChangeKind.Changed => counts with { Changed = counts.Changed + 1 },
            _ => counts,
        };

    // Pairs the records that are still unmatched, those of one key in document order.
    static void Match(
        ImmutableArray<RegistryRecord> records,
        RegistryRecord?[] found,
        ref List<RegistryRecord> free,
        Func<RegistryRecord, object?> keyOf
    )
    {
        if (free.Count == 0)
            return;
        var byKey = new Dictionary<object, Queue<RegistryRecord>>(free.Count);
        foreach (var record in free)
        {
            if (keyOf(record) is not { } key)
                continue;
            if (!byKey.TryGetValue(key, out var queue))
                byKey.Add(key, queue = new(1));
            queue.Enqueue(record);
        }
        var taken = new HashSet<int>();
        for (var i = 0; i < records.Length; i++)
        {
            if (
                found[i] is null
                && keyOf(records[i]) is { } key
                && byKey.TryGetValue(key, out var queue)
                && queue.TryDequeue(out var old)
            )
            {
                found[i] = old;
                taken.Add(old.Id);
            }
        }
        free = [.. free.Where(record => !taken.Contains(record.Id))];
    }

    static void Compare<TKey, T>(
        ImmutableArray<T> before,
        ImmutableArray<T> after,
        Func<T, TKey> keyOf,
        TKey none,
        Action<T?, T?, TKey> place,
        Action<T?, T?> keep
    )
        where TKey : notnull
        where T : class
    {
        var places = new Dictionary<TKey, int>(before.Length);
        for (var i = 0; i < before.Length; i++)
            places.Add(keyOf(before[i]), i);
        var oldPlaces = new int[after.Length];
        var isKept = new bool[before.Length];
        for (var i = 0; i < after.Length; i++)
        {
            oldPlaces[i] = places.GetValueOrDefault(keyOf(after[i]), -1);
            if (oldPlaces[i] >= 0)
                isKept[oldPlaces[i]] = true;
        }
        for (var i = 0; i < before.Length; i++)
        {
            if (!isKept[i])
                keep(before[i], null);
        }
        var stays = LongestRise(oldPlaces);
        var follows = none;
        for (var i = 0; i < after.Length; i++)
        {
            var now = after[i];
            var old = oldPlaces[i] < 0 ? null : before[oldPlaces[i]];
            if (!stays[i])
                place(old, now, follows);
            else if (!now.Equals(old))
                keep(old, now);
            follows = keyOf(now);
        }
    }

    // Which of the values, negative ones left out, form a longest rising sequence: these keep their place.
    static bool[] LongestRise(int[] values)
    {
        var stays = new bool[values.Length];
        var ends = new List<int>(); // ends[k]: where the lowest end of a rise of length k + 1 stands
        var previous = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0)
                continue;
            var (low, high) = (0, ends.Count);
            if (ends.Count > 0 && values[ends[^1]] < values[i])
                low = high;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (values[ends[middle]] < values[i])
                    low = middle + 1;
                else
                    high = middle;
            }
            previous[i] = low == 0 ? -1 : ends[low - 1];
            if (low == ends.Count)
                ends.Add(i);
            else
                ends[low] = i;
        }
        for (var i = ends.Count == 0 ? -1 : ends[^1]; i >= 0; i = previous[i])
            stays[i] = true;
        return stays;
    }
}
