using Berthbook.Server.Api;
using Microsoft.AspNetCore.Diagnostics;

namespace Berthbook.Server.Hosting;

/// <summary>
/// Our own mistakes and broken requests, caught once: the log gets the exception, the client a status. Which body
/// the status has is said once too, for programs and for people.
/// </summary>
sealed partial class Faults(RequestDelegate next, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; nobody waits for an answer.
            Gone(e.GetType().Name);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            Begin(context, e.StatusCode);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Failed(e, context.Request.Method, context.TraceIdentifier);
            Begin(context, StatusCodes.Status500InternalServerError);
        }
    }

    static void Begin(HttpContext context, int status)
    {
        context.Response.Clear();
        Guard.Protect(context.Response.Headers);
        // Of whom the call was is not told here any more.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = status;
    }

    [LoggerMessage(1, LogLevel.Error, "A {Method} request failed ({Request})")]
    partial void Failed(Exception e, string method, string request);

    [LoggerMessage(2, LogLevel.Debug, "A client left before its answer ({Exception})")]
    partial void Gone(string exception);
}

/// <summary>The bodies of errors that nobody else has given one.</summary>
static class ErrorBodies
{
    /// <summary>Problem details for programs, the page <c>/error/STATUS</c> for people.</summary>
    public static void UseErrorBodies(this IApplicationBuilder app)
    {
        app.UseWhen(context => context.IsForPrograms, branch => branch.UseStatusCodePages(WriteProblem));
        app.UseWhen(
            context => !context.IsForPrograms,
            branch => branch.UseStatusCodePagesWithReExecute("/error/{0}")
        );
    }

    extension(HttpContext context)
    {
        bool IsForPrograms =>
            context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal);
    }

    static Task WriteProblem(StatusCodeContext status)
    {
        var kind = ProblemKind.Of(status.HttpContext.Response.StatusCode);
        return Answer.Problem(kind, kind.Explanation).SendAsync(status.HttpContext, default);
    }
}
