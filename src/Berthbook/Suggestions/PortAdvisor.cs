using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Journal;

namespace Berthbook.Suggestions;

/// <summary>
/// Suggests port numbers to apply for, and explains any number. Only numbers that are effectively Unassigned on every
/// transport asked for are suggested (procedures P2, P3, P5, P11), and none whose widespread use the registry notes
/// (P12). Immutable; safe to use from several threads.
/// </summary>
/// <param name="lookup">The registry.</param>
/// <param name="history">Its revisions, which tell what was assigned before; null where there are none.</param>
public sealed class PortAdvisor(RegistryLookup lookup, History? history = null)
{
    static readonly PortRange All = new(0, PortNumber.Count - 1);

    readonly Lazy<PortMarks> marks = new(() => new(lookup, new(lookup, history, All)));

    /// <summary>
    /// The numbers that have most for and least against them. Cost: a few passes over the range, and one more for each
    /// suggestion; nothing is allocated for a number that is not suggested.
    /// </summary>
    /// <param name="query">What is asked; its numbers are within the bounds that it states.</param>
    /// <param name="host">What the asker's host says, or null.</param>
    /// <exception cref="ArgumentException">The query names no transport, or a count or block out of bounds.</exception>
    public SuggestionAnswer Suggest(SuggestionQuery query, HostFacts? host = null)
    {
        if (query.Transports.IsDefaultOrEmpty)
            throw new ArgumentException("A query names at least one transport", nameof(query));
        if (
            query.Count is < 1 or > SuggestionQuery.MaxCount
            || query.Block is < 1 or > SuggestionQuery.MaxBlock
        )
            throw new ArgumentException("The count or the block is out of bounds", nameof(query));
        var facts = host ?? HostFacts.None;
        var search = new SuggestionSearch(lookup, marks.Value, query, facts);
        var words = new ReasonWords(lookup, marks.Value, facts);
        var items = search.Run().Select(found => Suggestion(query, found, words)).ToImmutableArray();
        return new(query, search.Free, items, Shortfall(query, search, items.Length));
    }

    /// <summary>What a number is and what speaks for and against using it, whatever its state.</summary>
    /// <param name="port">The number.</param>
    /// <param name="transports">The transports asked about; all where none is named.</param>
    /// <param name="host">What the asker's host says, or null.</param>
    public PortExplanation Explain(
        PortNumber port,
        ImmutableArray<TransportProtocol> transports = default,
        HostFacts? host = null
    ) =>
        new PortExplaining(lookup, new(lookup, new(lookup, history, new(port))), host ?? HostFacts.None).Of(
            port,
            transports.IsDefaultOrEmpty ? [.. TransportProtocols.All] : transports
        );

    static Suggestion Suggestion(SuggestionQuery query, SuggestionSearch.Found found, ReasonWords words)
    {
        var ports = found.Ports;
        var reasons = words.Of(ports, found.Marks, query.Transports);
        if (query.Near is { } near)
            reasons = reasons.Prepend(OfDistance(near, SuggestionSearch.Distance(near, ports)));
        return new(
            ports,
            [
                new(
                    ReasonCode.Unassigned,
                    $"Unassigned on {ReasonWords.And(query.Transports)}",
                    words.Registry,
                    0
                ),
                OfRoom(found.Room - ports.Count, words.Registry),
                .. reasons.OrderBy(reason => reason.Weight),
            ]
        );
    }

    static Reason OfRoom(int further, string source) =>
        new(
            ReasonCode.Room,
            further switch
            {
                0 => "the number after it is not free",
                1 => "1 more free number follows",
                _ => Text($"{further} more free numbers follow"),
            },
            source,
            Weights.OfRoom(further)
        );

    static Reason OfDistance(PortNumber near, int distance) =>
        new(
            ReasonCode.Near,
            distance == 0 ? $"{near} itself" : Text($"{distance} away from {near}"),
            "asked for",
            Weights.OfDistance(distance)
        );

    static string? Shortfall(SuggestionQuery query, SuggestionSearch search, int given)
    {
        if (given >= query.Count)
            return null;
        var place = Text($"{query.Range} on {ReasonWords.And(query.Transports)}");
        if (query.Range.First.Class == PortClass.Dynamic)
            return $"{query.Range} are Dynamic Ports, which are never assigned (RFC 6335 section 6): use one that the "
                + "system picks at run time";
        if (search.Free == 0)
            return $"nothing in {place} is free: every number is assigned, Reserved, Dynamic or of a noted use";
        if (search.Longest < query.Block)
            return Text(
                $"no {query.Block} numbers in a row of {place} are free: of the {search.Free} that are, at most {search.Longest} stand in a row"
            );
        return Text($"there is no more in {place}: {search.Free} are free");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
