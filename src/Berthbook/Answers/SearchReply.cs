using System.Collections.Immutable;
using Berthbook.Search;

namespace Berthbook.Answers;

/// <summary>What a search found: a list of one page, the best things first.</summary>
/// <param name="Total">How many things were found.</param>
/// <param name="Page">The page, always 1: who wants more asks for more.</param>
/// <param name="PageSize">How many things there are at most, which is the limit that was asked for.</param>
/// <param name="Items">The best things, best first.</param>
public sealed record SearchReply(int Total, int Page, int PageSize, ImmutableArray<SearchItemReply> Items)
{
    /// <summary>The reply that an answer makes.</summary>
    public static SearchReply Of(SearchResult result, int limit) =>
        new(result.Total, 1, limit, [.. result.Items.Select(SearchItemReply.Of)]);
}

/// <summary>One found thing.</summary>
/// <param name="Kind">What it is: <c>service</c>, <c>port</c>, <c>contact</c> or <c>record</c>.</param>
/// <param name="Title">The service name, the port number or range, or what the contact is called.</param>
/// <param name="Url">The address of its page.</param>
/// <param name="Score">How well it answers, above 0 and at most 1; to be compared within one answer.</param>
/// <param name="Record">The record that answers best; null for a contact and for a number that no record lists.</param>
/// <param name="Why">What of it was found, in words.</param>
public sealed record SearchItemReply(
    string Kind,
    string Title,
    string Url,
    double Score,
    RegistryRecord? Record,
    string Why
)
{
    /// <summary>The reply that an item makes.</summary>
    public static SearchItemReply Of(SearchItem item) =>
        new(item.Kind.Name(), item.Title, item.Address, item.Score, item.Record, item.Why);
}
