using System.Buffers;
using System.Collections.Immutable;

namespace Berthbook.Suggestions;

/// <summary>
/// One search for free numbers: a pass that marks them, a pass that weighs every place a block can begin at, then a
/// look for the best place, as often as suggestions are asked for.
/// </summary>
/// <remarks>
/// The order is the sum of the weights. Among equals the nearer wins where a number to be near to is asked for, else
/// the one with more room; then the lower number. Without such a number each free run gives one suggestion before any
/// gives a second, so that the answer has a choice in it.
/// </remarks>
sealed class SuggestionSearch(RegistryLookup lookup, PortMarks known, SuggestionQuery query, HostFacts host)
{
    /// <summary>A run longer than this has room for whoever is around it.</summary>
    const int ShortRun = 16;

    const long Excluded = long.MinValue;

    readonly int first = query.Range.First.Value;
    readonly int last = query.Range.Last.Value;
    readonly ImmutableArray<TransportProtocol> asked = query.Transports;
    readonly ImmutableArray<TransportProtocol> others =
    [
        .. TransportProtocols.All.Where(transport => !query.Transports.Contains(transport)),
    ];

    /// <summary>A place for a block, with all that was weighed.</summary>
    public readonly record struct Found(PortRange Ports, Marks Marks, int Room, long Key);

    /// <summary>How many numbers of the range are free.</summary>
    public int Free { get; private set; }

    /// <summary>The longest run of free numbers.</summary>
    public int Longest { get; private set; }

    /// <summary>The best places, in order.</summary>
    public List<Found> Run()
    {
        var marks = ArrayPool<Marks>.Shared.Rent(PortNumber.Count);
        var room = ArrayPool<ushort>.Shared.Rent(PortNumber.Count + 1);
        var keys = ArrayPool<long>.Shared.Rent(PortNumber.Count);
        try
        {
            MarkNumbers(marks);
            MeasureRuns(marks, room);
            if (Longest < query.Block)
                return [];
            SpreadOverBlocks(marks);
            Weigh(marks, room, keys);
            return Choose(marks, room, keys);
        }
        finally
        {
            ArrayPool<Marks>.Shared.Return(marks);
            ArrayPool<ushort>.Shared.Return(room);
            ArrayPool<long>.Shared.Return(keys);
        }
    }

    void MarkNumbers(Marks[] marks)
    {
        var ignored = asked.Contains(TransportProtocol.Tcp) ? Marks.None : Marks.BrowserRefused;
        for (var number = first; number <= last; number++)
        {
            var port = new PortNumber((ushort)number);
            var own = known[number] & ~ignored;
            if (!IsFree(port))
                own |= Marks.NotFree;
            foreach (var transport in others)
            {
                if (lookup.Effective(port, transport) == PortState.Reserved)
                    own |= Marks.ReservedElsewhere;
            }
            marks[number] = own;
        }
        if (host.Ephemeral is { } live)
        {
            for (var port = first; port <= last; port++)
            {
                if (live.Contains(new((ushort)port)))
                    marks[port] |= Marks.EphemeralHere;
            }
        }
        foreach (var (port, transport) in host.InUse)
        {
            if (query.Range.Contains(port) && asked.Contains(transport))
                marks[port.Value] |= Marks.InUseHere;
        }
    }

    bool IsFree(PortNumber port)
    {
        if ((known[port.Value] & Marks.NotFree) != 0)
            return false;
        foreach (var transport in asked)
        {
            if (lookup.Effective(port, transport) != PortState.Unassigned)
                return false;
        }
        return true;
    }

    // room[port] is how many numbers are free in a row from port on, beyond the end of the range too.
    void MeasureRuns(Marks[] marks, ushort[] room)
    {
        var end = last + 1;
        while (end < PortNumber.Count && IsFree(new((ushort)end)))
            end++;
        room[last + 1] = (ushort)(end - last - 1);
        for (var port = last; port >= first; port--)
        {
            var isFree = (marks[port] & Marks.NotFree) == 0;
            room[port] = isFree ? (ushort)(room[port + 1] + 1) : (ushort)0;
            if (isFree)
                Free++;
            Longest = Math.Max(Longest, Math.Min(room[port], last - port + 1));
        }
        for (var port = first; port <= last; port += room[port] + 1)
            MarkNeighbours(marks, port, port + room[port] - 1);
    }

