using System.Collections.Immutable;
using static Berthbook.Requests.RequestKind;

namespace Berthbook.Rules;

/// <summary>The rules A: assignment requests.</summary>
static class AssignmentRules
{
    /// <summary>The kinds of request that ask for an assignment, by a new holder of an old one included.</summary>
    public static ImmutableArray<Requests.RequestKind> New { get; } =
    [Assign, Add, SecondName, Reuse, Transfer, EarlyAllocation];

    public static ImmutableArray<Rule> All { get; } =
    [.. StatementRules.All, .. PathRules.All, .. StreamRules.All, .. CourseRules.All];
}
