using System.Collections.Immutable;
using Berthbook.Decisions;

namespace Berthbook.Rules;

/// <summary>What the rules say of a request: who decides, what is wrong, what would change, what happens next.</summary>
public sealed record Verdict
{
    /// <summary>What decides the request; null where it is refused.</summary>
    public Procedure? Procedure { get; init; }

    /// <summary>The findings: refusals first, then needs, then advice; within these by rule.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>What the decision would change, with the registrar's choices left at their defaults; null where it cannot be told yet.</summary>
    public Effect? Effect { get; init; }

    /// <summary>What will happen, in order; for a refused request, what can be done instead.</summary>
    public required ImmutableArray<NextStep> Next { get; init; }

    /// <summary>Whether a rule refuses the request.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Refuse);

    /// <summary>Whether the request can be submitted as it is: nothing refused, nothing missing that the applicant gives.</summary>
    public bool IsComplete => !Findings.Any(finding => finding.IsToMend);
}
