using static Berthbook.Rules.Asked;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>Exceptions: what the approver may grant although a rule refuses it (procedures A16).</summary>
static class Waivers
{
    /// <summary>Whether the refusals of a rule can be waived: all but those of names that are ill-formed or taken.</summary>
    public static bool CanBe(string rule) => rule is not ("N1" or "N3");

    /// <summary>What is wrong with the exceptions that a request asks for.</summary>
    public static IEnumerable<Finding> FindFaults(Question question)
    {
        foreach (var id in question.Request.Waives)
        {
            if (!CanBe(id))
                yield return new(
                    "A16",
                    Refuse,
                    "waives",
                    $"{id} cannot be waived, by nobody: a service name is well-formed and names one service."
                );
            else if (question.Rules.Find(id) is null)
                yield return new(
                    "A16",
                    Need,
                    "waives",
                    $"There is no rule {Say.Text(id)} to waive: write the id of a rule that refuses the request."
                );
        }
        if (!question.Request.Waives.IsEmpty && ReasonOf(question) is null)
            yield return new(
                "A16",
                Need,
                "reason",
                $"An exception needs a written reason, which is public: say why {question.Settings.Label(Role.Approver)} should waive {Say.And([.. question.Request.Waives.Select(Say.Text)])}."
            );
    }

    /// <summary>
    /// The findings where the rules that the request asks to waive, with a reason, refuse no longer but need the approver.
    /// </summary>
    public static IEnumerable<Finding> Applied(Question question, IReadOnlyList<Finding> findings)
    {
        if (
            question.Request.Waives.IsEmpty
            || !question.Rules.Has("A16")
            || ReasonOf(question) is not { } reason
        )
            return findings;
        return findings.Select(finding =>
            finding.Severity == Refuse
            && CanBe(finding.Rule)
            && question.Request.Waives.Contains(finding.Rule)
                ? Waived(question, finding, reason)
                : finding
        );
    }

    static Finding Waived(Question question, Finding finding, string reason)
    {
        var approver = question.Settings.Label(Role.Approver);
        return finding with
        {
            Severity = Need,
            Field = null,
            Message =
                $"{finding.Message} To be waived by {approver} for the reason given, which is public: {reason}.",
            Asks = Procedure.IesgApproval,
            Step = new(
                "awaiting-approval",
                Role.Approver,
                $"{Say.Sentence(approver)} grants or denies the exception from {finding.Rule}; the decision lists the rules waived.",
                "A16"
            ),
        };
    }

    static string? ReasonOf(Question question) =>
        Has(question.Request.Approval?.Reason) ? Say.Text(question.Request.Approval!.Reason!)
        : Has(question.Request.Reason) ? Say.Text(question.Request.Reason!)
        : null;
}
