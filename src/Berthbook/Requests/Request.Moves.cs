using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Requests;

// What is common to all steps: who may take which is told in the files beside this one.
public sealed partial record Request
{
    /// <summary>The most characters of a reason, question, answer or note.</summary>
    public const int MaxWords = 4000;

    /// <summary>Takes a step as people ask for it; the one door for pages, API and command line.</summary>
    public Outcome Take(RequestMove move, Actor by, Hearing hearing) =>
        TooLong(move)
        ?? move.Action switch
        {
            RequestAction.Submit => Submit(by, hearing),
            RequestAction.Ask => Ask(by, move.Words, hearing),
            RequestAction.Answer => Answer(by, move.Words, hearing),
            RequestAction.Confirm => Confirm(by, move.Words, hearing),
            RequestAction.Deny => Deny(by, move.Words, hearing),
            RequestAction.Recommend => Recommend(by, move, hearing),
            RequestAction.Approve => Approve(by, move.Words, hearing),
            RequestAction.Reject => Reject(by, move.Words, hearing),
            RequestAction.Assign => Assign(by, move.Words, hearing),
            RequestAction.Withdraw => Withdraw(by, move.Words, hearing),
            RequestAction.Refer => Refer(by, move.Words, hearing),
            RequestAction.StandIn => StandIn(by, move, hearing),
            RequestAction.Attempt => Attempt(by, move.Words, hearing),
            _ => new Refusal(RefusalKind.Conflict, "A10", "Nobody does this; the registry itself does."),
        };

    /// <summary>What somebody could do to it now, given the right words.</summary>
    public ImmutableArray<RequestAction> Allowed(Actor by, Hearing hearing) =>
        [
            .. RequestActions.OfPeople.Where(action =>
                Take(
                    new(action)
                    {
                        Words = "-",
                        IsFor = true,
                        Criteria = ["A11"],
                        Account = -1,
                    },
                    by,
                    hearing
                ).Refusal
                    is null
            ),
        ];

    Request With(RequestState state, Actor by, RequestOffice office, RequestAction action, Hearing hearing) =>
        With(state, by, office, action, hearing, step => step);

    Request With(
        RequestState state,
        Actor by,
        RequestOffice office,
        RequestAction action,
        Hearing hearing,
        Func<RequestStep, RequestStep> say
    ) =>
        this with
        {
            State = state,
            Steps = Steps.Add(
                say(
                    new()
                    {
                        Number = Steps.Length + 1,
                        Time = hearing.Now,
                        Account = by.Account,
                        Office = office,
                        Action = action,
                        State = state,
                    }
                )
            ),
        };

    // Where it stands now that something was settled; a First Come First Served request that counts is carried out at once.
    Request Moved(Hearing hearing)
    {
        var state = Course.StateOf(this, hearing);
        var moved = this with
        {
            State = state,
            Steps = Steps.SetItem(Steps.Length - 1, Steps[^1] with { State = state }),
        };
        if (!Course.IsGrantedAtOnce(this, hearing))
            return moved;
        var procedure = hearing.Settings.Label(Procedure.FirstComeFirstServed);
        return moved
            .With(
                RequestState.Approved,
                Actor.Registry,
                RequestOffice.Registry,
                RequestAction.Approve,
                hearing,
                step => step with { Words = $"{procedure}: it is complete.", Rules = Course.RulesOf(hearing) }
            )
            .With(
                RequestState.Assigned,
                Actor.Registry,
                RequestOffice.Registry,
                RequestAction.Assign,
                hearing
            );
    }

    bool IsApplicant(Actor by) => Applicant == 0 ? by.IsAny(Offices.Registrar) : by.Account == Applicant;

    Refusal WrongState(string what, params ReadOnlySpan<RequestState> states)
    {
        var words = new List<string>();
        foreach (var state in states)
            words.Add(state.Word());
        return new(
            RefusalKind.Conflict,
            "A10",
            $"The request is {State.Word()}; {what} takes one that is {string.Join(" or ", words)}."
        );
    }

    static Refusal Forbidden(string rule, string words) => new(RefusalKind.Forbidden, rule, words);

    static Refusal WordsMissing(string rule, string words) =>
        new(RefusalKind.Malformed, rule, words) { Field = "reason" };

    static Refusal? TooLong(RequestMove move) =>
        move.Words?.Length > MaxWords
            ? new Refusal(RefusalKind.Malformed, "A10", $"Say it in {MaxWords} characters or less.")
            {
                Field = "reason",
            }
        : move.Note?.Length > MaxWords
            ? new Refusal(RefusalKind.Malformed, "A10", $"Say it in {MaxWords} characters or less.")
            {
                Field = "note",
            }
        : null;

    static bool IsBlank(string? words) => string.IsNullOrWhiteSpace(words);

    // What the rules say now, where they refuse what was complete before.
    static Refusal? RefusedNow(Hearing hearing)
    {
        var against = hearing.Verdict.Findings.FirstOrDefault(finding => finding.IsToMend);
        return against is null
            ? null
            : new(RefusalKind.Conflict, against.Rule, against.Message)
            {
                Field = against.Field,
                Findings = hearing.Verdict.Findings,
            };
    }
}
