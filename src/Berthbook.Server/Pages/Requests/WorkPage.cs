using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Berthbook.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Requests;

/// <summary>A page of work that waits for somebody in an office.</summary>
abstract class WorkPage(CurrentRegistry current, Settings settings) : RequestsPage(current, settings)
{
    static readonly RequestState[] Open =
    [
        .. RequestStates.All.Where(state => state != RequestState.Draft && !state.IsEnd()),
    ];

    /// <summary>What is open, the oldest first.</summary>
    protected ImmutableArray<RequestStanding> Standings { get; private set; } = [];

    /// <summary>Who looks; the address lets nobody in without the office.</summary>
    public Actor Me => HttpContext.Actor;

    public override string? Twin => null;

    public IActionResult OnGet()
    {
        Response.Headers.CacheControl = Caching.Nobody;
        var (requests, _) = Store.List(
            new()
            {
                States = Open,
                IsPublic = false,
                Order = RequestOrder.Oldest,
                Count = 1000,
            }
        );
        Standings = [.. requests.Select(request => new RequestStanding(request, Store.Hear(request)))];
        return Page();
    }

    /// <summary>What the viewer should mind before anything is done to a request, in sentences.</summary>
    public virtual IEnumerable<string> MindOf(RequestStanding standing)
    {
        if (standing.Request.PartOf(Me, standing.Hearing) is { } part)
            yield return $"You have a part in it: {part}.";
        else if (standing.Request.IsNear(Me))
            yield return "Your e-mail address is of the same domain as that of a party.";
    }
}

/// <summary>A list of work with what to say where it is empty.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Empty">What is said where nothing is in it.</param>
/// <param name="Items">The requests, the oldest first.</param>
/// <param name="Page">The page that it stands on.</param>
sealed record WorkList(string Title, string Empty, IReadOnlyList<WorkItem> Items, WorkPage Page);

/// <summary>A request in a list of work.</summary>
/// <param name="Standing">The request.</param>
/// <param name="Note">What is to do, or was done, in a few words.</param>
/// <param name="IsLate">Whether it waits for longer than the registry wants (procedures A17).</param>
sealed record WorkItem(RequestStanding Standing, string Note, bool IsLate);
