using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>The rules N: service names.</summary>
static class NameRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
