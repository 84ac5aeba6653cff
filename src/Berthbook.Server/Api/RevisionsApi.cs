using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Berthbook.Journal;

namespace Berthbook.Server.Api;

/// <summary>How many were added, removed and changed.</summary>
sealed record CountsOfChanges(int Added, int Removed, int Changed)
{
    public static CountsOfChanges Of(ChangeCounts counts) =>
        new(counts.Added, counts.Removed, counts.Changed);
}

/// <summary>The file that a revision came from.</summary>
/// <param name="Name">Its name or address.</param>
/// <param name="Size">Its size in bytes, unpacked.</param>
/// <param name="Sha256">Its SHA-256, unpacked.</param>
/// <param name="Updated">The day of last update that it states, or null.</param>
sealed record SourceReply(string Name, long Size, string Sha256, string? Updated);

/// <summary>A revision without its changes.</summary>
/// <param name="Revision">The number, from 1.</param>
/// <param name="Updated">The registry's day of last update after it, or null.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Who">Who made it.</param>
/// <param name="Why">Why, in words.</param>
/// <param name="Request">The number of the request behind it, or null.</param>
/// <param name="Source">The file it came from, or null.</param>
/// <param name="Records">Counts of records; one with another key is one removed and one added.</param>
/// <param name="Contacts">Counts of contacts.</param>
/// <param name="Hash">The hash of the revision.</param>
/// <param name="Previous">The hash of the revision before.</param>
record RevisionSummary(
    int Revision,
    string? Updated,
    DateTimeOffset Time,
    string Who,
    string Why,
    int? Request,
    SourceReply? Source,
    CountsOfChanges Records,
    CountsOfChanges Contacts,
    string Hash,
    string Previous
)
{
    public static RevisionSummary Of(Revision revision) =>
        new(
            revision.Number,
            revision.Updated?.ToString(),
            revision.Time,
            revision.Who,
            revision.Why,
            revision.Request,
            revision.Source is { } source
                ? new(source.Name, source.Size, source.Sha256, source.Updated?.ToString())
                : null,
            CountsOfChanges.Of(revision.Records),
            CountsOfChanges.Of(revision.Contacts),
            revision.Hash,
            revision.Previous
        );
}

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
