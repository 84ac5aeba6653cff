using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>A registry while a decision changes it: what is added, replaced, removed, and where.</summary>
sealed class RegistryEdit(RuleBasis basis, RuleBook rules, DateOnly day)
{
    public RuleBasis Basis => basis;

    public RuleBook Rules => rules;

    public DateOnly Day => day;

    readonly List<string> choices = [];

    public Effect ToEffect() => new([], [.. choices]);
}
