using Berthbook.Formats;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Publishing;

/// <summary>IANA's own addresses: the registry's files and its page, under the names that programs ask IANA for.</summary>
static class PublishingApi
{
    const string Folder = "/assignments/service-names-port-numbers";
    const string Name = Folder + "/service-names-port-numbers";

    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPublications(this IEndpointRouteBuilder app)
    {
        var publications = app.ServiceProvider.GetRequiredService<Publications>();
        var download = new Download(app.ServiceProvider.GetRequiredService<TimeProvider>());
        var notices = app.ServiceProvider.GetRequiredService<Notices>();
        for (var i = 0; i < PublishedForm.All.Count; i++)
        {
            var form = i;
            app.MapMethods(
                $"{Name}.{PublishedForm.All[form].Extension}",
                Reading,
                context => download.Send(context, publications.Current[form])
            );
        }
        MapSchema("registry", PublishedFiles.JsonSchema);
        MapSchema("request", PublishedFiles.RequestSchema);
        app.MapMethods(Folder, Reading, SendPage);
        app.MapMethods(Name + ".xhtml", Reading, SendPage);

        void MapSchema(string name, ReadOnlyMemory<byte> bytes)
        {
            var schema = new PublishedFile(
                bytes,
                "application/schema+json; charset=utf-8",
                Publication.ProgramTime
            );
            app.MapMethods(
                $"/schemas/{name}.schema.json",
                Reading,
                context => download.Send(context, schema)
            );
        }

        Task SendPage(HttpContext context) =>
            WritePage(context, publications.Current, notices.Texts) is { } page
                ? download.Send(context, page)
                : Task.CompletedTask;
    }

    // The page that is asked for, or null where the answer is that there is none.
    static PublishedFile? WritePage(
        HttpContext context,
        Publication publication,
        IReadOnlyList<string> notices
    )
    {
        var asked = context.Request.Query;
        if (!TableQuery.TryParse(asked["search"], asked["page"], asked["skey"], out var query, out var fault))
            return Refuse(context, StatusCodes.Status400BadRequest, $"{fault.Message}.");
        if (publication.Table.Find(query) is not { } page)
            return Refuse(context, StatusCodes.Status404NotFound, $"The table has no page {query.Page}.");
        var bytes = PageFormat.Write(page, publication.Profile, new() { Warnings = notices });
        return new(bytes, "text/html; charset=utf-8", publication.Snapshot.Time);
    }

    static PublishedFile? Refuse(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        context.Features.Set(new PageFault(words, []));
        return null;
    }
}
