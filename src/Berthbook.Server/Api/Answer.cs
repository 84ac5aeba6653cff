using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Berthbook.Answers;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Berthbook.Server.Api;

/// <summary>What a call is answered with: a status, a media type and bytes.</summary>
sealed record Answer(int Status, string MediaType, ReadOnlyMemory<byte> Body)
{
    public const string Json = "application/json; charset=utf-8";

    static readonly StringValues NoCache = "no-cache";

    /// <summary>An entity tag of its own, in quotes; null where the address has one for all.</summary>
    public string? ETag { get; init; }

    /// <summary>Where what was made is; null where nothing was.</summary>
    public string? Location { get; init; }

    /// <summary>What the rules find, told in a problem by each rule.</summary>
    public static Answer Problem(
        ProblemKind kind,
        string detail,
        ImmutableArray<Fault> faults,
        ImmutableArray<FindingReply> findings
    ) =>
        new(
            kind.Status,
            ProblemReply.MediaType,
            JsonSerializer.SerializeToUtf8Bytes(
                new(kind.Address, kind.Title, kind.Status, detail, faults, findings),
                ApiJson.Default.ProblemReply
            )
        );

    /// <summary>200 with a reply.</summary>
    public static Answer Ok<T>(T reply, JsonTypeInfo<T> type) =>
        new(StatusCodes.Status200OK, Json, JsonSerializer.SerializeToUtf8Bytes(reply, type));

    /// <summary>201 with a reply.</summary>
    public static Answer Created<T>(T reply, JsonTypeInfo<T> type) =>
        Ok(reply, type) with
        {
            Status = StatusCodes.Status201Created,
        };

    /// <summary>204: it is done, and there is nothing to say.</summary>
    public static Answer Done { get; } = new(StatusCodes.Status204NoContent, "", default);

    /// <summary>An error, told in words and by place.</summary>
    public static Answer Problem(ProblemKind kind, string detail, params IEnumerable<Fault> faults) =>
        Problem(kind, detail, [.. faults], []);

    /// <summary>400 about one parameter.</summary>
    public static Answer Malformed(string field, string message) =>
        Problem(ProblemKind.Malformed, message, new Fault(null, null, field, message));

    /// <summary>415 to a body that is no JSON.</summary>
    public static Answer OtherMedia(string? given) =>
        Problem(
            ProblemKind.MediaType,
            given is null
                ? "The body has no media type; send application/json."
                : $"The body is {given}; send application/json."
        );

    /// <summary>413 to a body of more bytes than are read.</summary>
    public static Answer TooLarge(int maxBytes) =>
        Problem(
            ProblemKind.TooLarge,
            string.Create(CultureInfo.InvariantCulture, $"The body has more than {maxBytes} bytes.")
        );

    /// <summary>404 about a name, a contact or a revision.</summary>
    public static Answer NotFound(string detail) => Problem(ProblemKind.NotFound, detail);

    /// <summary>
    /// Sends the answer. A good one of a read has an entity tag, and the body stays away where the client has it already
    /// (RFC 9110 section 13.1.2) or asked for the head alone.
    /// </summary>
    public Task SendAsync(HttpContext context, StringValues etag)
    {
        var response = context.Response;
        response.StatusCode = Status;
        // What belongs to somebody was marked before.
        if (response.Headers.CacheControl.Count == 0)
            response.Headers.CacheControl = NoCache;
        if (Location is not null)
            response.Headers.Location = Location;
        if (ETag is not null)
            etag = ETag;
        if (Status < StatusCodes.Status300MultipleChoices && etag.Count > 0)
        {
            response.Headers.ETag = etag;
            if (IsRead(context.Request.Method) && IsKnown(context.Request.Headers.IfNoneMatch, etag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }
        if (Status == StatusCodes.Status204NoContent)
            return Task.CompletedTask;
        response.ContentType = MediaType;
        response.ContentLength = Body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
    }

    static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    static bool IsKnown(StringValues known, StringValues etag)
    {
        if (known.Count == 0)
            return false;
        if (known == etag)
            return true;
        var ours = new EntityTagHeaderValue(etag.ToString());
        return EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(ours, false));
    }
}
