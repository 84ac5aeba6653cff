using Berthbook.Server.Api;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Berthbook.Server.Accounts;

/// <summary>Notes posts that came without the token of their form.</summary>
sealed class ForgedPosts(RefusedAttempts refusals) : IAlwaysRunResultFilter
{
    static readonly Refused Forged = new(ProblemKind.Malformed, "form", "");

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not IAntiforgeryValidationFailedResult)
            return;
        var answered = refusals.Note(context.HttpContext, Forged);
        if (answered.Wait is not { } wait)
            return;
        context.HttpContext.Response.Headers.RetryAfter = AddressLimits.Seconds(wait);
        context.Result = new StatusCodeResult(answered.Kind.Status);
    }

    public void OnResultExecuted(ResultExecutedContext context) { }
}
