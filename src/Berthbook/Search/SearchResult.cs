using System.Collections.Immutable;

namespace Berthbook.Search;

/// <summary>What a found thing is.</summary>
public enum SearchKind : byte
{
    /// <summary>A service name with all its records, its old spellings' included.</summary>
    Service,

    /// <summary>A port number or range: one that was asked for, or one whose records have no service name.</summary>
    Port,

    /// <summary>A contact.</summary>
    Contact,

    /// <summary>A record with neither service name nor port number.</summary>
    Record,
}

/// <summary>The names of the kinds as answers write them.</summary>
public static class SearchKinds
{
    /// <summary>The name in lower case: <c>service</c>.</summary>
    public static string Name(this SearchKind kind) =>
        kind switch
        {
            SearchKind.Service => "service",
            SearchKind.Port => "port",
            SearchKind.Contact => "contact",
            _ => "record",
        };
}

/// <summary>One found thing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Title">The service name as the registry writes it, the port number or range, or what the contact is called.</param>
/// <param name="Address">The address of its page, percent-encoded: <c>/services/https</c>, <c>/ports/443</c>, <c>/contacts/ID</c>.</param>
/// <param name="Score">
/// How well it answers, above 0 and at most 1, falling. 1 is an exact name; compare it within one answer only.
/// </param>
/// <param name="Record">The record that answers best, or null for a contact and for a number that no record lists.</param>
/// <param name="Why">What of it was found, in words: <c>the name begins with it</c>.</param>
/// <param name="Records">All records of it, in document order; empty for a contact.</param>
public sealed record SearchItem(
    SearchKind Kind,
    string Title,
    string Address,
    double Score,
    RegistryRecord? Record,
    string Why,
    ImmutableArray<RegistryRecord> Records
)
{
    /// <summary>The contact that it is, or null.</summary>
    public Contact? Contact { get; init; }
}

/// <summary>The answer to a search.</summary>
/// <param name="Query">What was asked, white space folded.</param>
/// <param name="Total">How many things were found; <see cref="Items"/> may be fewer.</param>
/// <param name="Items">The best of them, best first.</param>
/// <param name="HasExact">Whether something has all that was asked for; else these are the nearest things.</param>
public sealed record SearchResult(string Query, int Total, ImmutableArray<SearchItem> Items, bool HasExact);
