using Berthbook.Journal;
using Berthbook.Rules;
using Berthbook.Search;
using Berthbook.Storage;

namespace Berthbook.Server;

/// <summary>
/// The registry that is served, with everything derived from it. Immutable: reads take one and never wait.
/// </summary>
/// <param name="Revision">The number of its revision; 0 is the built-in registry, which is not in the journal.</param>
/// <param name="Time">When the revision was made.</param>
/// <param name="Index">Port numbers and service names to records; holds the registry.</param>
/// <param name="History">All revisions up to this one.</param>
/// <param name="Rules">What the operator decided about the rules; the defaults where null.</param>
public sealed record Snapshot(
    int Revision,
    DateTimeOffset Time,
    RegistryIndex Index,
    History History,
    RuleSettings? Rules = null
)
{
    readonly Lazy<RegistrySearch> search = new(() => new(Index.Registry));

    readonly Lazy<RuleBasis> basis = new(() => new(Index, Rules, History));

    /// <summary>What the rules read, made when it is first asked for.</summary>
    public RuleBasis Basis => basis.Value;

    /// <summary>The registry itself.</summary>
    public Registry Registry => Index.Registry;

    /// <summary>What searches it, made when it is first asked for.</summary>
    public RegistrySearch Search => search.Value;

    /// <summary>The last revision of a journal, or the built-in registry where the journal has none.</summary>
    public static Snapshot Of(History history, RuleSettings? rules = null)
    {
        if (history is { Revisions: [.., var last], Current: { } current })
            return new(last.Number, last.Time, new(current), history, rules);
        var builtIn = BuiltInRegistry.Read();
        var day = builtIn.Header.Updated!.Value.FirstDay;
        return new(0, new(day, TimeOnly.MinValue, TimeSpan.Zero), new(builtIn), history, rules);
    }
}

/// <summary>Holds the snapshot that is served now, and swaps in the next one.</summary>
public sealed class CurrentRegistry(Snapshot first)
{
    readonly Lock replacing = new();
    readonly Lock following = new();
    readonly List<(int Revision, TaskCompletionSource Served)> awaited = [];
    volatile Snapshot snapshot = first;
    int wanted;
    bool isFollowing;

    /// <summary>The snapshot served now. Take it once a request.</summary>
    public Snapshot Snapshot => snapshot;

    /// <summary>Raised after another snapshot took over, on the thread that brought it.</summary>
    public event Action<Snapshot>? Replaced;

    /// <summary>Serves another snapshot from now on, unless a later revision is served already.</summary>
    public void Replace(Snapshot next)
    {
        lock (replacing)
        {
            if (next.Revision < snapshot.Revision)
                return;
            snapshot = next;
            Replaced?.Invoke(next);
            foreach (var (_, served) in awaited.Where(one => one.Revision <= next.Revision))
                served.TrySetResult();
            awaited.RemoveAll(one => one.Revision <= next.Revision);
        }
    }

    /// <summary>
    /// Serves each revision of a store soon after its commit: beside the thread that writes, and several at once where they
    /// come faster than they can be served.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="rules">What the operator decided about the rules.</param>
    /// <param name="followed">Called beside the thread that writes, once a revision is served.</param>
    public void Follow(RegistryStore store, RuleSettings rules, Action<Snapshot> followed) =>
        store.Appended += revision =>
        {
            lock (following)
            {
                wanted = Math.Max(wanted, revision);
                if (isFollowing)
                    return;
                isFollowing = true;
            }
            ThreadPool.UnsafeQueueUserWorkItem(_ => CatchUp(store, rules, followed), null);
        };

    /// <summary>Ends when a revision, or a later one, is served: the next request sees it.</summary>
    public Task ServedAsync(int revision)
    {
        lock (replacing)
        {
            if (snapshot.Revision >= revision)
                return Task.CompletedTask;
            var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            awaited.Add((revision, served));
            return served.Task;
        }
    }

    void CatchUp(RegistryStore store, RuleSettings rules, Action<Snapshot> followed)
    {
        try
        {
            while (IsBehind())
            {
                var next = Snapshot.Of(store.History, rules);
                Replace(next);
                followed(next);
            }
        }
        catch (Exception failure)
        {
            // The next revision tries again; who waits for this one is told.
            lock (following)
                isFollowing = false;
            lock (replacing)
            {
                foreach (var (_, served) in awaited)
                    served.TrySetException(failure);
                awaited.Clear();
            }
        }
    }

    bool IsBehind()
    {
        lock (following)
            return isFollowing = snapshot.Revision < wanted;
    }
}
