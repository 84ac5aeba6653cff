using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Requests;

// What applicants do, and who confirms or denies what they ask.
public sealed partial record Request
{
    /// <summary>A request that was just written: a draft without history.</summary>
    /// <param name="document">What is asked.</param>
    /// <param name="by">Who writes it.</param>
    /// <param name="isByMail">Whether a registrar enters it for somebody who wrote by mail and has no account.</param>
    public static Request Draft(RequestDocument document, Actor by, bool isByMail = false) =>
        new()
        {
            Number = 0,
            State = RequestState.Draft,
            Document = document,
            Applicant = isByMail ? 0 : by.Account,
            EnteredBy = isByMail ? by.Account : null,
        };

    /// <summary>Keeps it as a draft.</summary>
    public Outcome Keep(Actor by, Hearing hearing) =>
        State != RequestState.Draft || !Steps.IsEmpty
            ? new Refusal(RefusalKind.Conflict, "A10", "It is kept already.")
            : With(RequestState.Draft, by, RequestOffice.Applicant, RequestAction.Draft, hearing);

    /// <summary>Submits it (procedures A1, A10).</summary>
    public Outcome Submit(Actor by, Hearing hearing)
    {
        if (State != RequestState.Draft)
            return WrongState("submitting", RequestState.Draft);
        if (!IsApplicant(by))
            return Forbidden("A10", "Only who wrote the draft submits it.");
        if (EnteredBy is not null && !by.IsAny(Offices.Registrar))
            return Forbidden("A10", "Only the registrar enters a request that came by mail.");
        if (IsLater(Document.Kind))
            return new Refusal(
                RefusalKind.Conflict,
                "A10",
                $"Requests of the kind {Document.Kind.Word()} are checked but not taken here yet; write to the registrar."
            )
            {
                Field = "kind",
            };
        if (Document.Role == RequesterRole.Registrar && !by.IsAny(Offices.Registrar))
            return Forbidden("C14", "Only the registrar asks as the registrar.") with { Field = "role" };
        if (Document.Role == RequesterRole.Approver && !by.IsAny(Offices.Approver))
            return Forbidden("A5", "Only the approver asks as the approver.") with { Field = "role" };
        if (RefusedNow(hearing) is { } refused)
            return refused;
        var submitted = (this with { Submitted = hearing.Now, Addresses = AddressesIn(Document, by) }).With(
            RequestState.Submitted,
            by,
            EnteredBy is null ? RequestOffice.Applicant : RequestOffice.Registrar,
            RequestAction.Submit,
            hearing
        );
        return submitted.Moved(hearing);
    }

    /// <summary>Notes that somebody followed the link that was sent to an address (procedures A1).</summary>
    public Outcome ConfirmAddress(string address, Hearing hearing)
    {
        if (State.IsEnd() || State == RequestState.Draft)
            return WrongState("confirming an address", RequestState.Submitted);
        if (!Unconfirmed.Contains(address, StringComparer.OrdinalIgnoreCase))
            return new Refusal(RefusalKind.Conflict, "A1", "This address is confirmed already.");
        var confirmed = With(
            State,
            Actor.Registry,
            RequestOffice.Applicant,
            RequestAction.ConfirmAddress,
            hearing,
            step => step with { Address = address, Rules = ["A1"] }
        );
        return State == RequestState.Submitted ? confirmed.Moved(hearing) : confirmed;
    }

    /// <summary>Answers what was asked.</summary>
    public Outcome Answer(Actor by, string? words, Hearing hearing) =>
        State != RequestState.InformationNeeded ? WrongState("an answer", RequestState.InformationNeeded)
        : !IsApplicant(by) ? Forbidden("A10", "Only the applicant answers.")
        : IsBlank(words) ? WordsMissing("A10", "Say what was asked.")
        : With(
                State,
                by,
                RequestOffice.Applicant,
                RequestAction.Answer,
                hearing,
                step => step with { Words = words!.Trim() }
            )
            .Moved(hearing);

