using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Requests;

// What experts, registrar and approver do.
public sealed partial record Request
{
    /// <summary>Asks the applicant something.</summary>
    public Outcome Ask(Actor by, string? words, Hearing hearing)
    {
        if (!IsOpen)
            return WrongState("a question", Open);
        var isExpert = by.IsAny(OfficesOf(Pools)) || IsStandIn(by);
        if (!by.IsAny(Offices.Registrar) && !isExpert)
            return Forbidden("A10", "Only the registrar and the experts of its pools ask.");
        if (Conflict.Of(this, by, hearing) is { } part)
            return Forbidden("A11", $"You have a part in this request: {part}.");
        return IsBlank(words)
            ? WordsMissing("A10", "Say what you want to know.")
            : With(
                RequestState.InformationNeeded,
                by,
                by.IsAny(Offices.Registrar) ? RequestOffice.Registrar : RequestOffice.Expert,
                RequestAction.Ask,
                hearing,
                step => step with { Words = words!.Trim() }
            );
    }

    /// <summary>Recommends for or against, with a reason and the criteria; the state stays (procedures A11).</summary>
    public Outcome Recommend(Actor by, RequestMove move, Hearing hearing)
    {
        if (State is not (RequestState.InReview or RequestState.AwaitingApproval))
            return WrongState("a recommendation", RequestState.InReview, RequestState.AwaitingApproval);
        if (PoolOf(by, move.Pool) is not { } pool)
            return Forbidden(
                "A11",
                move.Pool is { } other && !Pools.Contains(other)
                    ? $"The experts for {other.Title()} do not review this request; those for {Titles(Pools)} do."
                    : $"Only the designated experts for {Titles(Pools)} review this request."
            );
        if (Conflict.Of(this, by, hearing) is { } part)
            return Forbidden(
                "A11",
                $"You cannot review this request: {part}. Another expert of the pool does, or a stand-in whom the approver names."
            );
        if (move.IsFor is not { } isFor)
            return new Refusal(RefusalKind.Malformed, "A11", "Say whether you recommend for or against.")
            {
                Field = "for",
            };
        if (IsBlank(move.Words))
            return WordsMissing("A11", "Say why; the reason is public.");
        if (move.Criteria.IsEmpty)
            return new Refusal(
                RefusalKind.Malformed,
                "A11",
                "Cite the criteria: the ids of the rules that you apply."
            )
            {
                Field = "criteria",
            };
        if (move.Criteria.FirstOrDefault(id => RuleBook.Standard.Find(id) is null) is { } unknown)
            return new Refusal(RefusalKind.Malformed, "A11", $"There is no rule {Say.Text(unknown)}.")
            {
                Field = "criteria",
            };
        return With(
            State,
            by,
            RequestOffice.Expert,
            RequestAction.Recommend,
            hearing,
            step =>
                step with
                {
                    Words = move.Words!.Trim(),
                    Note = IsBlank(move.Note) ? null : move.Note!.Trim(),
                    Pool = pool,
                    IsFor = isFor,
                    Rules = [.. move.Criteria.Distinct()],
                }
        );
    }

    /// <summary>Approves, as who decides (procedures A5); what the rules refuse by now is not approved.</summary>
    public Outcome Approve(Actor by, string? words, Hearing hearing)
    {
        if (State is not (RequestState.InReview or RequestState.AwaitingApproval))
            return WrongState("an approval", RequestState.InReview, RequestState.AwaitingApproval);
        if (MayNotDecide(by, hearing) is { } forbidden)
            return forbidden;
        if ((RefusedNow(hearing) ?? UnconfirmedNow(hearing)) is { } refused)
            return refused;
        if (Course.EarlierRival(hearing) is { } rival)
            return new Refusal(RefusalKind.Conflict, "A14", rival.Message);
        if (Missing(hearing) is { } missing)
            return missing;
        if (!by.IsAny(Offices.Approver) && Recommendations.Any(step => step.IsFor == false))
            return new Refusal(
                RefusalKind.Conflict,
                "A11",
                "An expert recommends against it: reject it, or ask the expert again."
            );
        var waived = Document.Waives;
        if (!waived.IsEmpty && IsBlank(words))
            return WordsMissing("A16", "An exception needs a written reason, which is public.");
        return With(
            RequestState.Approved,
            by,
            OfficeOf(Course.DeciderOf(this, hearing)),
            RequestAction.Approve,
            hearing,
            step =>
                step with
                {
                    Words = IsBlank(words) ? null : words!.Trim(),
                    Rules = [.. Course.RulesOf(hearing).Union(waived.IsEmpty ? [] : waived.Add("A16"))],
                }
        );
    }