    void MarkNeighbours(Marks[] marks, int from, int to)
    {
        // The range may begin within a run.
        var start = from;
        while (start > 0 && start <= first && IsFree(new((ushort)(start - 1))))
            start--;
        if (to < from || to - start >= ShortRun || !HasOneHolderAround(start, to))
            return;
        for (var port = from; port <= Math.Min(to, last); port++)
            marks[port] |= Marks.Neighbours;
    }

    // Doubles the window until it is as wide as a block; what lies beyond the range marks only places not taken.
    void SpreadOverBlocks(Marks[] marks)
    {
        var width = 1;
        for (; width * 2 <= query.Block; width *= 2)
            Spread(marks, width);
        if (width < query.Block)
            Spread(marks, query.Block - width);
    }

    void Spread(Marks[] marks, int distance)
    {
        for (var port = first; port + distance <= last; port++)
            marks[port] |= marks[port + distance];
    }

    void Weigh(Marks[] marks, ushort[] room, long[] keys)
    {
        for (var port = first; port <= last; port++)
        {
            if (room[port] < query.Block || port + query.Block - 1 > last)
            {
                keys[port] = Excluded;
                continue;
            }
            var score = Weights.Sum(marks[port]) + Weights.OfRoom(room[port] - query.Block);
            int tie = room[port];
            if (query.Near is { } near)
            {
                var distance = Distance(near, port, port + query.Block - 1);
                score += Weights.OfDistance(distance);
                tie = PortNumber.Count - distance;
            }
            keys[port] = ((long)score << 32) + tie;
        }
    }

    List<Found> Choose(Marks[] marks, ushort[] room, long[] keys)
    {
        var chosen = new List<Found>(query.Count);
        // Places in a run that has given a suggestion come after all others.
        const long later = 1L << 60;
        while (chosen.Count < query.Count)
        {
            var best = first;
            for (var port = first + 1; port <= last; port++)
            {
                if (keys[port] > keys[best])
                    best = port;
            }
            if (keys[best] == Excluded)
                break;
            var key = keys[best] < -(later >> 1) ? keys[best] + later : keys[best];
            var end = best + query.Block - 1;
            chosen.Add(new(new(best, end), marks[best], room[best], key));
            for (var port = Math.Max(first, best - query.Block + 1); port <= end; port++)
                keys[port] = Excluded;
            if (query.Near is null)
                Postpone(room, keys, best, later);
        }
        chosen.Sort((one, other) => (other.Key, one.Ports.First).CompareTo((one.Key, other.Ports.First)));
        return chosen;
    }

    void Postpone(ushort[] room, long[] keys, int port, long later)
    {
        while (port > first && room[port - 1] > 0)
            port--;
        for (; port <= last && room[port] > 0; port++)
        {
            if (keys[port] > -(later >> 1))
                keys[port] -= later;
        }
    }

    bool HasOneHolderAround(int from, int to) =>
        HolderAt(from - 1) is { } below && HolderAt(to + 1) is { } above && below == above;

    string? HolderAt(int number)
    {
        if (number is < 0 or >= PortNumber.Count)
            return null;
        foreach (var transport in asked)
        {
            foreach (var record in lookup.Find(new((ushort)number), transport))
            {
                if (!record.Holders.IsDefaultOrEmpty && record.Kind().State() == PortState.Assigned)
                    return record.Holders[0].Data;
            }
        }
        return null;
    }

    static int Distance(PortNumber near, int from, int to) =>
        near.Value < from ? from - near.Value
        : near.Value > to ? near.Value - to
        : 0;

    /// <summary>How far a block is from the number asked for, 0 where it holds it.</summary>
    public static int Distance(PortNumber near, PortRange ports) =>
        Distance(near, ports.First.Value, ports.Last.Value);
}
