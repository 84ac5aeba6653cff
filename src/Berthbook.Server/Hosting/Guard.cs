using Microsoft.Extensions.Primitives;

namespace Berthbook.Server.Hosting;

/// <summary>
/// What holds for every answer and every request, whatever they are about: the headers that keep a browser safe
/// (reliability.md P20), one length only for a body (T24), and the host's name where the operator gave one (T17).
/// </summary>
sealed class Guard(RequestDelegate next, Settings settings)
{
    static readonly StringValues ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";
    static readonly StringValues NoSniff = "nosniff";
    static readonly StringValues NoReferrer = "no-referrer";
    static readonly StringValues Deny = "DENY";

    // Probes come from the platform, under whatever name it has for this machine.
    static readonly string[] Probes = ["/healthz", "/readyz", "/metrics"];

    readonly string? host = settings.PublicUrl?.Authority;

    public Task InvokeAsync(HttpContext context)
    {
        Protect(context.Response.Headers);
        var headers = context.Request.Headers;
        if (headers.TransferEncoding.Count > 0 && HasLength(headers))
            return Refuse(context, "A request has either a Content-Length or a Transfer-Encoding.");
        if (host is not null && !IsOurs(context.Request))
            return Refuse(context, $"This server answers for {host}.");
        // Behind a proxy that ends TLS the connection is plain, and the operator says what people see.
        if (settings.PublicUrl is { } address)
            context.Request.Scheme = address.Scheme;
        return next(context);
    }

    /// <summary>Puts the headers on an answer. For whoever clears an answer and begins it anew.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = NoReferrer;
        headers.XFrameOptions = Deny;
    }

    // Kestrel moves the length of a chunked request to X-Content-Length.
    static bool HasLength(IHeaderDictionary headers) =>
        headers.ContentLength is not null || headers.ContainsKey("X-Content-Length");

    bool IsOurs(HttpRequest request) =>
        string.Equals(request.Host.Value, host, StringComparison.OrdinalIgnoreCase)
        || Probes.Contains(request.Path.Value);

    static Task Refuse(HttpContext context, string words)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.Connection = "close";
        return context.Response.WriteAsync(words + "\n", context.RequestAborted);
    }
}
