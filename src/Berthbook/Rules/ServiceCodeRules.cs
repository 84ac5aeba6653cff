using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>The rules D: DCCP service codes.</summary>
static class ServiceCodeRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
