using Berthbook.Answers;
using Berthbook.Suggestions;

namespace Berthbook.Server.Api;

/// <summary>Answers with port numbers that could be asked for. It knows nothing of the asker's host.</summary>
static class SuggestionsApi
{
    static readonly Parameter Transport = new(
        "transport",
        "The transport protocols that the numbers are to be free on, separated by commas; tcp unless given.",
        ParameterType.Transports
    );

    static readonly Parameter Range = new(
        "range",
        "Where to look: system, user, or first-last; user unless given.",
        ParameterType.Text
    );

    static readonly Parameter Near = new(
        "near",
        "The number that they are to be near to: each doubling of the distance costs 4.",
        ParameterType.Port
    );

    static readonly Parameter Count = new("count", "How many suggestions.", ParameterType.SuggestionCount);

    static readonly Parameter Block = new(
        "block",
        "How many numbers in a row each suggestion has.",
        ParameterType.SuggestionBlock
    );

    public static readonly ApiOperation Operation = new(
        "listSuggestions",
        "/suggestions",
        "Port numbers that could be asked for, with what speaks for and against them",
        typeof(SuggestionsReply),
        List
    )
    {
        Description =
            "Only numbers that are Unassigned on every transport asked for, by falling score, which is the sum of the "
            + "weights of the reasons. Unassigned is not free to ship: apply first.",
        Query = [Transport, Range, Near, Count, Block],
    };

    static Answer List(Call call)
    {
        var asked = new SuggestionQuery();
        var query = call.Query;
        var range = asked.Range;
        if (
            query.Text(Range.Name) is { } text
            && !SuggestionQuery.TryParseRange(text, out range, out var fault)
        )
            query.Fail(Range.Name, fault!);
        asked = asked with
        {
            Transports = query.Transports(Transport.Name) ?? asked.Transports,
            Range = range,
            Near = query.Port(Near.Name),
            Count = query.Number(Count.Name, 1, SuggestionQuery.MaxCount) ?? asked.Count,
            Block = query.Number(Block.Name, 1, SuggestionQuery.MaxBlock) ?? asked.Block,
        };
        return call.Refusal
            ?? Answer.Ok(
                SuggestionsReply.Of(call.Ready.Advisor.Suggest(asked)),
                ApiJson.Default.SuggestionsReply
            );
    }
}
