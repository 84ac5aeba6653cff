using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Server.Accounts;
using Berthbook.Server.Hosting;
using Berthbook.Server.Layout;
using Microsoft.Net.Http.Headers;

namespace Berthbook.Server.Api;

/// <summary>One address of the API: what answers it, and what its description says.</summary>
/// <param name="Id">The name of the operation for generators of clients.</param>
/// <param name="Path">The address below <c>/api/v1</c>, path parameters in braces.</param>
/// <param name="Summary">What it gives, in one line.</param>
/// <param name="Reply">The type of a good answer.</param>
/// <param name="AnswerAsync">Answers a call; where the address takes a query, refuses one with faults.</param>
sealed record ApiOperation(
    string Id,
    string Path,
    string Summary,
    Type Reply,
    Func<Call, ValueTask<Answer>> AnswerAsync
)
{
    /// <summary>An operation that waits for nothing.</summary>
    public ApiOperation(string id, string path, string summary, Type reply, Func<Call, Answer> answer)
        : this(id, path, summary, reply, call => ValueTask.FromResult(answer(call))) { }

    /// <summary>What more there is to say of it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The parameters in braces, in their order.</summary>
    public ImmutableArray<Parameter> Segments { get; init; } = [];

    /// <summary>The parameters of the query.</summary>
    public ImmutableArray<Parameter> Query { get; init; } = [];

    /// <summary>The headers that it reads beside those that every address does.</summary>
    public ImmutableArray<Parameter> Headers { get; init; } = [];

    /// <summary>The JSON that is sent to the address; null where there is none.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>The one method that it takes; null for one to be read, or to be posted to where it has a body.</summary>
    public string? Verb { get; init; }

    /// <summary>The methods that it takes.</summary>
    public string[] Methods =>
        Verb is { } verb ? [verb]
        : Body is null ? [HttpMethods.Get, HttpMethods.Head]
        : [HttpMethods.Post];

    /// <summary>The status of a good answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Who may use it: each requirement an object of its own in the endpoint's metadata.</summary>
    public ImmutableArray<object> Requirements { get; init; } = [ForEverybody.Alone];

    /// <summary>Whether only a registry of one's own has it.</summary>
    public bool IsOfOwn { get; init; }

    /// <summary>The problems that it may answer with beside those that follow from what is said here.</summary>
    public ImmutableArray<ProblemKind> Problems { get; init; } = [];

    /// <summary>Whether it takes one document or a list, and answers likewise.</summary>
    public bool IsOneOrMany { get; init; }

    /// <summary>Whether it may say that there is no such thing.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>Whether the answer is more than a function of the revision, so that its bytes make its entity tag.</summary>
    public bool IsOfTheMoment { get; init; }
}

/// <summary>A body of JSON that an operation takes.</summary>
/// <param name="Name">The name of its schema in the description.</param>
/// <param name="Schema">Its JSON Schema.</param>
/// <param name="MaxBytes">The most bytes that are read of it.</param>
/// <param name="IsOptional">Whether nothing may be sent, which is an empty object.</param>
sealed record ApiBody(string Name, ReadOnlyMemory<byte> Schema, int MaxBytes, bool IsOptional = false);

/// <summary>One call of an operation: what is asked, and the snapshot that it is asked of.</summary>
sealed class Call(HttpContext context, ApiOperation operation, SnapshotAnswers ready)
{
    public HttpContext Context => context;

    public SnapshotAnswers Ready => ready;

    public Snapshot Snapshot => ready.Snapshot;

    public RegistryIndex Index => ready.Snapshot.Index;

    public ApiQuery Query { get; } = new(context.Request.Query, operation.Query);

    /// <summary>The value of a path parameter that takes a number or a word.</summary>
    public string Segment(string name) => (string?)context.Request.RouteValues[name] ?? "";

    /// <summary>
    /// The number that a path parameter is; what is none is tried as 0, which nothing has, so that the attempt is noted.
    /// </summary>
    public int Number(string name) =>
        int.TryParse(Segment(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>A name or id, which is any text: what follows the folder in the address.</summary>
    public string NameAfter(string folder) => Addresses.NameAfter(context, folder);

    /// <summary>The answer to a query with faults, or null where it has none. Ask after the last parameter is read.</summary>
    public Answer? Refusal =>
        Query.Faults is [var first, ..] faults
            ? Answer.Problem(ProblemKind.Malformed, first.Message, faults)
            : null;

    /// <summary>Something that the server is made of.</summary>
    public T Of<T>()
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    /// <summary>The answer to somebody who may not do it, with what a client reads of its headers.</summary>
    public Answer Refuse(Refused refused)
    {
        if (refused.Wait is { } wait)
            context.Response.Headers.RetryAfter = AddressLimits.Seconds(wait);
        if (refused.Kind.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return refused.ToAnswer();
    }

    /// <summary>The body; empty where the operation takes none.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Answers a call.</summary>
    public async Task AnswerAsync()
    {
        if (operation.Body is { } wanted && await ReadAsync(wanted) is { } refused)
        {
            await refused.SendAsync(context, default);
            return;
        }
        // An operation with a query asks for the refusal itself, once it has read the values.
        var answer = (operation.Query.IsEmpty ? Refusal : null) ?? await operation.AnswerAsync(this);
        var etag =
            operation.Body is not null || operation.Verb is not null ? default
            : operation.IsOfTheMoment ? SnapshotAnswers.TagOf(answer.Body.Span)
            : ready.Tag;
        await answer.SendAsync(context, etag);
    }

    static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // Reads the body, or says why not.
    async Task<Answer?> ReadAsync(ApiBody wanted)
    {
        var isSent =
            context.Request.ContentType is not null || context.Request.ContentLength is not (null or 0);
        if ((isSent || !wanted.IsOptional) && !IsJson(context.Request))
            return Answer.OtherMedia(context.Request.ContentType);
        if (await PostedBody.ReadAsync(context, wanted.MaxBytes) is not { } body)
            return Answer.TooLarge(wanted.MaxBytes);
        Body = body;
        return null;
    }
}
