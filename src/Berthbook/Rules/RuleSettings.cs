using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>
/// What a registry decides for itself (procedures, "What a registry decides for itself"): figures, and labels of roles
/// and policies. The rules do not change.
/// </summary>
public sealed record RuleSettings
{
    /// <summary>The settings of IANA's registry, and the defaults of any.</summary>
    public static RuleSettings Default { get; } = new();

    /// <summary>The transport protocols that the registry keeps, at least one.</summary>
    public ImmutableArray<TransportProtocol> Transports { get; init; } = [.. TransportProtocols.All];

    /// <summary>The document that allows ordinary requests for released numbers once a range is full (procedures P8); null where none does.</summary>
    public string? ReleasedNumbers { get; init; }

    /// <summary>Whether clear First Come First Served requests are assigned at once, or wait for one click of the registrar.</summary>
    public bool AssignsAtOnce { get; init; } = true;

    /// <summary>How many pending requests of one applicant are referred to an expert (procedures A5); from 1.</summary>
    public int ManyRequests { get; init; } = 5;

    /// <summary>Within how many days such requests count together; from 1.</summary>
    public int ManyRequestsDays { get; init; } = 30;

    /// <summary>After how many days an expert is reminded (procedures A17).</summary>
    public int RemindExpertDays { get; init; } = 7;

    /// <summary>After how many days without recommendation the registrar is told (procedures A17).</summary>
    public int TellRegistrarDays { get; init; } = 14;

    /// <summary>After how many days without recommendation the approver is told (procedures A17).</summary>
    public int TellApproverDays { get; init; } = 30;

    /// <summary>For how many days a party is tried to be reached (procedures A15).</summary>
    public int ReachDays { get; init; } = 30;

    /// <summary>How many reminders a party gets meanwhile (procedures A15).</summary>
    public int Reminders { get; init; } = 2;

    /// <summary>Within how many months of a decision an appeal is taken (procedures A13).</summary>
    public int AppealMonths { get; init; } = 2;

    /// <summary>How many weeks a call to the community lasts (procedures C4).</summary>
    public int CommunityCallWeeks { get; init; } = 4;

    /// <summary>Other labels of roles; a role that is not there has its usual one.</summary>
    public ImmutableDictionary<Role, string> RoleLabels { get; init; } =
        ImmutableDictionary<Role, string>.Empty;

    /// <summary>Other labels of procedures; one that is not there has its usual one.</summary>
    public ImmutableDictionary<Procedure, string> ProcedureLabels { get; init; } =
        ImmutableDictionary<Procedure, string>.Empty;

    /// <summary>The label of a role: <c>the designated expert</c>.</summary>
    public string Label(Role role) =>
        RoleLabels.GetValueOrDefault(role)
        ?? role switch
        {
            Role.Applicant => "the applicant",
            Role.Registrar => "the registrar",
            Role.Expert => "the designated expert",
            Role.Approver => "the IESG",
            Role.Assignee => "the assignee",
            _ => "the IAB",
        };

    /// <summary>The label of a procedure: <c>Expert Review</c>.</summary>
    public string Label(Procedure procedure) =>
        ProcedureLabels.GetValueOrDefault(procedure)
        ?? procedure switch
        {
            Procedure.Registrar => "Registrar",
            Procedure.FirstComeFirstServed => "First Come First Served",
            Procedure.ExpertReview => "Expert Review",
            Procedure.SpecificationRequired => "Specification Required",
            Procedure.Approver => "Approver",
            Procedure.IetfReviewOrIesgApproval => "IETF Review or IESG Approval",
            Procedure.IetfReview => "IETF Review",
            Procedure.StandardsActionOrIesgApproval => "Standards Action or IESG Approval",
            _ => "IESG Approval",
        };
}
