using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>The rules P: port numbers.</summary>
static class PortRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
