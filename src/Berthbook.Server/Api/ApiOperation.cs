using System.Collections.Immutable;
using Berthbook.Server.Layout;

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

    /// <summary>Whether it may say that there is no such thing.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>Whether the answer is more than a function of the revision, so that its bytes make its entity tag.</summary>
    public bool IsOfTheMoment { get; init; }
}

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

    /// <summary>Answers a call.</summary>
    public Task AnswerAsync()
    {
        // An operation with a query asks for the refusal itself, once it has read the values.
        var answer = (operation.Query.IsEmpty ? Refusal : null) ?? operation.Answer(this);
        var etag = operation.IsOfTheMoment ? SnapshotAnswers.TagOf(answer.Body.Span) : ready.Tag;
        return answer.SendAsync(context, etag);
    }
}
