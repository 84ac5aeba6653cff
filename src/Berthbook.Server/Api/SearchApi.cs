using Berthbook.Answers;
using Berthbook.Search;

namespace Berthbook.Server.Api;

/// <summary>Answers with what somebody may look for, best first.</summary>
static class SearchApi
{
    static readonly Parameter Query = new(
        "q",
        $"What is looked for: names, port numbers, SRV labels or words, at most {RegistrySearch.MaxLength} characters.",
        ParameterType.Text,
        IsRequired: true
    );

    static readonly Parameter Limit = new("limit", "How many things at most.", ParameterType.SearchLimit);

    public static readonly ApiOperation Operation = new(
        "search",
        "/search",
        "What a text may mean, best first: services, port numbers, contacts",
        typeof(SearchReply),
        Find
    )
    {
        Description =
            "A service is one item, whatever its transports and old spellings. Everything that has all words of the "
            + "text is found; exact names and beginnings come first, names before descriptions before parties before "
            + "notes and references. Misspelt names are found where few or none are. why says what of an item was found.",
        Query = [Query, Limit],
    };

    static Answer Find(Call call)
    {
        var text = call.Query.Text(Query.Name);
        var limit = call.Query.Number(Limit.Name, 1, RegistrySearch.MaxLimit) ?? RegistrySearch.DefaultLimit;
        if (text is not null && RegistrySearch.FaultOf(text) is { } fault)
            call.Query.Fail(Query.Name, fault);
        return call.Refusal
            ?? Answer.Ok(
                SearchReply.Of(call.Snapshot.Search.Find(text!, limit), limit),
                ApiJson.Default.SearchReply
            );
    }
}
