namespace Berthbook.Rules;

/// <summary>
/// What decides a request (RFC 8126 section 4, RFC 6335 sections 7.2 and 8.1.2), the laxest first: where several apply, the
/// stricter decides (procedures A5).
/// </summary>
public enum Procedure : byte
{
    /// <summary>The registrar decides alone: upkeep of what is assigned.</summary>
    Registrar,

    /// <summary>First Come First Served: granted when it is complete.</summary>
    FirstComeFirstServed,

    /// <summary>Expert Review: the registrar decides after a designated expert's recommendation.</summary>
    ExpertReview,

    /// <summary>Specification Required: Expert Review, and a public document.</summary>
    SpecificationRequired,

    /// <summary>The approver decides, for the registrar asks (procedures C4, K1, A15).</summary>
    Approver,

    /// <summary>IETF Review or IESG Approval.</summary>
    IetfReviewOrIesgApproval,

    /// <summary>IETF Review alone.</summary>
    IetfReview,

    /// <summary>Standards Action or IESG Approval.</summary>
    StandardsActionOrIesgApproval,

    /// <summary>IESG Approval alone.</summary>
    IesgApproval,
}

/// <summary>Who acts on a request. The registry's profile may give the roles other labels; the rules do not change.</summary>
public enum Role : byte
{
    /// <summary>Who asks.</summary>
    Applicant,

    /// <summary>Who operates the registry.</summary>
    Registrar,

    /// <summary>The designated expert of the transport's pool.</summary>
    Expert,

    /// <summary>Who records what the IESG or the IETF decided.</summary>
    Approver,

    /// <summary>The party that an assignment belongs to, or who stands for it (procedures K1).</summary>
    Assignee,

    /// <summary>Who hears appeals after the approver.</summary>
    AppealsBody,
}
