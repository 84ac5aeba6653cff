namespace Berthbook.Server.Publishing;

/// <summary>IANA's own addresses: the registry's files under the names that programs ask IANA for.</summary>
static class PublishingApi
{
    const string Folder = "/assignments/service-names-port-numbers";
    const string File = Folder + "/service-names-port-numbers";

    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPublications(this IEndpointRouteBuilder app)
    {
        var publications = app.ServiceProvider.GetRequiredService<Publications>();
        for (var i = 0; i < PublishedForm.All.Count; i++)
        {
            var form = i;
            app.MapMethods(
                $"{File}.{PublishedForm.All[form].Extension}",
                Reading,
                context => Download.Send(context, publications.Current[form])
            );
        }
    }
}
