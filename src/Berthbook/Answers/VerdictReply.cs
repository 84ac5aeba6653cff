using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Answers;

/// <summary>What the rules say of a request.</summary>
/// <param name="Procedure">The procedure that decides, by the registry's label; null where the request is refused, or nothing is asked yet.</param>
/// <param name="Findings">What the rules find: refusals, then needs, then advice.</param>
/// <param name="Effect">The changes that a decision would make, choices at their defaults; none where they cannot be told yet.</param>
/// <param name="Next">What happens next, in order; for a refused request, what can be done instead.</param>
public sealed record VerdictReply(
    string? Procedure,
    ImmutableArray<FindingReply> Findings,
    ImmutableArray<ChangeReply> Effect,
    ImmutableArray<StepReply> Next
)
{
    /// <summary>The answer of a verdict.</summary>
    /// <param name="verdict">What the rules say.</param>
    /// <param name="settings">The labels of the registry.</param>
    /// <param name="applyAddress">Where the registry takes requests, where that is somewhere else; it stands in the step of submitting.</param>
    public static VerdictReply Of(Verdict verdict, RuleSettings settings, string? applyAddress = null) =>
        new(
            verdict.Procedure is { } procedure ? settings.Label(procedure) : null,
            [.. verdict.Findings.Select(FindingReply.Of)],
            verdict.Effect is { } effect ? [.. effect.Changes.Select(ChangeReply.Of)] : [],
            Steps(verdict, settings, applyAddress)
        );

    // Elsewhere is where a copy sends the step of submitting, which comes after what is to be mended.
    static ImmutableArray<StepReply> Steps(Verdict verdict, RuleSettings settings, string? applyAddress)
    {
        var steps = verdict.Next.Select(step => StepReply.Of(step, settings)).ToList();
        if (applyAddress is not null && !verdict.IsRefused)
        {
            steps.RemoveAll(step => step is { State: "submitted", Rule: "A10" });
            var place = steps.FindIndex(step => step.State != "draft");
            steps.Insert(
                place < 0 ? steps.Count : place,
                new(
                    "submitted",
                    settings.Label(Role.Applicant),
                    $"Submit the request at {applyAddress}; this is a copy of that registry and takes none itself.",
                    "A10"
                )
            );
        }
        return [.. steps];
    }
}

/// <summary>What a rule says of a request.</summary>
/// <param name="Rule">The id of the rule: <c>N1</c>.</param>
/// <param name="Severity"><c>refuse</c>, <c>need</c> or <c>advise</c>.</param>
/// <param name="Field">
/// The member of the document that it concerns, <c>assignee.email</c>, or null. A need with a field is the applicant's to
/// mend; one without waits for somebody else.
/// </param>
/// <param name="Message">What is wrong or follows, and what to do.</param>
public sealed record FindingReply(string Rule, string Severity, string? Field, string Message)
{
    /// <summary>The answer of a finding.</summary>
    public static FindingReply Of(Finding finding) =>
        new(finding.Rule, finding.Severity.ToString().ToLowerInvariant(), finding.Field, finding.Message);
}

/// <summary>One thing that will happen to a request.</summary>
/// <param name="State">The state that the request is in meanwhile: <c>in-review</c>.</param>
/// <param name="Who">Who acts, by the registry's label.</param>
/// <param name="Words">What is done.</param>
/// <param name="Rule">The rule that it follows.</param>
public sealed record StepReply(string State, string Who, string Words, string Rule)
{
    /// <summary>The answer of a step.</summary>
    public static StepReply Of(NextStep step, RuleSettings settings) =>
        new(step.State, settings.Label(step.Who), step.Words, step.Rule);
}
