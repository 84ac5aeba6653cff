using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Berthbook.Server.Hosting;

static class ReadingPages
{
    static readonly HttpMethodMetadata Reading = new([HttpMethods.Get, HttpMethods.Head]);

    /// <summary>
    /// Maps the pages for reading: what they do not take is answered 405 with Allow. Left alone, a page would answer
    /// a POST as if it were a GET. The error page answers for whatever method was refused.
    /// </summary>
    public static void MapPages(this IEndpointRouteBuilder app) =>
        app.MapRazorPages()
            .Add(endpoint =>
            {
                var page = endpoint.Metadata.OfType<PageActionDescriptor>().FirstOrDefault();
                if (page is not { ViewEnginePath: "/Error" })
                    endpoint.Metadata.Add(Reading);
            });
}
