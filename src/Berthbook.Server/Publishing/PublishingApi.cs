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
        var notices = app.ServiceProvider.GetRequiredService<Notices>();
        for (var i = 0; i < PublishedForm.All.Count; i++)
        {
            var form = i;
            app.MapMethods(
                $"{Name}.{PublishedForm.All[form].Extension}",
                Reading,
                context => Download.Send(context, publications.Current[form])
            );
        }
        var schema = new PublishedFile(
            PublishedFiles.JsonSchema,
            "application/schema+json; charset=utf-8",
            Publication.ProgramTime
        );
        app.MapMethods("/schemas/registry.schema.json", Reading, context => Download.Send(context, schema));
        app.MapMethods(Folder, Reading, SendPage);
        app.MapMethods(Name + ".xhtml", Reading, SendPage);

        Task SendPage(HttpContext context) => PublishingApi.SendPage(context, publications.Current, notices);
    }

    static Task SendPage(HttpContext context, Publication publication, Notices notices)
    {
        var asked = context.Request.Query;
        if (!TableQuery.TryParse(asked["search"], asked["page"], asked["skey"], out var query, out var fault))
            return Refuse(context, StatusCodes.Status400BadRequest, $"{fault.Message}.");
        if (publication.Table.Find(query) is not { } page)
            return Refuse(context, StatusCodes.Status404NotFound, $"The table has no page {query.Page}.");
        var options = new PageOptions { Warnings = notices.Texts };
        var bytes = PageFormat.Write(page, publication.Profile, options);
        return Download.Send(context, new(bytes, "text/html; charset=utf-8", publication.Snapshot.Time));
    }

    static Task Refuse(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        context.Features.Set(new PageFault(words, []));
        return Task.CompletedTask;
    }
}