    /// <summary>Rejects, as who decides, with a reason.</summary>
    public Outcome Reject(Actor by, string? words, Hearing hearing)
    {
        if (!State.IsPending())
            return WrongState("a rejection", Open);
        if (MayNotDecide(by, hearing) is { } forbidden)
            return forbidden;
        // What a rule refuses by now needs no expert to say so.
        if (State != RequestState.Approved && !hearing.Verdict.IsRefused && Missing(hearing) is { } missing)
            return missing;
        return IsBlank(words)
            ? WordsMissing("A10", "A rejection needs a reason; it is public.")
            : With(
                RequestState.Rejected,
                by,
                OfficeOf(Course.DeciderOf(this, hearing)),
                RequestAction.Reject,
                hearing,
                step => step with { Words = words!.Trim(), Rules = Course.RulesOf(hearing) }
            );
    }

    /// <summary>Carries the decision out, as the registrar; whoever stores it makes the revision.</summary>
    public Outcome Assign(Actor by, string? words, Hearing hearing) =>
        State != RequestState.Approved ? WrongState("carrying it out", RequestState.Approved)
        : !by.IsAny(Offices.Registrar) ? Forbidden("A10", "Only the registrar carries a decision out.")
        : IsOwn(by) ? Forbidden("A11", "Another registrar carries out what you asked for.")
        : (RefusedNow(hearing) ?? OvertakenNow(hearing)) is { } refused ? refused
        : With(
            RequestState.Assigned,
            by,
            RequestOffice.Registrar,
            RequestAction.Assign,
            hearing,
            step =>
                step with
                {
                    Words = IsBlank(words) ? null : words!.Trim(),
                    Rules = Course.RulesOf(hearing),
                }
        );

    /// <summary>Refers a request that no rule sends to an expert to one (procedures A5).</summary>
    public Outcome Refer(Actor by, string? words, Hearing hearing) =>
        State != RequestState.AwaitingApproval ? WrongState("a referral", RequestState.AwaitingApproval)
        : !by.IsAny(Offices.Registrar) ? Forbidden("A5", "Only the registrar refers a request to an expert.")
        : IsBlank(words) ? WordsMissing("A5", "Say why an expert should look at it; the reason is public.")
        : With(
                State,
                by,
                RequestOffice.Registrar,
                RequestAction.Refer,
                hearing,
                step => step with { Words = words!.Trim(), Rules = ["A5"] }
            )
            .Moved(hearing);

    /// <summary>Names an account that reviews in the place of a pool whose experts all have a part in it (procedures A11).</summary>
    public Outcome StandIn(Actor by, RequestMove move, Hearing hearing)
    {
        if (State != RequestState.InReview)
            return WrongState("a stand-in", RequestState.InReview);
        if (!by.IsAny(Offices.Approver))
            return Forbidden("A11", "Only the approver names a stand-in.");
        if (Conflict.Of(this, by, hearing) is { } part)
            return Forbidden("A11", $"You have a part in this request: {part}.");
        if (move.Account is not { } account || account == Applicant)
            return new Refusal(
                RefusalKind.Malformed,
                "A11",
                "Name the account that stands in; it has no part in the request."
            )
            {
                Field = "account",
            };
        var pool = move.Pool ?? Pools[0];
        return !Pools.Contains(pool)
                ? new Refusal(
                    RefusalKind.Malformed,
                    "A11",
                    $"The experts for {Titles(Pools)} review this request."
                )
                {
                    Field = "pool",
                }
            : IsBlank(move.Words)
                ? WordsMissing("A11", "Say why no expert of the pool can review it; the reason is public.")
            : With(
                State,
                by,
                RequestOffice.Approver,
                RequestAction.StandIn,
                hearing,
                step =>
                    step with
                    {
                        Words = move.Words!.Trim(),
                        Pool = pool,
                        Concerned = account,
                        Rules = ["A11"],
                    }
            );
    }

    /// <summary>Records an attempt to reach a party (procedures A15).</summary>
    public Outcome Attempt(Actor by, string? words, Hearing hearing) =>
        State != RequestState.ConfirmationPending
            ? WrongState("an attempt to reach a party", RequestState.ConfirmationPending)
        : !by.IsAny(Offices.Registrar) ? Forbidden("A15", "Only the registrar records attempts.")
        : IsBlank(words) ? WordsMissing("A15", "Say whom you tried to reach, how, and what came of it.")
        : With(
            State,
            by,
            RequestOffice.Registrar,
            RequestAction.Attempt,
            hearing,
            step => step with { Words = words!.Trim(), Rules = ["A15"] }
        );

