using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Storage;

/// <summary>
/// What the rules read while requests are decided: a registry that may be some decisions behind, and what those added. Where
/// that meets what a request reads, or they did more than add, the registry is brought up to date first.
/// </summary>
sealed class DecidingBasis(RegistryStore registry, RuleSettings settings)
{
    // Beyond this, what was added costs more to keep than a registry to make.
    const int MostAdded = 2048;

    readonly List<(int Revision, ImmutableArray<Change> Changes)> log = [];
    RuleBasis? basis;
    AddedSince added = new();
    int revision = -1;

    /// <summary>Whether it is always brought up to date first: the plain way, which tests hold the fast one to.</summary>
    public bool IsAlwaysFresh { get; init; }

    /// <summary>Whether it is never brought up to date: for tests of what holds without the rules.</summary>
    public bool IsNeverFresh { get; init; }

    /// <summary>What a request can be held against. Within a write, or while none runs.</summary>
    public RuleBasis For(RequestDocument request, bool isPlain) =>
        basis is { } known
        && (
            IsCurrent
            || !IsAlwaysFresh
                && isPlain
                && KnowsAll
                && AddedSince.IsForName(request)
                && added is { IsMore: false, Count: < MostAdded }
                && !added.Meets(request)
        )
            ? known
            : Fresh();

    /// <summary>The registry as it is now.</summary>
    public RuleBasis Fresh()
    {
        if (basis is { } known && (IsCurrent || IsNeverFresh))
            return known;
        var history = registry.Ledger.ToHistory();
        Take(new(new(history.Current ?? BuiltInRegistry.Read()), settings, history), registry.Ledger.Count);
        return basis!;
    }

    /// <summary>
    /// The changes of a decision that was told of what <see cref="For"/> gave, as they are now; null where they have to be told
    /// anew.
    /// </summary>
    public ImmutableArray<Change>? Fit(ImmutableArray<Change> changes)
    {
        if (IsCurrent)
            return changes;
        if (!IsNeverFresh && (!KnowsAll || added.IsMore || !AddedSince.IsPlain(changes)))
            return null;
        return [.. added.Fit(changes, basis!.Tables.NextRecordId, registry.Ledger.NextRecordId)];
    }

    /// <summary>Notes a revision that was just made.</summary>
    public void Follow(Revision made)
    {
        log.Add((made.Number, made.Changes));
        added.Add(made.Changes);
    }

    /// <summary>Forgets what it knows: a revision was taken back.</summary>
    public void Forget()
    {
        (basis, added, revision) = (null, new(), -1);
        log.Clear();
    }

    /// <summary>Takes a registry that somebody else read of a later revision.</summary>
    public void Offer(RuleBasis later, int ofRevision)
    {
        if (basis is not null && ofRevision > revision && ofRevision <= registry.Ledger.Count)
            Take(later, ofRevision);
    }

    bool IsCurrent => revision == registry.Ledger.Count;

    // Imports are not followed: after one only a fresh registry will do.
    bool KnowsAll => revision + added.Count == registry.Ledger.Count;

    void Take(RuleBasis next, int ofRevision)
    {
        (basis, revision, added) = (next, ofRevision, new());
        log.RemoveAll(one => one.Revision <= ofRevision);
        foreach (var (_, changes) in log)
            added.Add(changes);
    }
}
