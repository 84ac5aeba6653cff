using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Suggestions;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>Free port numbers offered to somebody who asks for one, near the wish.</summary>
/// <param name="Field">The field that takes one; null where none is offered.</param>
/// <param name="Title">What they are.</param>
/// <param name="Items">The numbers, best first.</param>
sealed record FreePorts(string? Field, string Title, ImmutableArray<Suggestion> Items)
{
    const int Most = 5;

    /// <summary>None, since the request asks for no new number.</summary>
    public static FreePorts None { get; } = new(null, "", []);

    /// <summary>The numbers for a request: near the one that it names, in the range that it names.</summary>
    public static FreePorts Of(RequestDocument document, PortAdvisor advisor)
    {
        if (FieldOf(document.Kind) is not { } field)
            return None;
        if (document.Transports.IsEmpty)
            return new(field, "Say the transport protocols, and free numbers are offered here.", []);
        var near = field == "newPort" ? document.NewPort : document.Port.Number;
        var isSystem = near is { Class: PortClass.System } || document.Port.Kind == PortWishKind.AnySystem;
        var answer = advisor.Suggest(
            new()
            {
                Transports = document.Transports,
                Range = isSystem ? SuggestionQuery.SystemPorts : SuggestionQuery.UserPorts,
                Near = near is { Class: not PortClass.Dynamic } ? near : null,
                Count = Most,
            }
        );
        var place = string.Join(" and ", document.Transports.Select(transport => transport.UpperName()));
        var others = answer
            .Items.Where(item => near is not { } wish || item.Ports.First != wish)
            .ToImmutableArray();
        return new(
            field,
            answer.Items.IsEmpty ? $"No free number: {answer.Why}."
                : near is not { } number ? $"Free on {place}:"
                : others.Length < answer.Items.Length ? $"{number} is free on {place}. Free near it:"
                : $"Free on {place}, near {number}:",
            others
        );
    }

    /// <summary>What speaks for and against a number, the weightiest in a few words.</summary>
    public static string About(Suggestion item) =>
        string.Join(
            "; ",
            item.Reasons.Where(reason => reason.Code != ReasonCode.Unassigned)
                .Take(2)
                .Select(reason => reason.Text)
        );

    static string? FieldOf(RequestKind kind) =>
        kind switch
        {
            RequestKind.Assign or RequestKind.Add or RequestKind.EarlyAllocation => "port",
            RequestKind.Rename => "newPort",
            _ => null,
        };
}
