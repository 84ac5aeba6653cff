using Berthbook.Rules;

namespace Berthbook.Storage;

/// <summary>What the rules read while requests are decided: the registry as the write that is running sees it.</summary>
sealed class DecidingBasis(RegistryStore registry, RuleSettings settings)
{
    RuleBasis? basis;
    int revision = -1;

    /// <summary>The registry as it is now. Within a write alone.</summary>
    public RuleBasis Fresh()
    {
        if (basis is { } known && revision == registry.Ledger.Count)
            return known;
        var history = registry.Ledger.ToHistory();
        var current = history.Current ?? BuiltInRegistry.Read();
        (basis, revision) = (new RuleBasis(new(current), settings, history), registry.Ledger.Count);
        return basis;
    }

    /// <summary>Forgets what it knows: a revision was taken back.</summary>
    public void Forget() => (basis, revision) = (null, -1);
}
