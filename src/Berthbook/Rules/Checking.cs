using Berthbook.Decisions;

namespace Berthbook.Rules;

/// <summary>Asks every rule of a book and makes a verdict of what they find.</summary>
static class Checking
{
    public static Verdict Check(Question question)
    {
        var findings = new List<Finding>();
        foreach (var rule in question.Rules.Rules)
        {
            if (rule.Concerns(question.Kind))
                findings.AddRange(rule.Find(question));
        }
        var isRefused = findings.Any(finding => finding.Severity == Severity.Refuse);
        var effect =
            isRefused || DefaultDecision.Of(question) is not { } decision
                ? null
                : decision.EffectOn(question.Basis, question.Rules).Effect;
        return new()
        {
            Procedure = isRefused ? null : findings.Max(finding => finding.Asks),
            Findings = [.. findings.OrderByDescending(finding => finding.Severity)],
            Effect = effect,
            Next = [.. findings.Select(finding => finding.Step).OfType<NextStep>()],
        };
    }
}
