using Xunit.v3;

namespace Berthbook.Rules;

/// <summary>
/// Says which numbered rules a test shows. With any of them switched off (<see cref="InForce"/>), a test that cites it has
/// to fail; <c>RuleSwitchTests</c> tries.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class CitesAttribute(params string[] rules) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Rules => rules;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. rules.Select(rule => KeyValuePair.Create("Rule", rule))];
}
