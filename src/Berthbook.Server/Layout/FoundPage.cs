using Berthbook.Search;

namespace Berthbook.Server.Layout;

/// <summary>What a search found, for its page.</summary>
sealed record FoundPage(SearchResult Result)
{
    /// <summary>How many things the page shows.</summary>
    public const int Most = 50;

    const int MostPlaces = 4;

    /// <summary>Where a service is: its first numbers with their transport protocols.</summary>
    public static IEnumerable<(PortRange Number, IEnumerable<TransportProtocol> Transports)> Places(
        SearchItem item
    ) =>
        item.Kind != SearchKind.Service
            ? []
            : item
                .Records.Where(record =>
                    record.Number is not null && record.Kind() != RecordKind.HistoricAlias
                )
                .GroupBy(record => record.Number!.Value)
                .Take(MostPlaces)
                .Select(group =>
                    (
                        group.Key,
                        group.Select(record => record.Transport).OfType<TransportProtocol>().Distinct()
                    )
                );

    /// <summary>What an item is, in one line.</summary>
    public static string Summary(SearchItem item) =>
        item switch
        {
            { Contact.Organization: { } organization } => organization,
            { Kind: SearchKind.Contact } => "",
            { Record: { } record } => record.Summary,
            _ => "No record lists it",
        };
}
