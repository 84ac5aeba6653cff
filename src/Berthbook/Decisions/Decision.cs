using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>
/// An act of somebody entitled that ends a request, as far as it changes the registry: one revision, made of one or more acts
/// (procedures, Terms). What the rules leave to the registrar is a parameter of the act, with a default.
/// </summary>
/// <param name="Day">The day of the decision; it becomes the day of last update (procedures C11).</param>
/// <param name="Acts">What is done, in order.</param>
public sealed record Decision(DateOnly Day, ImmutableArray<Act> Acts)
{
    /// <summary>
    /// The changes that the decision makes to a registry. Pure: the registry stays as it is. Cost grows with the records and
    /// contacts that change.
    /// </summary>
    /// <param name="basis">The registry before.</param>
    /// <param name="rules">The rules that shape what is published; all of them where null.</param>
    public DecisionOutcome EffectOn(RuleBasis basis, RuleBook? rules = null)
    {
        var edit = new RegistryEdit(basis, rules ?? RuleBook.Standard, Day);
        foreach (var act in Acts)
        {
            if ((FaultOf(act, edit) ?? act.Do(edit) ?? edit.Fault) is { } fault)
                return new(null, fault) { Rule = edit.BrokenRule ?? act.Rule ?? "A10" };
        }
        edit.CheckContacts();
        if (edit.Fault is { } missing)
            return new(null, missing) { Rule = edit.BrokenRule };
        var effect = edit.ToEffect();
        return effect.Changes.IsEmpty
            ? new(null, "The decision changes nothing: the registry says so already")
            {
                Rule = Acts[0].Rule ?? "A10",
            }
            : new(effect, null);
    }

    static string? FaultOf(Act act, RegistryEdit edit) =>
        act.Rule is { } rule && !edit.Rules.Has(rule)
            ? $"The registry knows no such decision: rule {rule} is not in force"
            : null;
}

/// <summary>What came of asking for a decision's effect.</summary>
/// <param name="Effect">The effect, or null where the decision does not fit the registry.</param>
/// <param name="Fault">Why it does not fit, in words; null where it does.</param>
public sealed record DecisionOutcome(Effect? Effect, string? Fault)
{
    /// <summary>The id of the rule by which it does not fit: <c>P2</c>; null where it does.</summary>
    public string? Rule { get; init; }
}

/// <summary>One thing that a decision does to the registry.</summary>
public abstract record Act
{
    private protected Act() { }

    /// <summary>The rule by which there are such acts; null for what every registry does.</summary>
    internal virtual string? Rule => null;

    /// <summary>Makes the changes; returns why they do not fit, in words, or null.</summary>
    internal abstract string? Do(RegistryEdit edit);
}
