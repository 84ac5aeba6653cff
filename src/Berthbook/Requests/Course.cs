using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Requests;

/// <summary>
/// The course of a request (procedures A10): what it still waits for, told from what the rules find and from its history, and
/// so where it stands and who decides.
/// </summary>
static class Course
{
    /// <summary>Where it stands now, having been submitted and not decided.</summary>
    public static RequestState StateOf(Request request, Hearing hearing) =>
        request.Unconfirmed.Any() ? RequestState.Submitted
        : AwaitedConfirmations(request, hearing).Any() ? RequestState.ConfirmationPending
        : IsReviewed(request, hearing) || IsChecked(hearing) ? RequestState.InReview
        : RequestState.AwaitingApproval;

    /// <summary>The findings that wait for the word of a holder, of the approver in a holder's place, or of the registrar about a claim.</summary>
    public static IEnumerable<Finding> AwaitedConfirmations(Request request, Hearing hearing) =>
        hearing.Verdict.Findings.Where(finding =>
            finding.Step is { State: "confirmation-pending" } && !IsSettled(request, hearing, finding.Rule)
        );

    /// <summary>Whether experts review it: a rule asks for it, the registrar referred it, or nobody answered (procedures A5, A15).</summary>
    public static bool IsReviewed(Request request, Hearing hearing) =>
        hearing.Verdict.Findings.Any(finding =>
            finding.Asks is Procedure.ExpertReview or Procedure.SpecificationRequired
        ) || request.Steps.Any(step => step.Action is RequestAction.Refer or RequestAction.Silence);

    /// <summary>The pools that have not recommended yet, where experts review it.</summary>
    public static ImmutableArray<ExpertPool> MissingPools(Request request, Hearing hearing) =>
        IsReviewed(request, hearing)
            ? [.. request.Pools.Except(request.Recommendations.Select(step => step.Pool!.Value))]
            : [];

    /// <summary>Whether experts of one pool disagree, so that the approver decides (procedures A11).</summary>
    public static bool IsDisputed(Request request) =>
        request
            .Steps.Where(step => step.Action == RequestAction.Recommend)
            .GroupBy(step => step.Pool)
            .Any(ofPool =>
                ofPool
                    .GroupBy(step => step.Account)
                    .Select(ofExpert => ofExpert.Last().IsFor)
                    .Distinct()
                    .Count() > 1
            );

    /// <summary>Who decides: the registrar or the approver (procedures A5, A11).</summary>
    public static Offices DeciderOf(Request request, Hearing hearing) =>
        IsDisputed(request) || hearing.Verdict.Procedure >= Procedure.Approver
            ? Offices.Approver
            : Offices.Registrar;

    /// <summary>Whether it is granted as soon as it counts (First Come First Served).</summary>
    public static bool IsGrantedAtOnce(Request request, Hearing hearing) =>
        hearing.Settings.AssignsAtOnce
        && hearing.Verdict
            is { Procedure: Procedure.FirstComeFirstServed, IsRefused: false, Effect: not null }
        && StateOf(request, hearing) == RequestState.AwaitingApproval
        && EarlierRival(hearing) is null;

    /// <summary>That an earlier request for the same is decided first (procedures A14); null where there is none.</summary>
    public static Finding? EarlierRival(Hearing hearing) =>
        hearing.Verdict.Findings.FirstOrDefault(finding => finding.Rule == "A14");

    /// <summary>The rules that bear on a decision: those that refuse or need something, and what names the procedure.</summary>
    public static ImmutableArray<string> RulesOf(Hearing hearing) =>
        [
            .. hearing
                .Verdict.Findings.Where(finding =>
                    finding.Severity >= Severity.Need || finding.Asks is not null
                )
                .Select(finding => finding.Rule)
                .Distinct(),
        ];

    /// <summary>Whether an account was confirmed to hold the assignments concerned, or to act for who does.</summary>
    public static bool IsHolder(ImmutableArray<string> claims, Hearing hearing) =>
        claims.Any(claim => hearing.Holders.Contains(claim));

    // The registrar checks a report by itself (procedures C7).
    static bool IsChecked(Hearing hearing) =>
        hearing.Verdict.Findings.Any(finding => finding.Step is { State: "in-review", Who: Role.Registrar });

    static bool IsSettled(Request request, Hearing hearing, string rule) =>
        IsHolder(hearing.ApplicantClaims, hearing)
        || request.Steps.Any(step =>
            step.Action == RequestAction.Confirm && step.Rules.Contains(rule)
            || step.Action == RequestAction.Silence && step.Rules.Contains(rule)
        );
}
