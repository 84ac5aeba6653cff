using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>
/// A request as somebody writes it: what is asked for, by whom, for whom, and the statements that RFC 6335 section
/// 8.1.1 wants. One shape for all kinds; a kind uses the members that concern it (<see cref="RequestMembers"/>).
/// A member that is null was not given. Texts are as written, so that the rules, not the reader, judge them.
/// </summary>
public sealed record RequestDocument
{
    /// <summary>What is asked for.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>As what the requester asks; a claim until it is confirmed (procedures K3).</summary>
    public RequesterRole Role { get; init; }

    /// <summary>Who asks; where absent, the contact that the request names.</summary>
    public RequestParty? Requester { get; init; }

    /// <summary>The service name asked for, or the name of the assignment concerned.</summary>
    public string? Name { get; init; }

    /// <summary>The new name: of a rename, of a reuse (procedures C3, C8).</summary>
    public string? NewName { get; init; }

    /// <summary>The transport protocols, each once, in the order given; perhaps none.</summary>
    public ImmutableArray<TransportProtocol> Transports { get; init; } = [];

    /// <summary>The port number asked for, or that of the assignment concerned (procedures P9).</summary>
    public PortWish Port { get; init; }

    /// <summary>The new number of a renumbering (procedures C8).</summary>
    public PortNumber? NewPort { get; init; }

    /// <summary>DCCP service codes as written: <c>1145656131</c>, <c>SC=x44495343</c>, <c>SC:DISC</c> (procedures D1).</summary>
    public ImmutableArray<string> ServiceCodes { get; init; } = [];

    /// <summary>Who is to hold the assignment; in a transfer, the new party.</summary>
    public RequestParty? Assignee { get; init; }

    /// <summary>Who is to answer for the assignment.</summary>
    public RequestParty? Contact { get; init; }

    /// <summary>The description, which is published.</summary>
    public string? Description { get; init; }

    /// <summary>The statement that describes the protocol, or says that it is proprietary (procedures A2); stays with the request.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether the protocol is proprietary.</summary>
    public bool? IsProprietary { get; init; }

    /// <summary>Whether it uses broadcast.</summary>
    public bool? UsesBroadcast { get; init; }

    /// <summary>Whether it uses multicast.</summary>
    public bool? UsesMulticast { get; init; }

    /// <summary>Whether it uses anycast.</summary>
    public bool? UsesAnycast { get; init; }

    /// <summary>A stable specification: a document's name or address (procedures A4); for an early allocation, the draft (A9).</summary>
    public string? Specification { get; init; }

    /// <summary>Whether the request comes with a document of the IETF stream (procedures A8).</summary>
    public bool IsIetfStream { get; init; }

    /// <summary>Why a Dynamic Port does not serve (procedures A3).</summary>
    public string? WhyNotDynamic { get; init; }

    /// <summary>Why a User Port does not serve (procedures A4).</summary>
    public string? WhyNotUser { get; init; }

    /// <summary>Why a further number, a separate secure one included, is needed (procedures P10).</summary>
    public string? WhyAnother { get; init; }

    /// <summary>How peers recognise a second name's extension in band (procedures N5).</summary>
    public string? InBand { get; init; }

    /// <summary>The reason of the request: of a release, a revocation, a transfer, a change, a correction, an exception.</summary>
    public string? Reason { get; init; }

    /// <summary>The statement that the number is out of use (procedures C1).</summary>
    public string? OutOfUse { get; init; }

    /// <summary>Whether the name is given back as well (procedures C2).</summary>
    public bool ReleasesName { get; init; }

    /// <summary>Whether the use of what is to be revoked is unclear, so that the community is called (procedures C4).</summary>
    public bool IsUseUnclear { get; init; }

    /// <summary>The attempts to reach the holder (procedures A15, C4).</summary>
    public string? Attempts { get; init; }

    /// <summary>Whether the holder agrees: to a release, a transfer, the effect of a rename, the reuse of a revoked number.</summary>
    public bool IsAgreed { get; init; }

    /// <summary>Evidence that is kept with the decision (procedures C6, C9).</summary>
    public string? Evidence { get; init; }

    /// <summary>The policy under which the request is approved elsewhere, or null: an IESG Approval, an IETF Review, a Standards Action, an architecture board's yes.</summary>
    public ApprovalClaim? Approval { get; init; }

    /// <summary>Unauthorized use that is known or reported (procedures C7).</summary>
    public string? UnauthorizedUse { get; init; }

    /// <summary>Other names of the same service that a report tells of (procedures C7).</summary>
    public ImmutableArray<string> OtherNames { get; init; } = [];

    /// <summary>The assignment notes, which are published.</summary>
    public string? Notes { get; init; }

    /// <summary>The number of the request that this one revises, or null (procedures A12).</summary>
    public int? Revises { get; init; }

    /// <summary>The rules that the approver is asked to waive (procedures A16).</summary>
    public ImmutableArray<string> Waives { get; init; } = [];

    /// <summary>What a housekeeping replaces (procedures C10).</summary>
    public ImmutableArray<Replacement> Replacements { get; init; } = [];

    /// <summary>What changes in the header (procedures C12), or null.</summary>
    public HeaderWish? Header { get; init; }
}

/// <summary>An approval that was given elsewhere and that the approver records.</summary>
/// <param name="Policy"><c>ietf-review</c>, <c>iesg-approval</c> or <c>standards-action</c>.</param>
/// <param name="Document">The document or minute that says so, or null where none is named.</param>
/// <param name="Reason">The written reason, or null.</param>
public sealed record ApprovalClaim(string Policy, string? Document, string? Reason);

/// <summary>One replacement of a housekeeping: a reference or a contact, everywhere.</summary>
/// <param name="From">What is replaced, as labels are written: <c>RFC-ietf-x-y-07</c>, or a contact's id.</param>
/// <param name="To">What it becomes: <c>RFC9900</c>, or another contact's id.</param>
public sealed record Replacement(string From, string To);

/// <summary>What a request changes in the header; a null member stays as it is.</summary>
public sealed record HeaderWish
{
    /// <summary>The designated experts, one line each pool.</summary>
    public string? Experts { get; init; }

    /// <summary>The note without a title.</summary>
    public string? Note { get; init; }

    /// <summary>The registry's title.</summary>
    public string? Title { get; init; }

    /// <summary>The documents that define the registry, by label, all of them; <c>default</c> stays.</summary>
    public ImmutableArray<string> References { get; init; }
}
