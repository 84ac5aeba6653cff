using Berthbook.Requests;

namespace Berthbook.Server.Pages.Requests;

/// <summary>What somebody may do to a request, as a form says it.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Button">What the button does.</param>
/// <param name="Label">The label of the field for words; null where there is none.</param>
/// <param name="Help">What to write there, and who reads it.</param>
/// <param name="IsNeeded">Whether there have to be words.</param>
sealed record ActionWords(string Title, string Button, string? Label, string Help, bool IsNeeded)
{
    const string Public = "Everybody reads it.";
    const string Inside = "Who asks and who decides read it; the public does not.";

    /// <summary>The words for an action.</summary>
    public static ActionWords Of(RequestAction action) =>
        action switch
        {
            RequestAction.Submit => new(
                "Submit the draft",
                "Submit",
                null,
                "From then on it is public with what it asks for, without e-mail addresses.",
                false
            ),
            RequestAction.Ask => new(
                "Ask the applicant",
                "Ask",
                "Question",
                $"The request waits for the answer. {Inside}",
                true
            ),
            RequestAction.Answer => new("Answer", "Answer", "Answer", Inside, true),
            RequestAction.Confirm => new(
                "Confirm",
                "Confirm",
                "Evidence or remark",
                $"As the registrar: the evidence of the claim, which is kept. {Inside}",
                false
            ),
            RequestAction.Deny => new("Deny", "Deny", "Reason", $"The request ends with it. {Public}", true),
            RequestAction.Recommend => new("Recommend", "Recommend", "Reason", Public, true),
            RequestAction.Approve => new(
                "Approve",
                "Approve",
                "Reason",
                $"{Public} Needed where rules are waived.",
                false
            ),
            RequestAction.Reject => new("Reject", "Reject", "Reason", Public, true),
            RequestAction.Assign => new("Carry it out", "Carry it out", "Remark", Public, false),
            RequestAction.Withdraw => new(
                "Withdraw",
                "Withdraw",
                "Reason",
                $"The request ends with it. {Inside}",
                false
            ),
            RequestAction.Refer => new("Refer to an expert", "Refer", "Reason", Public, true),
            RequestAction.StandIn => new("Name a stand-in", "Name the stand-in", "Reason", Public, true),
            RequestAction.Attempt => new(
                "Record an attempt",
                "Record",
                "Whom, how, and what came of it",
                Inside,
                true
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Nobody does this"),
        };
}
