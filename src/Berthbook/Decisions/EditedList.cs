using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// Things in document order while they change: what a registry has stays where it is, and what is replaced, added, removed
/// or moved lies over it. Every step costs the same however many there are.
/// </summary>
/// <param name="before">The things before, in document order.</param>
/// <param name="placeOf">Where a key stood before, from 0; -1 where it did not.</param>
/// <param name="keyOf">The key of a thing.</param>
/// <param name="edge">The key that stands for both ends.</param>
sealed class EditedList<TKey, T>(
    ImmutableArray<T> before,
    Func<TKey, int> placeOf,
    Func<T, TKey> keyOf,
    TKey edge
)
    where TKey : notnull, IEquatable<TKey>
    where T : class, IEquatable<T>
{
    readonly Dictionary<TKey, T?> touched = [];
    readonly Dictionary<TKey, TKey> next = [];
    readonly Dictionary<TKey, TKey> previous = [];
    readonly HashSet<TKey> placed = [];

    public ImmutableArray<T> Before => before;

    /// <summary>What was replaced, added or removed, as it is now; null where it is gone.</summary>
    public IReadOnlyDictionary<TKey, T?> Touched => touched;

    public T? Find(TKey key) => touched.TryGetValue(key, out var now) ? now : Was(key);

    /// <summary>What stood under a key before.</summary>
    public T? Was(TKey key) => placeOf(key) is >= 0 and var place ? before[place] : null;

    /// <summary>The key of what stands before; the edge before the first. Of the edge: the last.</summary>
    public TKey Previous(TKey key) =>
        previous.TryGetValue(key, out var known) ? known
        : key.Equals(edge) ? KeyAt(before.Length - 1)
        : KeyAt(placeOf(key) - 1);

    /// <summary>The key of what stands after; the edge after the last. Of the edge: the first.</summary>
    public TKey Next(TKey key) =>
        next.TryGetValue(key, out var known) ? known
        : key.Equals(edge) ? KeyAt(0)
        : KeyAt(placeOf(key) + 1);

    /// <summary>The first that stood at a place or after it and still does; null where there is none.</summary>
    public TKey FirstStanding(int place)
    {
        for (; place < before.Length; place++)
        {
            var key = keyOf(before[place]);
            if (Stands(key))
                return key;
        }
        return edge;
    }

    /// <summary>Whether something was added or moved to its place.</summary>
    public bool IsPlaced(TKey key) => placed.Contains(key);

    public void Replace(T thing) => touched[keyOf(thing)] = thing;

    public void Add(T thing, TKey follows)
    {
        touched[keyOf(thing)] = thing;
        Link(keyOf(thing), follows);
    }

    public void Move(TKey key, TKey follows)
    {
        if (follows.Equals(key) || Previous(key).Equals(follows))
            return;
        touched[key] = Find(key);
        Unlink(key);
        Link(key, follows);
    }

    public void Remove(TKey key)
    {
        touched[key] = null;
        Unlink(key);
        placed.Remove(key);
    }

    /// <summary>
    /// What changed, as a comparison would tell it: removed ones first, the others in document order; a place is told of
    /// what is new or moved.
    /// </summary>
    public IEnumerable<(T? Was, T? Now, bool IsPlaced, TKey Follows)> Changes()
    {
        foreach (
            var key in touched.Where(pair => pair.Value is null).Select(pair => pair.Key).OrderBy(placeOf)
        )
        {
            if (Was(key) is { } gone)
                yield return (gone, null, false, edge);
        }
        SettleMoves();
        foreach (
            var key in touched.Where(pair => pair.Value is not null).Select(pair => pair.Key).OrderBy(OrderOf)
        )
        {
            var (was, now) = (Was(key), touched[key]);
            if (placed.Contains(key))
                yield return (was, now, true, Previous(key));
            else if (!now!.Equals(was))
                yield return (was, now, false, edge);
        }
    }

    // A thing moved by one place is the same as its neighbour moved the other way, and one that stands where it stood has
    // not moved: both are told as a comparison tells them.
    void SettleMoves()
    {
        foreach (var key in placed.Where(key => Was(key) is not null).ToList())
        {
            var behind = Previous(key);
            if (behind.Equals(edge) || placed.Contains(behind))
                continue;
            var (own, other) = (placeOf(key), placeOf(behind));
            if (StandsBetween(Math.Min(own, other), Math.Max(own, other)))
                continue;
            placed.Remove(key);
            if (own > other)
                continue;
            placed.Add(behind);
            touched.TryAdd(behind, Was(behind));
        }
    }

    bool StandsBetween(int first, int last)
    {
        for (var place = first + 1; place < last; place++)
        {
            if (Stands(keyOf(before[place])))
                return true;
        }
        return false;
    }

    // By the nearest thing before that stands where it stood, then by the steps from it.
    (int Place, int Steps) OrderOf(TKey key)
    {
        var steps = 0;
        for (; placed.Contains(key); key = Previous(key))
            steps++;
        return (key.Equals(edge) ? -1 : placeOf(key), steps);
    }

    bool Stands(TKey key) =>
        !placed.Contains(key) && (!touched.TryGetValue(key, out var now) || now is not null);

    TKey KeyAt(int place) => place >= 0 && place < before.Length ? keyOf(before[place]) : edge;

    void Link(TKey key, TKey follows)
    {
        var after = Next(follows);
        next[follows] = previous[after] = key;
        (previous[key], next[key]) = (follows, after);
        placed.Add(key);
    }

    void Unlink(TKey key)
    {
        var (behind, ahead) = (Previous(key), Next(key));
        next[behind] = ahead;
        previous[ahead] = behind;
    }
}
