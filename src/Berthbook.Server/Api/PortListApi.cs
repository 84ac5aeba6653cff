using System.Collections.Immutable;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Api;

/// <summary>Port numbers side by side that the same records speak for on every transport protocol.</summary>
/// <param name="From">The first number.</param>
/// <param name="To">The last number.</param>
/// <param name="States">The effective state of each of the numbers.</param>
/// <param name="Names">The service names of their records, each once.</param>
/// <param name="Description">The distinct descriptions of what is assigned, or null.</param>
sealed record PortRunReply(
    int From,
    int To,
    RunStatesReply States,
    ImmutableArray<string> Names,
    string? Description
)
{
    public static PortRunReply Of(RegistryIndex index, PortRun run) =>
        new(
            run.First.Value,
            run.Last.Value,
            new(
                index.Effective(run.First, TransportProtocol.Tcp),
                index.Effective(run.First, TransportProtocol.Udp),
                index.Effective(run.First, TransportProtocol.Sctp),
                index.Effective(run.First, TransportProtocol.Dccp)
            ),
            [
                .. TransportProtocols
                    .All.SelectMany(transport => index.Find(run.First, transport))
                    .Select(record => record.Name?.Text)
                    .OfType<string>()
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ],
            run.Description(index) is { Length: > 0 } words ? words : null
        );
}

/// <summary>A state on each transport protocol.</summary>
sealed record RunStatesReply(PortState Tcp, PortState Udp, PortState Sctp, PortState Dccp);

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
