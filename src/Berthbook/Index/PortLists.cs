using System.Collections.Immutable;

namespace Berthbook;

/// <summary>
/// The records that speak for each port number of one transport protocol, gathered record by record. Neighbouring
/// numbers with the same records share a list, so a range costs one list, not one a number.
/// </summary>
sealed class PortLists(RecordChains chains)
{
    // A run as long as this is asked for so often that its list comes before those of single numbers, beside others
    // of its kind.
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

    /// <summary>
    /// The distinct lists, at least one; for each port number is written which of them is its own. A run of numbers
    /// has one list, so 16 bits always do.
    /// </summary>
    public ImmutableArray<RegistryRecord>[] Settle(Span<ushort> slots)
    {
        var lists = new List<ImmutableArray<RegistryRecord>>();
        var places = new int[chains.Count];
        places.AsSpan().Fill(-1);
        Settle(LongRun, PortNumber.Count, lists, places, slots);
        Settle(1, LongRun - 1, lists, places, slots);
        return [.. lists];
    }

    void Settle(
        int shortest,
        int longest,
        List<ImmutableArray<RegistryRecord>> lists,
        int[] places,
        Span<ushort> slots
    )
    {
        for (int port = 0, same; port < PortNumber.Count; port += same)
        {
            same = RunOf(listOf.AsSpan(port));
            if (same < shortest || same > longest)
                continue;
            ref var place = ref places[listOf[port]];
            if (place < 0)
            {
                place = lists.Count;
                lists.Add(chains.Records(listOf[port]));
            }
            slots.Slice(port, same).Fill((ushort)place);
        }
    }

    static int RunOf(ReadOnlySpan<int> lists) =>
        lists.IndexOfAnyExcept(lists[0]) is var other && other < 0 ? lists.Length : other;
}
