using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Berthbook.Server.Pages.Requests;

namespace Berthbook.Server.Pages.Desk;

/// <summary>What an expert has to do, and for how long (procedures A17).</summary>
/// <param name="Expert">Who.</param>
/// <param name="Pools">The pools, in words.</param>
/// <param name="Open">The requests that wait for a recommendation of the pools, the oldest first; not those that the expert has a part in.</param>
/// <param name="Given">How many recommendations on what is open.</param>
sealed record ExpertLoad(Actor Expert, string Pools, IReadOnlyList<RequestStanding> Open, int Given);

/// <summary>The registrar's desk: what waits for a decision, a confirmation, an attempt, or to be carried out. The approver sees it too.</summary>
sealed class IndexModel(CurrentRegistry current, AccountReading accounts, Settings settings)
    : WorkPage(current, settings)
{
    public override string Title => "Desk";

    public override string Address => "/desk";

    /// <summary>Whether the viewer enters requests that came by mail.</summary>
    public bool IsRegistrar => Me.IsAny(Offices.Registrar);

    /// <summary>What is approved and not carried out.</summary>
    public WorkList Approved =>
        Of(
            "To carry out",
            "Nothing that was approved waits to be carried out.",
            standing => standing.Request.State == RequestState.Approved,
            _ => "Approved; one revision of the registry."
        );

    /// <summary>What the registrar decides.</summary>
    public WorkList Registrars =>
        Of(
            $"For {Labels.Label(Role.Registrar)} to decide",
            "Nothing waits for this decision.",
            standing =>
                IsToDecide(standing) && standing.Request.Decider(standing.Hearing) == Offices.Registrar,
            DecisionNote
        );

    /// <summary>What the approver decides.</summary>
    public WorkList Approvers =>
        Of(
            $"For {Labels.Label(Role.Approver)} to decide",
            "Nothing waits for this decision.",
            standing =>
                IsToDecide(standing) && standing.Request.Decider(standing.Hearing) == Offices.Approver,
            DecisionNote
        );

    /// <summary>What waits for the word of a holder, or for a claim to be confirmed.</summary>
    public WorkList Confirmations =>
        Of(
            "Confirmations, claims, attempts",
            "Nobody\u2019s confirmation is waited for.",
            standing => standing.Request.State == RequestState.ConfirmationPending,
            standing =>
            {
                var tried = standing.Request.Steps.Count(step => step.Action == RequestAction.Attempt);
                var words = string.Join(" ", standing.Next.Select(next => next.Words));
                return tried == 0 ? words : $"{words} {Words.Count(tried, "attempt")} recorded.";
            }
        );

    /// <summary>What the experts have.</summary>
    public WorkList Reviews =>
        Of(
            "With the experts",
            "No expert is waited for.",
            standing => standing.Request.State == RequestState.InReview && !standing.Missing.IsEmpty,
            standing =>
                $"The recommendation for {Words.List(standing.Missing.Select(pool => pool.Title()))} is missing.",
            standing => standing.Days >= standing.Hearing.Settings.TellRegistrarDays
        );

    /// <summary>What waits for the applicant.</summary>
    public WorkList Applicants =>
        Of(
            "With the applicants",
            "No applicant is waited for.",
            standing => standing.Request.State is RequestState.Submitted or RequestState.InformationNeeded,
            standing => string.Join(" ", standing.Next.Select(next => next.Words))
        );

    /// <summary>What each expert has to do.</summary>
    public IEnumerable<ExpertLoad> Loads =>
        Experts.Select(expert => new ExpertLoad(
            expert,
            Words.List(
                ExpertPools.All.Where(pool => expert.IsAny(pool.Office())).Select(pool => pool.Title())
            ),
            [
                .. Standings.Where(standing =>
                    IsAwaited(standing, expert) && standing.Request.PartOf(expert, standing.Hearing) is null
                ),
            ],
            Standings.Sum(standing =>
                standing.Request.Steps.Count(step =>
                    step.Action == RequestAction.Recommend && step.Account == expert.Account
                )
            )
        ));

    public override IEnumerable<string> MindOf(RequestStanding standing)
    {
        foreach (var words in base.MindOf(standing))
            yield return words;
        foreach (
            var expert in Experts.Where(expert =>
                expert.Account != Me.Account && IsConcerned(standing, expert)
            )
        )
        {
            if (standing.Request.PartOf(expert, standing.Hearing) is not null)
                yield return $"{expert.Name}, an expert of its pools, has a part in it and cannot review it (A11).";
            else if (standing.Request.IsNear(expert))
                yield return $"The e-mail address of {expert.Name}, an expert of its pools, is of the same domain as that of a party. See whether that is a conflict (A11).";
        }
    }

    IReadOnlyList<Actor> Experts =>
        field ??= [
            .. accounts
                .Holding(OfficeWords.Experts)
                .Select(facts => facts.ToCaller(hasSecondFactor: true, isFactorRequired: false).Actor!),
        ];

    static bool IsConcerned(RequestStanding standing, Actor expert) =>
        standing.Request.State is RequestState.InReview or RequestState.AwaitingApproval
        && standing.Request.Pools.Any(pool => expert.IsAny(pool.Office()));

    static bool IsAwaited(RequestStanding standing, Actor expert) =>
        standing.Request.State == RequestState.InReview
        && standing.Missing.Any(pool => expert.IsAny(pool.Office()));

    WorkList Of(
        string title,
        string empty,
        Func<RequestStanding, bool> isIn,
        Func<RequestStanding, string> note,
        Func<RequestStanding, bool>? isLate = null
    ) =>
        new(
            title,
            empty,
            [
                .. Standings
                    .Where(isIn)
                    .Select(standing => new WorkItem(
                        standing,
                        note(standing),
                        isLate?.Invoke(standing) == true
                    )),
            ],
            this
        );

    static bool IsToDecide(RequestStanding standing) =>
        standing.Request.State is RequestState.InReview or RequestState.AwaitingApproval
        && standing.Missing.IsEmpty;

    static string DecisionNote(RequestStanding standing)
    {
        var given = standing
            .Request.Recommendations.Select(step =>
                $"{step.Pool!.Value.Title()} recommends {(step.IsFor == true ? "for" : "against")} it"
            )
            .ToList();
        var words = given.Count == 0 ? "No recommendation is asked for." : $"{Words.List(given)}.";
        return standing.Rival is { } rival ? $"{words} {rival}" : words;
    }
}
