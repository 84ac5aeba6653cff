using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Requests;

// What can be told of where it stands: who is waited for, who sees it, who has a part in it.
public sealed partial record Request
{
    /// <summary>The findings whose confirmation is still waited for (procedures A6, A7, C8, K3).</summary>
    public ImmutableArray<Finding> Awaited(Hearing hearing) =>
        State == RequestState.ConfirmationPending ? [.. Course.AwaitedConfirmations(this, hearing)] : [];

    /// <summary>The pools whose recommendation is still waited for.</summary>
    public ImmutableArray<ExpertPool> MissingPools(Hearing hearing) =>
        State.IsEnd() || State == RequestState.Approved ? [] : Course.MissingPools(this, hearing);

    /// <summary>The office that decides it (procedures A5, A11).</summary>
    public Offices Decider(Hearing hearing) => Course.DeciderOf(this, hearing);

    /// <summary>Which part somebody has in it, which keeps them from reviewing it (procedures A11); null where none is known.</summary>
    public string? PartOf(Actor actor, Hearing hearing) => Conflict.Of(this, actor, hearing);

    /// <summary>Whether an address of somebody is of the domain of a party, which the registrar should look at; never a conflict by itself.</summary>
    public bool IsNear(Actor actor) => Conflict.IsNear(this, actor);

    /// <summary>
    /// Whether somebody may see all of it but the notes: who asks, the experts of its pools and their stand-ins, registrar,
    /// approver, and who holds the assignments concerned. A draft is its author's alone.
    /// </summary>
    public bool IsOpenTo(Actor? by, Hearing hearing) =>
        by is not null
        && (
            IsApplicant(by)
            || State != RequestState.Draft
                && (
                    by.IsAny(Offices.Registrar | Offices.Approver | OfficesOf(Pools))
                    || IsStandIn(by)
                    // A report tells of its reporter; what is accepted of it joins the record.
                    || Document.Kind != RequestKind.UnauthorizedUse && Course.IsHolder(by.Claims, hearing)
                )
        );

    /// <summary>Whether somebody may see the notes: registrar, approver, experts and stand-ins, unless they ask for it themselves.</summary>
    public bool AreNotesOpenTo(Actor? by) =>
        by is not null
        && by.Account != Applicant
        && (by.IsAny(Offices.Registrar | Offices.Approver | OfficesOf(Pools)) || IsStandIn(by));

    /// <summary>Whether somebody may know that it is there.</summary>
    public bool IsKnownTo(Actor? by, Hearing hearing) => IsPublic || IsOpenTo(by, hearing);
}
