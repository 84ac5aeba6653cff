using Berthbook.Server.Api;
using Berthbook.Server.Layout;
using Berthbook.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

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
        catch (Exception e) when (!context.Response.HasStarted && IsOfStorage(e))
        {
            NotStored(e, context.Request.Method, context.TraceIdentifier);
            Begin(context, StatusCodes.Status503ServiceUnavailable);
            context.Response.Headers.RetryAfter = SecondsToWait;
            context.Features.Set(
                new PageFault(
                    "The registry cannot store anything at the moment, so nothing was done. Please try again later.",
                    []
                )
            );
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Failed(e, context.Request.Method, context.TraceIdentifier);
            Begin(context, StatusCodes.Status500InternalServerError);
        }
    }

    // The disk or the database does not do; what is wrong with a statement is our own mistake.
    static bool IsOfStorage(Exception fault) =>
        fault switch
        {
            StorageException => true,
            DbUpdateException { InnerException: SqliteException inner } => IsOfStorage(inner),
            SqliteException { SqliteErrorCode: var code } => code
                is Busy
                    or Locked
                    or ReadOnly
                    or InputOutput
                    or Corrupt
                    or Full
                    or CannotOpen
                    or NoDatabase,
            _ => false,
        };

    // After which time what could not be stored may be tried again.
    const string SecondsToWait = "60";

    // SQLite's primary result codes.
    const int Busy = 5;
    const int Locked = 6;
    const int ReadOnly = 8;
    const int InputOutput = 10;
    const int Corrupt = 11;
    const int Full = 13;
    const int CannotOpen = 14;
    const int NoDatabase = 26;

    static void Begin(HttpContext context, int status)
    {
        context.Response.Clear();
        Guard.Protect(context.Response.Headers);
        // Of whom the call was is not told here any more.
        context.Response.Headers.CacheControl = Caching.Nobody;
        context.Response.StatusCode = status;
    }

    [LoggerMessage(1, LogLevel.Error, "A {Method} request failed ({Request})")]
    partial void Failed(Exception e, string method, string request);

    [LoggerMessage(3, LogLevel.Error, "Nothing could be stored for a {Method} request ({Request})")]
    partial void NotStored(Exception e, string method, string request);

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
