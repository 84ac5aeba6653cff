using static Berthbook.Rules.Asked;
using static Berthbook.Rules.ChangeRules;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>What the rules find of an assignment that is to be taken back (procedures C4).</summary>
static class Revocations
{
    public static IEnumerable<Finding> Find(Question question)
    {
        if (
            NotByRegistrar(
                "C4",
                question,
                "A revocation",
                "report what you know of the use instead (kind unauthorized-use)"
            ) is
            { } other
        )
        {
            yield return other;
            yield break;
        }
        if (NoSuch("C4", question) is { } none)
        {
            yield return none;
            yield break;
        }
        var records = question.Concerned;
        if (records.IsEmpty)
            yield break;
        if (records.All(record => record.Number is null))
        {
            yield return new(
                "C4",
                Refuse,
                "name",
                $"{question.Thing()} is a bare name, which is not revoked: names are not scarce."
            );
            yield break;
        }
        if (!Has(question.Request.Reason))
            yield return new(
                "C4",
                Need,
                "reason",
                $"Give the reason why {question.Thing()} is to be revoked."
            );
        if (!Has(question.Request.Attempts))
            yield return new(
                "C4",
                Need,
                "attempts",
                $"Record the attempts to reach {question.Holders(records)}: when, how, with what result."
            );
        yield return question.Request.IsUseUnclear ? AfterCall(question) : ClearlyUnused(question);
        if (!question.Request.IsAgreed)
            yield return new(
                "C4",
                Advise,
                "agreed",
                $"Without the holder's consent {question.Thing()} goes to another party only by {question.Settings.Label(Procedure.IesgApproval)}."
            );
    }

    static Finding ClearlyUnused(Question question) =>
        Decides(
            "C4",
            Procedure.ExpertReview,
            $"{Sentence(question.Settings.Label(Role.Registrar))} and {question.Settings.Label(Role.Expert)} decide, since {question.Thing()} is clearly unused; where that is not sure, set useUnclear."
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
                $"{Sentence(question.Settings.Label(Role.Registrar))} asks {approver}, with the help of {question.Settings.Label(Role.Expert)}, to call the community for {Many(question.Settings.CommunityCallWeeks, "week")}; what is decided after it is told to the community.",
                "C4"
            )
        );
    }
}