    /// <summary>The pool that an account speaks for, or null: its own that the request concerns, or one that it stands in for.</summary>
    public ExpertPool? PoolOf(Actor by, ExpertPool? wanted = null)
    {
        var own = Pools.Where(pool => by.IsAny(pool.Office()) || IsStandIn(by, pool)).ToList();
        if (wanted is { } pool)
            return own.Contains(pool) ? pool : null;
        var open = own.Except(Recommendations.Select(step => step.Pool!.Value)).ToList();
        return open.Count > 0 ? open[0]
            : own.Count > 0 ? own[0]
            : null;
    }

    static readonly RequestState[] Open =
    [
        RequestState.Submitted,
        RequestState.ConfirmationPending,
        RequestState.InReview,
        RequestState.AwaitingApproval,
    ];

    bool IsOpen => Open.Contains(State);

    bool IsStandIn(Actor by, ExpertPool? pool = null) =>
        by.Account > 0
        && Steps.Any(step =>
            step.Action == RequestAction.StandIn
            && step.Concerned == by.Account
            && (pool is null || step.Pool == pool)
        );

    // The registrar's own upkeep is asked for as the registrar, and is the registrar's to decide.
    bool IsOwn(Actor by) =>
        by.Account == Applicant && Document.Role is not (RequesterRole.Registrar or RequesterRole.Approver);

    Refusal? MayNotDecide(Actor by, Hearing hearing)
    {
        var decider = Course.DeciderOf(this, hearing);
        if (!by.IsAny(decider))
            return Forbidden(
                "A5",
                decider == Offices.Approver
                    ? $"{Say.Sentence(hearing.Settings.Label(Role.Approver))} decides this request."
                    : $"{Say.Sentence(hearing.Settings.Label(Role.Registrar))} decides this request."
            );
        var isOffice = Document.Role is RequesterRole.Registrar or RequesterRole.Approver;
        if (IsOwn(by) || (!isOffice && Conflict.OfPerson(this, by, hearing) is not null))
            return Forbidden(
                "A11",
                $"You cannot decide this request: {Conflict.OfPerson(this, by, hearing) ?? "you asked for it"}."
            );
        return Steps.Any(step => step.Action == RequestAction.Recommend && step.Account == by.Account)
            ? Forbidden("A11", "Who recommended does not decide.")
            : null;
    }

    // The registry changed after the approval, and who approved is no longer who decides, or somebody has to be asked first. What
    // does not fit any more at all is told by the decision itself.
    Refusal? OvertakenNow(Hearing hearing)
    {
        if (hearing.Verdict.Effect is null)
            return null;
        if ((UnconfirmedNow(hearing) ?? Missing(hearing)) is { } unheard)
            return unheard;
        if (
            Course.DeciderOf(this, hearing) != Offices.Approver
            || Steps.Last(step => step.Action == RequestAction.Approve).Office == RequestOffice.Approver
        )
            return null;
        var stricter = hearing.Verdict.Findings.FirstOrDefault(finding => finding.Asks >= Procedure.Approver);
        return new(
            RefusalKind.Conflict,
            stricter?.Rule ?? "A11",
            $"The registry changed since the approval, and {hearing.Settings.Label(Role.Approver)} decides this now: {stricter?.Message ?? "the experts disagree"} Reject it, so that it can be asked for anew."
        )
        {
            Findings = hearing.Verdict.Findings,
        };
    }

    // Somebody has to agree who was not asked: an assignment was made meanwhile, or changed hands.
    Refusal? UnconfirmedNow(Hearing hearing) =>
        Course.AwaitedConfirmations(this, hearing).FirstOrDefault() is { } awaited
            ? new(RefusalKind.Conflict, awaited.Rule, awaited.Message)
            {
                Field = awaited.Field,
                Findings = hearing.Verdict.Findings,
            }
            : null;

    Refusal? Missing(Hearing hearing)
    {
        var pools = Course.MissingPools(this, hearing);
        return pools.IsEmpty
            ? null
            : new(
                RefusalKind.Conflict,
                "A11",
                $"The recommendation of the experts for {Titles(pools)} is missing; the decision comes after it."
            );
    }

    static Offices OfficesOf(ImmutableArray<ExpertPool> pools) =>
        pools.Aggregate(Offices.None, (all, pool) => all | pool.Office());

    static RequestOffice OfficeOf(Offices decider) =>
        decider == Offices.Approver ? RequestOffice.Approver : RequestOffice.Registrar;

    static string Titles(ImmutableArray<ExpertPool> pools) =>
        Say.And([.. pools.Select(pool => pool.Title())]);
}
