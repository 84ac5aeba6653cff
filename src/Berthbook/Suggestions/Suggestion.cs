using System.Collections.Immutable;

namespace Berthbook.Suggestions;

/// <summary>Port numbers that could be asked for, and what speaks for and against them.</summary>
/// <param name="Ports">The numbers, as many as were asked for in a row, free on every transport asked for.</param>
/// <param name="Reasons">What speaks for and against, each kind once, the weightiest first.</param>
public sealed record Suggestion(PortRange Ports, ImmutableArray<Reason> Reasons)
{
    /// <summary>The sum of the weights; suggestions come in falling order of it.</summary>
    public int Score => Reasons.Sum(reason => reason.Weight);
}

/// <summary>The answer to a <see cref="SuggestionQuery"/>.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Free">How many numbers of the range are free on every transport asked for.</param>
/// <param name="Items">The suggestions, best first; fewer than asked for where there are no more.</param>
/// <param name="Why">Why there are fewer than asked for, or none; null where there are all.</param>
public sealed record SuggestionAnswer(
    SuggestionQuery Query,
    int Free,
    ImmutableArray<Suggestion> Items,
    string? Why
)
{
    /// <summary>What goes with every suggestion (the registry's note, RFC 6335 section 8.1.1, RFC 7605 section 7.7).</summary>
    public const string Advice =
        "Unassigned is not free to ship. Apply to the registry first, and use the number once it is assigned: others "
        + "may have asked for it already. For use inside one organisation, record it in the organisation's own registry.";
}
