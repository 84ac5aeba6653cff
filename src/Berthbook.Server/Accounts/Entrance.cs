using Berthbook.Server.Api;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Lets callers in: finds out who calls, asks every <see cref="Requirement"/> of the endpoint, and answers those it
/// refuses. Programs come with a token, people with a session; neither way takes what belongs to the other.
/// </summary>
sealed class Entrance(
    RequestDelegate next,
    Settings settings,
    Sessions sessions,
    AccountReading accounts,
    RefusedAttempts refusals
)
{
    /// <summary>What an endpoint has that says nothing of who may use it.</summary>
    static readonly Refused Closed = new(ProblemKind.Forbidden, "closed", "Nobody may use this address.");

    static readonly Refused WrongToken = new(
        ProblemKind.Unknown,
        "token",
        "The token is not known, or its time is over; POST /api/v1/tokens makes a new one."
    );

    static readonly Refused OtherSite = new(
        ProblemKind.Forbidden,
        "origin",
        "This came from a page of another site; open the form here and send it again."
    );

    public async Task InvokeAsync(HttpContext context)
    {
        // What is no route is the framework's refusal of a method or a media type, which everybody may read.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }
        var isProgram = IsForPrograms(context);
        if (
            IsAttempt(context.Request)
            && endpoint.Metadata.GetMetadata<Limited>() is not null
            && !refusals.IsWithinLimit(context)
        )
        {
            if (settings.Mode == RegistryMode.Own)
                refusals.NoteTooMany(context);
            await RefuseAsync(context, AddressLimits.Refused, isProgram);
            return;
        }
        var refused = settings.Mode == RegistryMode.Mirror ? null : await IdentifyAsync(context, isProgram);
        refused ??= Judge(endpoint.Metadata.GetOrderedMetadata<Requirement>(), context.Caller);
        if (refused is null)
        {
            if (context.Caller.Actor is not null || endpoint.Metadata.GetMetadata<Limited>() is not null)
                context.Response.Headers.CacheControl = Caching.Nobody;
            await next(context);
            return;
        }
        if (settings.Mode == RegistryMode.Own && IsAttempt(context.Request))
            refused = refusals.Note(context, refused);
        await RefuseAsync(context, refused, isProgram);
    }

    // Who is missing is said before what they may not.
    static Refused? Judge(IReadOnlyList<Requirement> requirements, Caller caller)
    {
        if (requirements.Count == 0)
            return Closed;
        Refused? first = null;
        foreach (var requirement in requirements)
        {
            if (requirement.Judge(caller) is not { } refused)
                continue;
            if (refused.Kind == ProblemKind.Unknown)
                return refused;
            first ??= refused;
        }
        return first;
    }

    async Task<Refused?> IdentifyAsync(HttpContext context, bool isProgram)
    {
        if (isProgram)
        {
            if (TokenOf(context.Request) is not { } token)
                return null;
            if (accounts.OfToken(token) is not { } bearer)
                return WrongToken;
            context.Caller = bearer;
            return null;
        }
        if (IsPage(context) && context.Request.Headers.Cookie.Count > 0)
            context.Caller = await sessions.FindAsync(context);
        return IsAttempt(context.Request) && IsFromOtherSite(context.Request) && IsGuarded(context)
            ? OtherSite
            : null;
    }

    static string? TokenOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var given = request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? given[Scheme.Length..].Trim()
            : null;
    }

    static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    static bool IsPage(HttpContext context) =>
        context.GetEndpoint()!.Metadata.GetMetadata<PageActionDescriptor>() is not null
        || context.GetEndpoint()!.Metadata.GetMetadata<NeedsSession>() is not null;

    // The form that only checks changes nothing and takes a post from anywhere.
    static bool IsGuarded(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimStart('/') is { } route
        && route != "request"
        && !route.StartsWith("error/", StringComparison.Ordinal);

    static bool IsAttempt(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    // A browser says where a post comes from; no origin, as of a page without referrer, is said as null.
    static bool IsFromOtherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin is not ("" or "null")
            && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    static Task RefuseAsync(HttpContext context, Refused refused, bool isProgram)
    {
        var response = context.Response;
        if (refused.Wait is { } wait)
            response.Headers.RetryAfter = AddressLimits.Seconds(wait);
        response.Headers.CacheControl = Caching.Nobody;
        if (isProgram)
        {
            if (refused.Kind.Status == StatusCodes.Status401Unauthorized)
                response.Headers.WWWAuthenticate = "Bearer";
            return refused.ToAnswer().SendAsync(context, default);
        }
        if (refused.Kind.Status == StatusCodes.Status401Unauthorized)
        {
            var here = IsAttempt(context.Request)
                ? "/account"
                : context.Request.Path + context.Request.QueryString;
            response.Redirect($"/account/sign-in?to={Uri.EscapeDataString(here)}");
            return Task.CompletedTask;
        }
        response.StatusCode = refused.Kind.Status;
        context.Features.Set(new PageFault(refused.Words, []));
        return Task.CompletedTask;
    }
}
