using Berthbook.Requests;
using static Berthbook.Rules.Asked;
using static Berthbook.Rules.ChangeRules;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>What the rules find of an assignment that is to be taken back, or was (procedures C4).</summary>
static class Revocations
{
    public static IEnumerable<Finding> Find(Question question) =>
        question.Kind == RequestKind.Revoke ? OfHeld(question) : OfRevoked(question);

    // The registry records no consent of a former holder, so the approval is asked for whatever was said elsewhere.
    static IEnumerable<Finding> OfRevoked(Question question)
    {
        foreach (var situation in question.Situations)
        {
            if (!situation.Records.Any(Decisions.Words.TellsOfRevocation))
                continue;
            var approval = question.Settings.Label(Procedure.IesgApproval);
            yield return Decides(
                "C4",
                Procedure.IesgApproval,
                $"{Say.Place(situation.Port, situation.Transport)} was revoked: without the consent of its former holder it goes to another party only by {approval}."
            );
            yield break;
        }
    }

    static IEnumerable<Finding> OfHeld(Question question)
    {
        if ((Refusal(question) ?? NoSuch("C4", question) ?? BareName(question)) is { } refusal)
        {
            yield return refusal;
            yield break;
        }
        if (question.Concerned.IsEmpty)
            yield break;
        var thing = question.Thing();
        if (!Has(question.Request.Reason))
            yield return new("C4", Need, "reason", $"Give the reason why {thing} is to be revoked.");
        if (!Has(question.Request.Attempts))
            yield return new(
                "C4",
                Need,
                "attempts",
                $"Record the attempts to reach {question.Holders(question.Concerned)}: when, how, with what result."
            );
        yield return question.Request.IsUseUnclear ? AfterCall(question) : ClearlyUnused(question);
        if (!question.Request.IsAgreed)
            yield return new(
                "C4",
                Advise,
                "agreed",
                $"Without the holder's consent {thing} goes to another party only by {question.Settings.Label(Procedure.IesgApproval)}."
            );
    }

    static Finding? Refusal(Question question) =>
        NotByRegistrar(
            "C4",
            question,
            "A revocation",
            "report what you know of the use instead (kind unauthorized-use)"
        );

    static Finding? BareName(Question question) =>
        question.Concerned.IsEmpty || question.Concerned.Any(record => record.Number is not null)
            ? null
            : new(
                "C4",
                Refuse,
                "name",
                $"{question.Thing()} is a bare name, which is not revoked: names are not scarce."
            );

    static Finding ClearlyUnused(Question question) =>
        Decides(
            "C4",
            Procedure.ExpertReview,
            $"{Say.Sentence(question.Settings.Label(Role.Registrar))} and {question.Settings.Label(Role.Expert)} decide, since {question.Thing()} is clearly unused; where that is not sure, set useUnclear."
        );

    static Finding AfterCall(Question question)
    {
        var approver = question.Settings.Label(Role.Approver);
        return Decides(
            "C4",
            Procedure.Approver,
            $"Whether {question.Thing()} is in use is unclear: {approver} decides with registrar and expert after a call to the community, and only for overwhelming need.",
            new(
                "in-review",
                Role.Approver,
                $"{Say.Sentence(question.Settings.Label(Role.Registrar))} asks {approver}, with the help of {question.Settings.Label(Role.Expert)}, to call the community for {Say.Many(question.Settings.CommunityCallWeeks, "week")}; what is decided after it is told to the community.",
                "C4"
            )
        );
    }
}
