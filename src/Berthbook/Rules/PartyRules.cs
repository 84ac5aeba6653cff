using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>The rules K: parties.</summary>
static class PartyRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
