using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>The rules V: advice, shown to applicant and expert, never refusing.</summary>
static class AdviceRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
