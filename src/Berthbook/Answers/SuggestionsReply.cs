using System.Collections.Immutable;
using Berthbook.Suggestions;

namespace Berthbook.Answers;

/// <summary>Suggestions, with what was asked and what goes with them.</summary>
/// <param name="Transports">The transport protocols that the numbers are free on, in lower case.</param>
/// <param name="Range">Where was looked: <c>1024-49151</c>.</param>
/// <param name="Near">The number to be near to, or null.</param>
/// <param name="Count">How many were asked for.</param>
/// <param name="Block">How many numbers in a row each has.</param>
/// <param name="Free">How many numbers of the range are free.</param>
/// <param name="Why">Why there are fewer than asked for; null where there are all.</param>
/// <param name="Advice">What goes with every suggestion.</param>
/// <param name="Items">The suggestions, best first.</param>
public sealed record SuggestionsReply(
    ImmutableArray<string> Transports,
    string Range,
    int? Near,
    int Count,
    int Block,
    int Free,
    string? Why,
    string Advice,
    ImmutableArray<SuggestionReply> Items
)
{
    /// <summary>The reply that an answer makes.</summary>
    public static SuggestionsReply Of(SuggestionAnswer answer) =>
        new(
            [.. answer.Query.Transports.Select(transport => transport.Name())],
            answer.Query.Range.ToString(),
            answer.Query.Near?.Value,
            answer.Query.Count,
            answer.Query.Block,
            answer.Free,
            answer.Why,
            SuggestionAnswer.Advice,
            [.. answer.Items.Select(SuggestionReply.Of)]
        );
}

/// <summary>Port numbers that could be asked for.</summary>
/// <param name="Port">The first number, or the only one.</param>
/// <param name="Last">The last number of the block.</param>
/// <param name="State">The effective state of all of them, on every transport asked for: Unassigned.</param>
/// <param name="Score">The sum of the weights.</param>
/// <param name="Reasons">What speaks for and against.</param>
public sealed record SuggestionReply(
    int Port,
    int Last,
    PortState State,
    int Score,
    ImmutableArray<ReasonReply> Reasons
)
{
    /// <summary>The reply that a suggestion makes.</summary>
    public static SuggestionReply Of(Suggestion suggestion) =>
        new(
            suggestion.Ports.First.Value,
            suggestion.Ports.Last.Value,
            PortState.Unassigned,
            suggestion.Score,
            [.. suggestion.Reasons.Select(ReasonReply.Of)]
        );
}

/// <summary>What speaks for or against port numbers.</summary>
/// <param name="Code">Which kind of reason.</param>
/// <param name="Text">What it is, in words.</param>
/// <param name="Source">Where that is written.</param>
/// <param name="Weight">Positive speaks for, negative against, 0 only informs.</param>
public sealed record ReasonReply(string Code, string Text, string Source, int Weight)
{
    /// <summary>The reply that a reason makes.</summary>
    public static ReasonReply Of(Reason reason) =>
        new(reason.Code, reason.Text, reason.Source, reason.Weight);
}

/// <summary>One port number, explained.</summary>
/// <param name="Port">The number.</param>
/// <param name="Range">The range that it lies in.</param>
/// <param name="Verdict">What the reasons come to.</param>
/// <param name="Advice">What goes with every number.</param>
/// <param name="Statuses">Its states and records on each transport asked about.</param>
/// <param name="Reasons">What it is, and what speaks for and against it.</param>
public sealed record ExplanationReply(
    int Port,
    PortClass Range,
    string Verdict,
    string Advice,
    ImmutableArray<TransportReply> Statuses,
    ImmutableArray<ReasonReply> Reasons
)
{
    /// <summary>The reply that an explanation makes.</summary>
    public static ExplanationReply Of(PortExplanation explanation) =>
        new(
            explanation.Port.Value,
            explanation.Port.Class,
            explanation.Verdict,
            SuggestionAnswer.Advice,
            [.. explanation.Statuses.Select(TransportReply.Of)],
            [.. explanation.Reasons.Select(ReasonReply.Of)]
        );
}
