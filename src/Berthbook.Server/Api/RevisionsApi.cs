using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Berthbook.Answers;
using Berthbook.Journal;

namespace Berthbook.Server.Api;

/// <summary>A revision with a page of its changes.</summary>
sealed record RevisionReply : RevisionSummary
{
    public RevisionReply(RevisionSummary summary, ListReply<ChangeReply> changes)
        : base(summary)
    {
        (Total, Page, PageSize, Changes) = (changes.Total, changes.Page, changes.PageSize, changes.Items);
    }

    /// <summary>How many changes there are on all pages.</summary>
    [JsonPropertyOrder(1)]
    public int Total { get; }

    /// <summary>The page of changes, from 1.</summary>
    [JsonPropertyOrder(1)]
    public int Page { get; }

    /// <summary>How many changes are on a page at most.</summary>
    [JsonPropertyOrder(1)]
    public int PageSize { get; }

    /// <summary>The changes: the header first, then contacts, then records.</summary>
    [JsonPropertyOrder(1)]
    public ImmutableArray<ChangeReply> Changes { get; }
}

/// <summary>What is different between two revisions, in pages.</summary>
sealed record DiffReply(int Total, int Page, int PageSize, ImmutableArray<ChangeReply> Changes);

/// <summary>Answers what changed when, by whom and why.</summary>
static class RevisionsApi
{
    static readonly Parameter Number = new(
        "revision",
        "The number of the revision, from 1.",
        ParameterType.Revision
    );

    // A revision made by hand comes whole; only an import of a whole registry has pages.
    static readonly Parameter ChangesPageSize = Parameter.PageSize with
    {
        Description = $"How many changes are on a page, 1 to {ApiQuery.MaxPageSize}, which is the default.",
        Type = ParameterType.ChangesPageSize,
    };

    public static readonly ApiOperation List = new(
        "listRevisions",
        "/revisions",
        "All revisions, the newest first",
        typeof(ListReply<RevisionSummary>),
        ListRevisions
    )
    {
        Query = [Parameter.Page, Parameter.PageSize],
    };

    public static readonly ApiOperation Find = new(
        "getRevision",
        "/revisions/{revision}",
        "A revision with its changes",
        typeof(RevisionReply),
        FindRevision
    )
    {
        Description = "total, page and pageSize are of the changes.",
        Segments = [Number],
        Query = [Parameter.Page, ChangesPageSize],
        MayBeMissing = true,
    };

    public static readonly ApiOperation Diff = new(
        "getDiff",
        "/diff",
        "What is different between two revisions",
        typeof(DiffReply),
        FindDiff
    )
    {
        Query =
        [
            new("from", "The number of the revision before.", ParameterType.Revision, IsRequired: true),
            new(
                "to",
                "The number of the revision after; it may be the lesser.",
                ParameterType.Revision,
                true
            ),
            Parameter.Page,
            ChangesPageSize,
        ],
        MayBeMissing = true,
    };

    static Answer ListRevisions(Call call)
    {
        var paging = call.Query.Paging();
        if (call.Refusal is { } refusal)
            return refusal;
        ImmutableArray<Revision> newestFirst = [.. call.Snapshot.History.Revisions.Reverse()];
        return Answer.Ok(
            ListReply.Of(newestFirst, paging, RevisionSummary.Of),
            ApiJson.Default.ListReplyRevisionSummary
        );
    }

    static Answer FindRevision(Call call)
    {
        var paging = call.Query.Paging(ApiQuery.MaxPageSize);
        if (call.Refusal is { } refusal)
            return refusal;
        var text = call.Segment(Number.Name);
        if (!ApiQuery.TryParseNumber(text, out var number))
            return Answer.Malformed(Number.Name, $"'{text}' is not the number of a revision");
        var revisions = call.Snapshot.History.Revisions;
        if (number == 0 || number > revisions.Length)
            return Missing(number, revisions.Length);
        var revision = revisions[number - 1];
        return Answer.Ok(
            new(RevisionSummary.Of(revision), ListReply.Of(revision.Changes, paging, ChangeReply.Of)),
            ApiJson.Default.RevisionReply
        );
    }

    static Answer FindDiff(Call call)
    {
        var from = call.Query.Number("from", 0, int.MaxValue);
        var to = call.Query.Number("to", 0, int.MaxValue);
        var paging = call.Query.Paging(ApiQuery.MaxPageSize);
        if (call.Refusal is { } refusal)
            return refusal;
        var history = call.Snapshot.History;
        foreach (var number in (int[])[from!.Value, to!.Value])
        {
            if (number == 0 || number > history.Revisions.Length)
                return Missing(number, history.Revisions.Length);
        }
        var changes = ListReply.Of(
            Differ.Compare(history.At(from.Value), history.At(to.Value)!),
            paging,
            ChangeReply.Of
        );
        return Answer.Ok(
            new(changes.Total, changes.Page, changes.PageSize, changes.Items),
            ApiJson.Default.DiffReply
        );
    }

    static Answer Missing(int number, int last) =>
        Answer.NotFound(
            last == 0
                ? $"There is no revision {number}: the registry has none yet."
                : $"There is no revision {number}: the last is {last}."
        );
}
