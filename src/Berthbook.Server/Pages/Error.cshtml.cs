using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;

namespace Berthbook.Server.Pages;

/// <summary>Says why there is no page, and where else to look. Answers for every method that was refused.</summary>
[IgnoreAntiforgeryToken]
sealed class ErrorModel(CurrentRegistry current) : RegistryPage(current)
{
    /// <summary>The status, 400 to 599.</summary>
    public int Status { get; private set; } = StatusCodes.Status404NotFound;

    public string Reason => ReasonPhrases.GetReasonPhrase(Status);

    public PageFault Fault { get; private set; } = null!;

    public override string Title => $"{Status} {Reason}";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (int.TryParse((string?)RouteData.Values["code"], out var code) && code is >= 400 and < 600)
            Status = code;
        Fault = HttpContext.Features.Get<PageFault>() ?? new(UsualWords, []);
        Response.StatusCode = Status;
        Response.Headers.CacheControl = Caching.Nobody;
    }

    string UsualWords =>
        Status switch
        {
            400 => "The registry cannot read this address.",
            404 => "There is no page at this address.",
            405 => $"This address answers {Words.List(Response.Headers.Allow.ToString().Split(", "))} only.",
            413 => "That is more than this address reads.",
            429 => "That is more than one client may ask for at a time. Please try again in a moment.",
            503 => "The registry is not ready. Please try again in a moment.",
            >= 500 => "The server made a mistake. It is in the log, and nothing was changed.",
            _ => "The server refused the request.",
        };
}
