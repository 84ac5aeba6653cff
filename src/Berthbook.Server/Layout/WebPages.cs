using Berthbook.Server.Accounts;
using Microsoft.Net.Http.Headers;

namespace Berthbook.Server.Layout;

/// <summary>Where the pages for people are mounted, and how programs get JSON from their addresses.</summary>
static class WebPages
{
    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    static readonly string[] Posting = [.. Reading, HttpMethods.Post];
    static readonly PathString[] Twinned = ["/ports", "/services", "/contacts", "/changes", "/requests"];

    /// <summary>
    /// A page and its JSON twin are one resource in two forms. Comes before everything that tells pages and API
    /// apart by address.
    /// </summary>
    public static void UseJsonTwins(this IApplicationBuilder app) => app.Use(AnswerAsJson);

    /// <summary>
    /// The pages, with who may use them. The error page answers for whatever was refused; the others are read only but for
    /// those that take posts.
    /// </summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/favicon.ico", Reading, SendToMark)
            .ExcludeFromDescription()
            .WithMetadata(ForEverybody.Alone);
        app.MapRazorPages()
            .Add(endpoint =>
            {
                if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } address } route)
                    return;
                foreach (var requirement in PageRights.Of(address))
                    route.Metadata.Add(requirement);
                if (PageRights.IsLimited(address))
                    route.Metadata.Add(Limited.ByAddress);
                if (!IsError(route))
                    route.Metadata.Add(
                        new HttpMethodMetadata(PageRights.TakesPosts(address) ? Posting : Reading)
                    );
            });
    }

    // Browsers ask for it wherever a page does not name its mark.
    static Task SendToMark(HttpContext context)
    {
        context.Response.Redirect("/img/berthbook.svg", permanent: true);
        return Task.CompletedTask;
    }

    static bool IsError(RouteEndpointBuilder route) =>
        route.RoutePattern.RawText?.TrimStart('/').StartsWith("error/", StringComparison.Ordinal) == true;

    static Task AnswerAsJson(HttpContext context, RequestDelegate next)
    {
        if (Array.Exists(Twinned, folder => context.Request.Path.StartsWithSegments(folder)))
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
            if (WantsJson([.. context.Request.Headers.Accept.OfType<string>()]))
                context.Request.Path = Addresses.Twin(context.Request.Path.Value!);
        }
        return next(context);
    }

    // JSON only for those who name it and do not name HTML: a browser names HTML, curl names neither.
    static bool WantsJson(string[] accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var types))
            return false;
        var named = types.Where(type => type.Quality is not 0).ToList();
        return named.Exists(type => type.MediaType == "application/json")
            && !named.Exists(type => type.MediaType == "text/html" || type.MediaType == "text/*");
    }
}
