using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Berthbook.Server.Upstream;

/// <summary>An upstream on this machine that answers whatever a test wants.</summary>
sealed class TestUpstream : IAsyncDisposable
{
    readonly WebApplication app;

    TestUpstream()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(context =>
        {
            Asked.Add(context.Request.Headers.IfNoneMatch.ToString());
            return Answer(context);
        });
    }

    /// <summary>Its address.</summary>
    public Uri Address => new(new Uri(app.Urls.Single()), "/registry.xml");

    /// <summary>What it answers.</summary>
    public RequestDelegate Answer { get; set; } = context => Task.CompletedTask;

    /// <summary>The If-None-Match of every request so far.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<TestUpstream> StartAsync(RequestDelegate answer)
    {
        var upstream = new TestUpstream { Answer = answer };
        await upstream.app.StartAsync(TestContext.Current.CancellationToken);
        return upstream;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>A file as a static server gives it: with an entity tag, or 304.</summary>
    public static RequestDelegate File(byte[] file, string? tag = null) =>
        context =>
        {
            if (tag is not null)
                context.Response.Headers.ETag = tag;
            if (tag is not null && context.Request.Headers.IfNoneMatch == tag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
            return Send(context, file, file.Length);
        };

    public static RequestDelegate Status(int status, string? location = null) =>
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        };

    /// <summary>Says how long the file is, gives the first half and hangs up.</summary>
    public static RequestDelegate CutOff(byte[] file) =>
        async context =>
        {
            await Send(context, file[..(file.Length / 2)], file.Length);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        };

    /// <summary>Gives the first half and then nothing, until the client gives up.</summary>
    public static RequestDelegate Slow(byte[] file) =>
        async context =>
        {
            await Send(context, file[..(file.Length / 2)], file.Length);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            var left = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(() => left.SetResult());
            await left.Task;
        };

    public static RequestDelegate Packed(byte[] file, string coding) =>
        context =>
        {
            using var packed = new MemoryStream();
            using (
                Stream packing =
                    coding == "br"
                        ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)
                        : new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
            )
                packing.Write(file);
            context.Response.Headers.ContentEncoding = coding;
            return Send(context, packed.ToArray(), packed.Length);
        };

    static Task Send(HttpContext context, byte[] bytes, long length)
    {
        context.Response.ContentLength = length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
