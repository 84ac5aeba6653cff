using System.Collections.Concurrent;

namespace Berthbook.Requests;

/// <summary>What a client saw of a contested thing, from the call to the answer.</summary>
/// <param name="Begin">When it was called.</param>
/// <param name="End">When it was answered.</param>
/// <param name="Holder">Whom the answer named as the holder; null where the thing was free.</param>
/// <param name="IsTaken">Whether this very call took it.</param>
sealed record ContestView(long Begin, long End, string? Holder, bool IsTaken = false);

/// <summary>
/// What all clients saw of one contested thing, which is free and then held by one for good. Linearizable where there is a
/// moment within the call that took it, after which nobody who called saw it free, and before which nobody was told that it
/// is held.
/// </summary>
sealed class ContestHistory
{
    readonly ConcurrentQueue<ContestView> views = new();

    public void Add(ContestView view) => views.Enqueue(view);

    /// <summary>What no order of the calls explains; none where one does.</summary>
    public IEnumerable<string> Faults()
    {
        var takers = views.Where(view => view.IsTaken).ToList();
        if (takers.Count > 1)
            yield return $"taken {takers.Count} times, by {string.Join(", ", takers.Select(view => view.Holder))}";
        var held = views.Where(view => view.Holder is not null).ToList();
        if (takers.Count == 0 && held.Count > 0)
            yield return $"held by {held[0].Holder}, whom nobody saw take it";
        if (takers is not [var taker])
            yield break;
        foreach (var other in held.Where(view => view.Holder != taker.Holder).Take(1))
            yield return $"taken by {taker.Holder} and said to be held by {other.Holder}";
        var from = views
            .Where(view => view.Holder is null)
            .Select(view => view.Begin)
            .Append(taker.Begin)
            .Max();
        var to = held.Select(view => view.End).Min();
        if (from > to)
            yield return $"free for a call at {from}, though an answer at {to} had said that it is held";
    }
}
