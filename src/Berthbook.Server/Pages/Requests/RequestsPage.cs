using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Berthbook.Storage;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Berthbook.Server.Pages.Requests;

/// <summary>What the pages of requests share: who looks, and where the requests are. A mirror has none.</summary>
abstract class RequestsPage(CurrentRegistry current, Settings settings) : RegistryPage(current)
{
    /// <summary>The list of requests, as a way out of a page that is refused.</summary>
    protected static readonly Link All = new("/requests", "All requests");

    /// <summary>Who looks at the page; null for the public.</summary>
    public Actor? Viewer => HttpContext.FindActor();

    /// <summary>The labels and figures of the registry.</summary>
    public Rules.RuleSettings Labels => settings.Rules;

    protected RequestStore Store => HttpContext.RequestServices.GetRequiredService<RequestStore>();

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (settings.Mode == RegistryMode.Mirror)
            context.Result = Refuse(
                404,
                "This registry is a copy and takes no requests; the registry itself does",
                new Link("/request", "Check a request")
            );
    }

    /// <summary>Where somebody signs in and comes back from.</summary>
    protected static string SignIn(string to) => $"/account/sign-in?to={Uri.EscapeDataString(to)}";
}
