using System.Collections.Immutable;
using Berthbook.Answers;

namespace Berthbook.Server.Api;

/// <summary>Answers with the port numbers in order, neighbours of one kind together.</summary>
static class PortListApi
{
    static readonly Parameter From = new(
        "from",
        "The number the list begins at; it cuts the neighbours that it stands among.",
        ParameterType.Port
    );

    static readonly Parameter To = new(
        "to",
        "The number the list ends with; it cuts the neighbours that it stands among.",
        ParameterType.Port
    );

    public static readonly ApiOperation Operation = new(
        "listPorts",
        "/ports",
        "All port numbers in order, neighbours that the same records speak for together",
        typeof(ListReply<PortRunReply>),
        List
    )
    {
        Query = [From, To, Parameter.Page, Parameter.PageSize],
    };

    static Answer List(Call call)
    {
        var first = call.Query.Port(From.Name) ?? default;
        var last = call.Query.Port(To.Name) ?? new(PortNumber.Count - 1);
        if (first.Value > last.Value)
            call.Query.Fail(To.Name, $"the range {first}-{last} runs backwards");
        var paging = call.Query.Paging();
        if (call.Refusal is { } refusal)
            return refusal;
        ImmutableArray<PortRun> runs =
        [
            .. call
                .Ready.Runs.Where(run => run.Last.Value >= first.Value && run.First.Value <= last.Value)
                .Select(run => new PortRun(
                    run.First.Value < first.Value ? first : run.First,
                    run.Last.Value > last.Value ? last : run.Last
                )),
        ];
        return Answer.Ok(
            ListReply.Of(runs, paging, run => PortRunReply.Of(call.Index, run)),
            ApiJson.Default.ListReplyPortRunReply
        );
    }
}
