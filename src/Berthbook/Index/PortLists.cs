using System.Collections.Immutable;
using System.Numerics;

namespace Berthbook;

/// <summary>
/// The records that speak for each port number of one transport protocol, gathered record by record. Neighbouring
/// numbers with the same records share a list, so a range costs one list, not one a number.
/// </summary>
sealed class PortLists(RecordChains chains)
{
    // A run as long as this is asked for so often that its list stands among others of its kind.
    const int LongRun = 8;

    readonly int[] listOf = new int[PortNumber.Count];

    /// <summary>Lets a record speak for the port numbers of a range.</summary>
    public void Add(RegistryRecord record, PortRange range)
    {
        var rest = listOf.AsSpan(range.First.Value, range.Count);
        while (!rest.IsEmpty)
        {
            var same = RunOf(rest);
            rest[..same].Fill(chains.Append(rest[0], record));
            rest = rest[same..];
        }
    }

    /// <summary>Appends the lists of runs of a length, where they have no place yet, and notes their places.</summary>
    public void Place(bool areLong, List<ImmutableArray<RegistryRecord>> lists, Span<int> places)
    {
        for (int port = 0, same; port < PortNumber.Count; port += same)
        {
            same = RunOf(listOf.AsSpan(port));
            ref var place = ref places[listOf[port]];
            if (same >= LongRun != areLong || place >= 0)
                continue;
            place = lists.Count;
            lists.Add(chains.Records(listOf[port]));
        }
    }

    /// <summary>Writes the place of each port number's list.</summary>
    public void Fill<T>(Span<T> slots, ReadOnlySpan<int> places)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int port = 0, same; port < PortNumber.Count; port += same)
        {
            same = RunOf(listOf.AsSpan(port));
            slots.Slice(port, same).Fill(T.CreateTruncating(places[listOf[port]]));
        }
    }

    static int RunOf(ReadOnlySpan<int> lists) =>
        lists.IndexOfAnyExcept(lists[0]) is var other && other < 0 ? lists.Length : other;
}
