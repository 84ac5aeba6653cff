using Berthbook.Decisions;

namespace Berthbook.Rules;

/// <summary>The steps in which a request is decided and the decision carried out.</summary>
static class DecisionSteps
{
    public static void Add(
        Question question,
        IEnumerable<Finding> findings,
        Procedure? procedure,
        Effect? effect,
        List<NextStep> steps
    )
    {
        if (procedure is { } decides)
        {
            var (state, who, words) = Deciding(question.Settings, decides);
            steps.Add(new(state, who, words, findings.First(finding => finding.Asks == decides).Rule));
        }
        if (question.Rules.Has("A10"))
            steps.Add(new("assigned", Role.Registrar, CarryingOut(question.Settings, effect), "A10"));
    }

    static (string State, Role Who, string Words) Deciding(RuleSettings settings, Procedure procedure)
    {
        var label = settings.Label(procedure);
        var registrar = settings.Label(Role.Registrar);
        var approver = settings.Label(Role.Approver);
        return procedure switch
        {
            Procedure.FirstComeFirstServed when settings.AssignsAtOnce => (
                "approved",
                Role.Registrar,
                $"{label}: a complete request is granted as soon as it counts."
            ),
            Procedure.FirstComeFirstServed => (
                "awaiting-approval",
                Role.Registrar,
                $"{label}: a complete request is granted once {registrar} has looked at it."
            ),
            Procedure.Registrar => (
                "awaiting-approval",
                Role.Registrar,
                $"{Say.Sentence(registrar)} decides."
            ),
            Procedure.ExpertReview or Procedure.SpecificationRequired => (
                "awaiting-approval",
                Role.Registrar,
                $"{label}: {registrar} approves or rejects after the recommendation."
            ),
            Procedure.Approver => ("awaiting-approval", Role.Approver, $"{Say.Sentence(approver)} decides."),
            _ => (
                "awaiting-approval",
                Role.Approver,
                $"{label}: {approver} approves or rejects, or records what was decided."
            ),
        };
    }

    static string CarryingOut(RuleSettings settings, Effect? effect)
    {
        var words =
            $"{Say.Sentence(settings.Label(Role.Registrar))} carries the decision out as one revision of the registry";
        return effect is null
            ? $"{words}."
            : $"{words}, with {Say.Many(effect.Changes.Length, "change")} as shown.";
    }
}
