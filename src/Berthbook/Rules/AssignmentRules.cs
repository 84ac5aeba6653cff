using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>The rules A: assignment requests.</summary>
static class AssignmentRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
