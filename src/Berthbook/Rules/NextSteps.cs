using System.Collections.Immutable;
using Berthbook.Decisions;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// What will happen to a request, in order, told from what the rules in force find: the states of A10 with who acts in
/// each, the clocks of A15 and A17, and what can be done about a refusal (A12, A13, A16).
/// </summary>
static class NextSteps
{
    // In the order in which a request passes them.
    static readonly string[] States =
    [
        "draft",
        "submitted",
        "information-needed",
        "confirmation-pending",
        "in-review",
        "awaiting-approval",
        "approved",
        "assigned",
        "rejected",
        "appealed",
    ];

    public static ImmutableArray<NextStep> Of(
        Question question,
        IReadOnlyCollection<Finding> findings,
        Procedure? procedure,
        Effect? effect
    )
    {
        var announced = findings.Select(finding => finding.Step).OfType<NextStep>().ToList();
        // What holds once it is assigned comes after the decision.
        var steps = announced.FindAll(step => step.State != "assigned");
        var refusing = findings.Where(finding => finding.Severity == Severity.Refuse).ToList();
        if (refusing.Count > 0)
        {
            steps.RemoveAll(step =>
                step.State is "confirmation-pending" or "in-review" or "awaiting-approval"
            );
            AddAfterRefusal(question, refusing, steps);
        }
        else
        {
            AddBeginning(question, findings, steps);
            AddReview(question, findings, procedure, steps);
            DecisionSteps.Add(question, findings, procedure, effect, steps);
            steps.AddRange(announced.FindAll(step => step.State == "assigned"));
        }
        if (question.Rules.Has("A13"))
            steps.Add(Appeal(question));
        return [.. steps.Distinct().OrderBy(step => Array.IndexOf(States, step.State))];
    }

    static void AddAfterRefusal(Question question, List<Finding> refusing, List<NextStep> steps)
    {
        var settings = question.Settings;
        if (question.Rules.Has("A12"))
            steps.Add(
                new(
                    "rejected",
                    Role.Applicant,
                    "Mend what is refused and submit it anew; a request that was submitted and rejected is revised as a new one that refers to it.",
                    "A12"
                )
            );
        var rules = refusing.Select(finding => finding.Rule).Distinct().ToImmutableArray();
        if (question.Rules.Has("A16") && rules.All(Waivers.CanBe) && !rules.Contains("A16"))
            steps.Add(
                new(
                    "rejected",
                    Role.Approver,
                    $"{Say.Sentence(settings.Label(Role.Approver))} may grant an exception from {Say.And(rules)}, case by case: name the rules to waive and give a written reason, which is public.",
                    "A16"
                )
            );
    }

    static void AddBeginning(Question question, IReadOnlyCollection<Finding> findings, List<NextStep> steps)
    {
        if (question.Rules.Has("A10"))
        {
            ImmutableArray<string> fields =
            [
                .. findings.Where(finding => finding.IsToMend).Select(finding => finding.Field!).Distinct(),
            ];
            if (!fields.IsEmpty)
                steps.Add(
                    new(
                        "draft",
                        Role.Applicant,
                        $"Give what is missing or mend what is wrong: {Say.And(fields)}.",
                        "A10"
                    )
                );
            steps.Add(
                new(
                    "submitted",
                    Role.Applicant,
                    question.Kind == RequestKind.UnauthorizedUse
                        ? "Submit the report; it is not public."
                        : "Submit the request; it is public with what it asks for.",
                    "A10"
                )
            );
        }
        if (question.Rules.Has("A1") && question.AsksAnew())
            steps.Add(
                new(
                    "submitted",
                    Role.Applicant,
                    $"Follow the link that is sent to {Addresses(question.Request)}; the request counts once it is confirmed.",
                    "A1"
                )
            );
        if (question.Rules.Has("A15") && steps.Any(IsConfirmation))
            steps.Add(Silence(question));
    }

    static void AddReview(
        Question question,
        IReadOnlyCollection<Finding> findings,
        Procedure? procedure,
        List<NextStep> steps
    )
    {
        var settings = question.Settings;
        var expert = settings.Label(Role.Expert);
        if (!findings.Any(finding => IsReviewed(finding.Asks)))
        {
            if (procedure >= Procedure.IetfReviewOrIesgApproval && question.Rules.Has("A5"))
                steps.Add(
                    new("in-review", Role.Expert, $"{Say.Sentence(expert)} may be asked informally.", "A5")
                );
            return;
        }
        if (question.Rules.Has("A10"))
            steps.Add(
                new(
                    "information-needed",
                    Role.Applicant,
                    $"Answer what {settings.Label(Role.Registrar)} or {expert} asks.",
                    "A10"
                )
            );
        if (question.Rules.Has("A11"))
            steps.Add(
                new(
                    "in-review",
                    Role.Expert,
                    $"{Say.Sentence(expert)} recommends for or against and states why, citing criteria; nobody with a part in the request reviews it.",
                    "A11"
                )
            );
        if (question.Rules.Has("A17"))
            steps.Add(
                new(
                    "in-review",
                    Role.Registrar,
                    $"Without a recommendation, {expert} is reminded after {Say.Many(settings.RemindExpertDays, "day")}, {settings.Label(Role.Registrar)} is told after {settings.TellRegistrarDays} and {settings.Label(Role.Approver)} after {settings.TellApproverDays}.",
                    "A17"
                )
            );
    }

    static NextStep Appeal(Question question) =>
        new(
            "appealed",
            Role.Applicant,
            $"A rejection can be appealed within {Say.Many(question.Settings.AppealMonths, "month")}, stating the facts: first to {question.Settings.Label(Role.Approver)}, then to {question.Settings.Label(Role.AppealsBody)}; nobody who decided sits on it.",
            "A13"
        );

    static NextStep Silence(Question question)
    {
        var outcome = question.Kind switch
        {
            RequestKind.Deassign or RequestKind.Reuse => "without an answer the request is refused",
            RequestKind.Transfer => "without an answer nothing takes effect",
            _ => $"without an answer {question.Settings.Label(Role.Expert)} decides",
        };
        return new(
            "confirmation-pending",
            Role.Registrar,
            $"{Say.Sentence(question.Settings.Label(Role.Registrar))} tries to reach the party for {Say.Many(question.Settings.ReachDays, "day")}, with {Say.Many(question.Settings.Reminders, "reminder")}, and records each attempt; silence is never yes: {outcome}.",
            "A15"
        );
    }

    // Not the registrar's own, of who asks (K3).
    static bool IsConfirmation(NextStep step) =>
        step is { State: "confirmation-pending", Who: not Role.Registrar };

    static bool IsReviewed(Procedure? asked) =>
        asked is Procedure.ExpertReview or Procedure.SpecificationRequired;

    static string Addresses(RequestDocument request)
    {
        ImmutableArray<string> addresses =
        [
            .. new[] { request.Assignee?.Email, request.Contact?.Email }
                .OfType<string>()
                .Where(MailAddress.IsWellFormed)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(address => Say.Text(address)),
        ];
        return addresses.IsEmpty ? "the assignee and the contact" : Say.And(addresses);
    }
}
