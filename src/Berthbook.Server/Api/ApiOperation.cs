using System.Collections.Immutable;
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
/// <param name="Answer">Answers a call; where the address takes a query, refuses one with faults.</param>
sealed record ApiOperation(string Id, string Path, string Summary, Type Reply, Func<Call, Answer> Answer)
{
    /// <summary>What more there is to say of it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The parameters in braces, in their order.</summary>
    public ImmutableArray<Parameter> Segments { get; init; } = [];

    /// <summary>The parameters of the query.</summary>
    public ImmutableArray<Parameter> Query { get; init; } = [];

    /// <summary>The JSON that is posted to the address; null where it is one to be read.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>An operation that waits for the database.</summary>
    public ApiOperation(string id, string path, string summary, Type reply, Func<Call, Task<Answer>> later)
        : this(id, path, summary, reply, _ => throw new InvalidOperationException("asked without waiting")) =>
        Later = later;

    /// <summary>Answers a call in a while; null where <see cref="Answer"/> does at once.</summary>
    public Func<Call, Task<Answer>>? Later { get; }

    /// <summary>The method of one that changes something, where it is not the usual one.</summary>
    public string? Method { get; init; }

    /// <summary>The methods that it takes.</summary>
    public string[] Methods =>
        Method is { } method ? [method]
        : Body is null ? [HttpMethods.Get, HttpMethods.Head]
        : [HttpMethods.Post];

    /// <summary>Who may use it.</summary>
    public ImmutableArray<Requirement> Needs { get; init; } = [ForEverybody.Alone];

    /// <summary>Whether its posts count against the network address that they come from.</summary>
    public bool IsLimited { get; init; }

    /// <summary>Whether only a registry of one's own has it.</summary>
    public bool IsOfOwn { get; init; }

    /// <summary>The status of a good answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether how things are may say no.</summary>
    public bool MayConflict { get; init; }

    /// <summary>Whether it may say that there is no such thing.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>Whether the answer is more than a function of the revision, so that its bytes make its entity tag.</summary>
    public bool IsOfTheMoment { get; init; }
}

/// <summary>A body of JSON that an operation takes.</summary>
/// <param name="Name">The name of its schema in the description.</param>
/// <param name="Schema">Its JSON Schema.</param>
/// <param name="MaxBytes">The most bytes that are read of it.</param>
sealed record ApiBody(string Name, ReadOnlyMemory<byte> Schema, int MaxBytes);

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
        var answer =
            (operation.Query.IsEmpty ? Refusal : null)
            ?? (operation.Later is { } later ? await later(this) : operation.Answer(this));
        var etag =
            !operation.Methods.Contains(HttpMethods.Get) ? default
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
        if (!IsJson(context.Request))
            return Answer.OtherMedia(context.Request.ContentType);
        if (await PostedBody.ReadAsync(context, wanted.MaxBytes) is not { } body)
            return Answer.TooLarge(wanted.MaxBytes);
        Body = body;
        return null;
    }
}
