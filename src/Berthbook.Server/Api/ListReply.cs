using System.Collections.Immutable;

namespace Berthbook.Server.Api;

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="PageSize">How many are on a page at most.</param>
/// <param name="Items">What is on this page; empty after the last.</param>
sealed record ListReply<T>(int Total, int Page, int PageSize, ImmutableArray<T> Items);

/// <summary>Makes pages of lists.</summary>
static class ListReply
{
    /// <summary>The page that is asked for.</summary>
    public static ListReply<T> Of<TSource, T>(
        ImmutableArray<TSource> all,
        Paging paging,
        Func<TSource, T> reply
    )
    {
        var part = paging.Of(all.AsSpan());
        var items = ImmutableArray.CreateBuilder<T>(part.Length);
        foreach (var one in part)
            items.Add(reply(one));
        return new(all.Length, paging.Page, paging.PageSize, items.MoveToImmutable());
    }
}
