using static Berthbook.Rules.Asked;
using static Berthbook.Rules.ChangeRules;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>What the rules find of an assignment that is to pass to another party (procedures C5).</summary>
static class Transfers
{
    public static IEnumerable<Finding> Find(Question question)
    {
        if (NoSuch("C5", question) is { } none)
        {
            yield return none;
            yield break;
        }
        var thing = question.Thing();
        var holders = question.Concerned.IsEmpty
            ? question.Settings.Label(Role.Assignee)
            : question.Holders(question.Concerned);
        if (!question.Request.IsAgreed)
        {
            yield return Refusal(thing, holders);
            yield break;
        }
        if (!Has(question.Request.Reason))
            yield return new(
                "C5",
                Need,
                "reason",
                $"State the technical, operational or managerial reason why the new party is to have {thing}."
            );
        yield return Together(question, thing, holders);
    }

    static Finding Refusal(string thing, string holders) =>
        new(
            "C5",
            Refuse,
            "agreed",
            $"{Say.Sentence(thing)} cannot be transferred, even where both parties want it: {holders} releases it and the new party requests it, together."
        )
        {
            Step = new(
                "rejected",
                Role.Assignee,
                $"{Say.Sentence(holders)} and the new party ask together: one request of kind transfer with agreed set to true is the release by the one and the request by the other, and neither takes effect without the other.",
                "C5"
            ),
        };

    // Whoever of the two did not write the request confirms it.
    static Finding Together(Question question, string thing, string holders)
    {
        var party = question.Request.Assignee;
        var newParty = Say.Text(party?.Name ?? party?.Contact ?? party?.Organization ?? "the new party");
        var isByHolder = question.IsParty(question.Concerned);
        return Decides(
            "C5",
            Procedure.ExpertReview,
            $"{question.Settings.Label(Procedure.ExpertReview)} decides on the release by {holders} and the request by {newParty} together; neither takes effect without the other.",
            new(
                "confirmation-pending",
                isByHolder ? Role.Applicant : Role.Assignee,
                isByHolder
                    ? $"{Say.Sentence(newParty)} confirms the request for {thing}."
                    : $"{Say.Sentence(holders)} confirms the release of {thing}.",
                "C5"
            )
        );
    }
}
