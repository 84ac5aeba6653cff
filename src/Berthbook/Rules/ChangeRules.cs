using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>The rules C: changes to assignments.</summary>
static class ChangeRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
