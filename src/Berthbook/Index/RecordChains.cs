using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Berthbook;

/// <summary>
/// Lists of records that grow one record at a time and share what they have in common: a list is the number of its
/// last link, and each link names the one before it. 0 is the empty list.
/// </summary>
sealed class RecordChains
{
    readonly List<(RegistryRecord Record, int Before)> links = [default];
    ImmutableArray<RegistryRecord>[] made =
    [
        [],
    ];

    public int Count => links.Count;

    /// <summary>A list with one record more; the same list where it was asked for just before.</summary>
    public int Append(int list, RegistryRecord record)
    {
        var (last, before) = links[^1];
        if (!ReferenceEquals(last, record) || before != list)
            links.Add((record, list));
        return links.Count - 1;
    }

    /// <summary>The records of a list, in the order they were appended; the same array each time.</summary>
    public ImmutableArray<RegistryRecord> Records(int list)
    {
        if (made.Length < links.Count)
            Array.Resize(ref made, links.Count);
        ref var records = ref made[list];
        return records.IsDefault ? records = Make(list) : records;
    }

    ImmutableArray<RegistryRecord> Make(int list)
    {
        var length = 0;
        for (var link = list; link != 0; link = links[link].Before)
            length++;
        var records = new RegistryRecord[length];
        for (var link = list; link != 0; link = links[link].Before)
            records[--length] = links[link].Record;
        return ImmutableCollectionsMarshal.AsImmutableArray(records);
    }
}
