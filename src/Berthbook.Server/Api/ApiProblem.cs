using System.Collections.Immutable;
using Berthbook.Answers;
using Microsoft.AspNetCore.WebUtilities;

namespace Berthbook.Server.Api;

/// <summary>A kind of error that the API answers with. Its page is <c>/problems/NAME</c>.</summary>
sealed record ProblemKind(string Name, int Status, string Title, string Explanation)
{
    public static ProblemKind Malformed { get; } =
        new(
            "malformed",
            StatusCodes.Status400BadRequest,
            "The request is malformed",
            "A value in the address, the query or the body is not one: a port number is 0 to 65535 in decimal without sign "
                + "or leading zero, a transport protocol is tcp, udp, sctp or dccp in lower case. A query parameter "
                + "that the address does not know, or that comes twice, is refused as well. "
                + "A document that is sent has no unknown member, none twice and none that its kind does not use. "
                + "\"faults\" names each parameter or member, a member with line and column, and says what it takes."
        );

    public static ProblemKind Unknown { get; } =
        new(
            "unknown",
            StatusCodes.Status401Unauthorized,
            "The server does not know who asks",
            "The address needs an account. Send one of its tokens: Authorization: Bearer bbt_… A token is made by "
                + "POST /api/v1/tokens or on the page /account, and is good until it expires or is revoked."
        );

    public static ProblemKind Forbidden { get; } =
        new(
            "forbidden",
            StatusCodes.Status403Forbidden,
            "The account may not do this",
            "Another office is needed, another scope of the token, or the account has a part in the request and neither "
                + "reviews nor decides it. \"findings\" names the rule where it is one of the registry's."
        );

    public static ProblemKind NotFound { get; } =
        new(
            "not-found",
            StatusCodes.Status404NotFound,
            "There is nothing at this address",
            "The registry has no such service name, contact or revision, or the API has no such address. A port "
                + "number is always found: one that no record lists is Unassigned. Names and ids are percent-encoded "
                + "as one segment of the address, %2F is part of a name: /api/v1/services/914c%2Fg."
        );

    public static ProblemKind MethodNotAllowed { get; } =
        new(
            "method-not-allowed",
            StatusCodes.Status405MethodNotAllowed,
            "The address does not take this method",
            "The header Allow of the answer lists the methods that the address takes."
        );

    public static ProblemKind ReadOnly { get; } =
        new(
            "read-only",
            StatusCodes.Status409Conflict,
            "This registry is a copy",
            "The server mirrors another registry. It takes no requests and decides nothing; that registry does."
        );

    public static ProblemKind Conflict { get; } =
        new(
            "conflict",
            StatusCodes.Status409Conflict,
            "A rule or the state of the request says no",
            "Nothing was changed. \"findings\" lists what the rules refuse, each with its rule, and what to do; the state of "
                + "a request and what may be done to it now is in its reply, in \"state\" and \"may\"."
        );

    public static ProblemKind KeyUsed { get; } =
        new(
            "key-used",
            StatusCodes.Status409Conflict,
            "The idempotency key was used for something else",
            "A key stands for one call: method, address and body. Nothing was done. Send the call with a key of its own."
        );

    public static ProblemKind OtherVersion { get; } =
        new(
            "other-version",
            StatusCodes.Status412PreconditionFailed,
            "The request changed meanwhile",
            "If-Match names another version than is there. Nothing was done. Read the request again, look at what "
                + "changed, and send its entity tag."
        );

    public static ProblemKind NoVersion { get; } =
        new(
            "no-version",
            StatusCodes.Status428PreconditionRequired,
            "The version that was seen is missing",
            "Every action names the version of the request that it is about: If-Match with the entity tag of the "
                + "request's last answer, or * for any version. Nothing was done."
        );

    public static ProblemKind Unavailable { get; } =
        new(
            "unavailable",
            StatusCodes.Status503ServiceUnavailable,
            "Nothing can be stored now",
            "The server's disk does not take what is to be stored, so nothing was done. The same call, with the same "
                + "idempotency key, may work later; /readyz says what is wrong."
        );

    public static ProblemKind TooLarge { get; } =
        new(
            "too-large",
            StatusCodes.Status413PayloadTooLarge,
            "The body is too large",
            "A request document has at most 262144 bytes, several of them together at most 4194304, what is sent to other addresses at most 65536."
        );

    public static ProblemKind MediaType { get; } =
        new(
            "media-type",
            StatusCodes.Status415UnsupportedMediaType,
            "The body is of another media type",
            "A request document is sent as application/json in UTF-8."
        );

    public static ProblemKind TooMany { get; } =
        new(
            "too-many",
            StatusCodes.Status429TooManyRequests,
            "Too many tries",
            "Signing in, making accounts and tokens and asking for mail are limited for each account and each network address. The "
                + "header Retry-After says how many seconds to wait."
        );

    public static ProblemKind Failed { get; } =
        new(
            "failed",
            StatusCodes.Status500InternalServerError,
            "The server made a mistake",
            "The fault is ours and is in the server's log. The same request may work later."
        );

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        Malformed,
        Unknown,
        Forbidden,
        NotFound,
        MethodNotAllowed,
        Conflict,
        KeyUsed,
        ReadOnly,
        OtherVersion,
        TooLarge,
        MediaType,
        NoVersion,
        TooMany,
        Failed,
        Unavailable,
    ];

    /// <summary>Where the kind is explained.</summary>
    public string Address => $"/problems/{Name}";

    /// <summary>The kind that a status without further words stands for.</summary>
    public static ProblemKind Of(int status) =>
        All.FirstOrDefault(kind => kind.Status == status)
        ?? (status < StatusCodes.Status500InternalServerError ? Malformed : Failed) with
        {
            Status = status,
            Title = ReasonPhrases.GetReasonPhrase(status),
        };
}

/// <summary>What is wrong at one place of what was sent.</summary>
/// <param name="Line">The line of a file, from 1; null where it is no file.</param>
/// <param name="Column">The column of a file, from 1; null where it is no file.</param>
/// <param name="Field">The parameter or element that is wrong, or null.</param>
/// <param name="Message">What is wrong and what is expected.</param>
sealed record Fault(int? Line, int? Column, string? Field, string Message);

/// <summary>An error as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Type">The kind of problem: the address of the page that explains it.</param>
/// <param name="Title">What the kind is called.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">What is wrong here, and what to do.</param>
/// <param name="Faults">Where what was sent is not well-formed; none elsewhere.</param>
/// <param name="Findings">What the rules find; none where no rule is the cause.</param>
sealed record ProblemReply(
    string Type,
    string Title,
    int Status,
    string Detail,
    ImmutableArray<Fault> Faults,
    ImmutableArray<FindingReply> Findings
)
{
    public const string MediaType = "application/problem+json";
}

/// <summary>The pages that explain each kind of problem.</summary>
static class ProblemPages
{
    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapProblems(this IEndpointRouteBuilder app) =>
        app.MapMethods("/problems/{name}", Reading, Explain).ExcludeFromDescription();

    static Task Explain(HttpContext context)
    {
        var name = context.Request.RouteValues["name"] as string;
        if (ProblemKind.All.FirstOrDefault(kind => kind.Name == name) is not { } known)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            $"{known.Title} ({known.Status})\n\n{known.Explanation}\n",
            context.RequestAborted
        );
    }
}
