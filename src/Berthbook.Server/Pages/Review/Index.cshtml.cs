using Berthbook.Requests;
using Berthbook.Server.Layout;
using Berthbook.Server.Pages.Requests;

namespace Berthbook.Server.Pages.Review;

/// <summary>An expert's queue: what waits for a recommendation, and what else concerns the expert's pools.</summary>
sealed class IndexModel(CurrentRegistry current, Settings settings) : WorkPage(current, settings)
{
    public override string Title => "Review";

    public override string Address => "/review";

    /// <summary>The pools that the viewer speaks for.</summary>
    public string Pools =>
        Words.List(ExpertPools.All.Where(pool => Me.IsAny(pool.Office())).Select(pool => pool.Title()));

    /// <summary>What waits for a pool of the viewer.</summary>
    public WorkList Waiting =>
        new(
            "Waiting for your pool",
            "Nothing waits for a recommendation of yours.",
            [
                .. Standings
                    .Where(standing => standing.Missing.Any(IsMine) && IsReviewed(standing))
                    .Select(standing => new WorkItem(
                        standing,
                        $"The recommendation for {Words.List(standing.Missing.Where(IsMine).Select(pool => pool.Title()))} is missing.",
                        standing.Days >= standing.Hearing.Settings.RemindExpertDays
                    )),
            ],
            this
        );

    /// <summary>What the viewer's pools have recommended, or do not review yet.</summary>
    public WorkList Others =>
        new(
            "Also in your pools",
            "No other request that is open concerns your pools.",
            [
                .. Standings
                    .Where(standing =>
                        standing.Request.Pools.Any(IsMine)
                        && !(standing.Missing.Any(IsMine) && IsReviewed(standing))
                    )
                    .Select(standing => new WorkItem(standing, NoteOf(standing), false)),
            ],
            this
        );

    bool IsMine(ExpertPool pool) => Me.IsAny(pool.Office());

    static bool IsReviewed(RequestStanding standing) => standing.Request.State == RequestState.InReview;

    string NoteOf(RequestStanding standing)
    {
        var given = standing
            .Request.Steps.Where(step =>
                step.Action == RequestAction.Recommend && step.Pool is { } pool && IsMine(pool)
            )
            .ToList();
        return given.FindLast(step => step.Account == Me.Account) is { } own
                ? $"You recommended {(own.IsFor == true ? "for" : "against")} it on {own.Time.Minute()[..10]}."
            : given.Count > 0
                ? $"Another expert of the pool recommended {(given[^1].IsFor == true ? "for" : "against")} it on {given[^1].Time.Minute()[..10]}."
            : "No recommendation of yours is needed now.";
    }
}
