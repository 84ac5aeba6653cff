using Berthbook.Server.Accounts;
using Berthbook.Server.Api;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Hosting;

/// <summary>A mirror decides nothing: whatever is posted to its API is answered 409, and why; a check decides nothing.</summary>
static class MirrorMode
{
    static readonly PathString CheckPath = Addresses.Api + RequestsApi.Check.Path;

    /// <summary>Refuses posts where the registry is another's.</summary>
    public static void UseMirrorMode(this IApplicationBuilder app, Settings settings)
    {
        if (settings.Upstream is not { } upstream)
            return;
        var words =
            $"This registry is a copy of the one at {upstream.Host} and takes no requests. Ask there what you ask here.";
        app.Use(
            (context, next) =>
            {
                if (!PageRights.IsOfOwn(context.Request.Path))
                    return next(context);
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
        );
        app.Use(
            (context, next) =>
                HttpMethods.IsPost(context.Request.Method)
                && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
                && context.Request.Path != CheckPath
                    ? Answer.Problem(ProblemKind.ReadOnly, words).SendAsync(context, default)
                    : next(context)
        );
    }
}