    /// <summary>Takes it back.</summary>
    public Outcome Withdraw(Actor by, string? words, Hearing hearing) =>
        State.IsEnd()
            ? new Refusal(
                RefusalKind.Conflict,
                "A10",
                $"The request is {State.Word()}; nothing is left to withdraw."
            )
        : !IsApplicant(by) ? Forbidden("A10", "Only the applicant withdraws a request.")
        : With(
            RequestState.Withdrawn,
            by,
            Applicant == 0 ? RequestOffice.Registrar : RequestOffice.Applicant,
            RequestAction.Withdraw,
            hearing,
            step => step with { Words = IsBlank(words) ? null : words!.Trim() }
        );

    /// <summary>
    /// Agrees, as who holds the assignment or as the approver in the place of a holder (procedures A6, A7, C8, K1); or confirms,
    /// as the registrar and with evidence, that the applicant is who it says (K3).
    /// </summary>
    public Outcome Confirm(Actor by, string? words, Hearing hearing)
    {
        if (State != RequestState.ConfirmationPending)
            return WrongState("a confirmation", RequestState.ConfirmationPending);
        var (office, rules, refusal) = Settles(by, hearing);
        if (refusal is not null)
            return refusal;
        if (office == RequestOffice.Registrar && IsBlank(words))
            return WordsMissing(
                "K3",
                "Say on which evidence the claim is confirmed; it is kept with the request."
            );
        return With(
                State,
                by,
                office,
                RequestAction.Confirm,
                hearing,
                step => step with { Words = IsBlank(words) ? null : words!.Trim(), Rules = rules }
            )
            .Moved(hearing);
    }

    /// <summary>Does not agree, or does not confirm a claim; the request ends.</summary>
    public Outcome Deny(Actor by, string? words, Hearing hearing)
    {
        if (State != RequestState.ConfirmationPending)
            return WrongState("a denial", RequestState.ConfirmationPending);
        var (office, rules, refusal) = Settles(by, hearing);
        return refusal is not null ? refusal
            : IsBlank(words) ? WordsMissing("A10", "Say why; the reason is public.")
            : With(
                RequestState.Rejected,
                by,
                office,
                RequestAction.Deny,
                hearing,
                step => step with { Words = words!.Trim(), Rules = rules }
            );
    }

    // What somebody can settle of what is waited for, as what.
    (RequestOffice Office, ImmutableArray<string> Rules, Refusal? Refusal) Settles(Actor by, Hearing hearing)
    {
        var awaited = Course.AwaitedConfirmations(this, hearing).ToList();
        if (
            by.Account != Applicant
            && Course.IsHolder(by.Claims, hearing)
            && Of(Role.Assignee) is { Length: > 0 } holders
        )
            return (RequestOffice.Holder, holders, null);
        if (
            by.Account != Applicant
            && by.IsAny(Offices.Approver)
            && Of(Role.Approver) is { Length: > 0 } approvers
        )
            return (RequestOffice.Approver, approvers, null);
        if (
            by.Account != Applicant
            && by.IsAny(Offices.Registrar)
            && Of(Role.Registrar) is { Length: > 0 } claims
        )
            return (RequestOffice.Registrar, claims, null);
        return (
            default,
            [],
            Forbidden(
                "K1",
                awaited is [{ Step: { } step }, ..]
                    ? $"This is not yours to confirm or deny. Awaited: {step.Words}"
                    : "This is not yours to confirm or deny."
            )
        );

        ImmutableArray<string> Of(Role role) =>
            [
                .. awaited
                    .Where(finding => finding.Step!.Who == role)
                    .Select(finding => finding.Rule)
                    .Distinct(),
            ];
    }

    // The account's own address is confirmed already.
    static ImmutableArray<string> AddressesIn(RequestDocument document, Actor by) =>
        [
            .. new[] { document.Requester?.Email, document.Assignee?.Email, document.Contact?.Email }
                .OfType<string>()
                .Select(address => address.Trim())
                .Where(address =>
                    address.Length > 0
                    && !string.Equals(address, by.Email, StringComparison.OrdinalIgnoreCase)
                )
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    // Their rules and effects are there; who takes which step is not decided yet.
    static bool IsLater(RequestKind kind) =>
        kind
            is RequestKind.Reuse
                or RequestKind.Deassign
                or RequestKind.Revoke
                or RequestKind.Transfer
                or RequestKind.EarlyAllocation;
}
