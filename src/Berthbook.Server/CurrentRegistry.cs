using Berthbook.Journal;
using Berthbook.Rules;
using Berthbook.Search;

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
    volatile Snapshot snapshot = first;

    /// <summary>The snapshot served now. Take it once a request.</summary>
    public Snapshot Snapshot => snapshot;

    /// <summary>Raised after another snapshot took over, on the thread that brought it.</summary>
    public event Action<Snapshot>? Replaced;

    /// <summary>Serves another snapshot from now on.</summary>
    public void Replace(Snapshot next)
    {
        snapshot = next;
        Replaced?.Invoke(next);
    }
}
