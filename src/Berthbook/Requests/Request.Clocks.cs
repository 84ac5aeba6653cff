using System.Collections.Immutable;

namespace Berthbook.Requests;

// What the registry itself does when time has passed (procedures A15, A17).
public sealed partial record Request
{
    /// <summary>Notes that somebody was reminded; the state stays.</summary>
    /// <param name="what">The name of the clock.</param>
    /// <param name="hearing">What it is held against.</param>
    public Outcome Remind(string what, Hearing hearing) =>
        !State.IsPending() && State != RequestState.Submitted
            ? WrongState("a reminder", Open)
            : With(
                State,
                Actor.Registry,
                RequestOffice.Registry,
                RequestAction.Remind,
                hearing,
                step => step with { Words = what, Rules = [State == RequestState.InReview ? "A17" : "A15"] }
            );

    /// <summary>
    /// The time to reach somebody is over. Silence is never yes: for what is added to a name or put on a port the expert decides
    /// (procedures A6, A7), what else needs a holder is rejected; a request that nobody confirmed or answered for expires.
    /// </summary>
    public Outcome Lapse(Hearing hearing)
    {
        if (State is RequestState.Submitted or RequestState.InformationNeeded)
            return With(
                RequestState.Expired,
                Actor.Registry,
                RequestOffice.Registry,
                RequestAction.Expire,
                hearing,
                step =>
                    step with
                    {
                        Words =
                            State == RequestState.Submitted
                                ? "Not every e-mail address was confirmed in time."
                                : "What was asked was not answered in time.",
                        Rules = [State == RequestState.Submitted ? "A1" : "A15"],
                    }
            );
        if (State != RequestState.ConfirmationPending)
            return WrongState(
                "lapsing",
                RequestState.Submitted,
                RequestState.InformationNeeded,
                RequestState.ConfirmationPending
            );
        // The registrar's own word about a claim is no party's silence.
        var silent = Course
            .AwaitedConfirmations(this, hearing)
            .Where(finding => finding.Rule != "K3")
            .Select(finding => finding.Rule)
            .Distinct()
            .ToImmutableArray();
        if (silent.IsEmpty)
            return new Refusal(RefusalKind.Conflict, "A15", "Nobody but the registrar is waited for.");
        var isForExpert = silent.All(rule => rule is "A6" or "A7");
        var step = With(
            isForExpert ? State : RequestState.Rejected,
            Actor.Registry,
            RequestOffice.Registry,
            RequestAction.Silence,
            hearing,
            said =>
                said with
                {
                    Words = isForExpert
                        ? "The party could not be reached; silence is no yes, so the expert decides."
                        : "The party could not be reached; silence is no yes.",
                    Rules = [.. silent, "A15"],
                }
        );
        return isForExpert ? step.Moved(hearing) : step;
    }
}
