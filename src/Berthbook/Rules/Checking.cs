using Berthbook.Decisions;

namespace Berthbook.Rules;

/// <summary>Asks every rule of a book and makes a verdict of what they find.</summary>
static class Checking
{
    public static Verdict Check(Question question)
    {
        var found = new List<Finding>();
        foreach (var rule in question.Rules.Rules)
        {
            if (rule.Concerns(question.Kind))
                found.AddRange(rule.Find(question));
        }
        // Stable: within a severity the findings stay in the order of the rules.
        var findings = Waivers
            .Applied(question, found)
            .OrderByDescending(finding => finding.Severity)
            .ToList();
        var isRefused = findings is [{ Severity: Severity.Refuse }, ..];
        var procedure = isRefused ? null : findings.Max(finding => finding.Asks);
        var effect =
            isRefused || DefaultDecision.Of(question) is not { } decision
                ? null
                : decision.EffectOn(question.Basis, question.Rules).Effect;
        return new()
        {
            Procedure = procedure,
            Findings = [.. findings],
            Effect = effect,
            Next = NextSteps.Of(question, findings, procedure, effect),
        };
    }
}
