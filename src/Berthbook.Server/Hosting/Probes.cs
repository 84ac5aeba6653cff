using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Berthbook.Server.Layout;
using Berthbook.Server.Mail;
using Berthbook.Storage;

namespace Berthbook.Server.Hosting;

/// <summary>Whether the server is ready, and what an operator should know.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> where writes fail and reads go on, or <c>stopping</c>.</param>
/// <param name="Revision">The revision that is served.</param>
/// <param name="Updated">The registry's day of last update.</param>
/// <param name="Reasons">What is not as it should be, in words; empty where all is well.</param>
sealed record Readiness(string Status, int Revision, string? Updated, ImmutableArray<string> Reasons);

[JsonSerializable(typeof(Readiness))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
sealed partial class ReadinessJson : JsonSerializerContext;

/// <summary>Addresses for the platform that runs the server: <c>/healthz</c> (alive), <c>/readyz</c> (with reasons).</summary>
static class Probes
{
    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapProbes(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/healthz", Reading, Live).ExcludeFromDescription();
        app.MapMethods("/readyz", Reading, Ready).ExcludeFromDescription();
    }

    static async Task Live(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = Caching.Nobody;
        await context.Response.WriteAsync("alive\n", context.RequestAborted);
    }

    static async Task Ready(HttpContext context)
    {
        var services = context.RequestServices;
        var snapshot = services.GetRequiredService<CurrentRegistry>().Snapshot;
        var isStopping = services
            .GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.IsCancellationRequested;
        var fault = services.GetRequiredService<RegistryWriter>().Fault;
        var readiness = new Readiness(
            isStopping ? "stopping"
                : fault is not null ? "degraded"
                : "ready",
            snapshot.Revision,
            snapshot.Registry.Header.Updated?.ToString(),
            [
                .. fault is null ? [] : new[] { fault },
                .. services.GetRequiredService<Notices>().Texts,
                .. services.GetRequiredService<MailState>().Reasons,
            ]
        );
        context.Response.StatusCode = isStopping
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = Caching.Nobody;
        await context.Response.WriteAsJsonAsync(
            readiness,
            ReadinessJson.Default.Readiness,
            cancellationToken: context.RequestAborted
        );
    }
}
