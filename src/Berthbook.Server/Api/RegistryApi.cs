using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Berthbook.Server.Upstream;

namespace Berthbook.Server.Api;

/// <summary>What is served: whose registry, as of when, and how many port numbers have each state.</summary>
/// <param name="Title">The registry's title.</param>
/// <param name="Updated">Its day of last update, or null.</param>
/// <param name="Revision">The revision; 0 is the built-in registry.</param>
/// <param name="Mode"><c>mirror</c> or <c>own</c>.</param>
/// <param name="Age">Seconds since the upstream last confirmed this state; null in own mode, or where it never did.</param>
/// <param name="Counts">Port numbers by transport protocol, range and effective state.</param>
sealed record RegistryReply(
    string Title,
    string? Updated,
    int Revision,
    string Mode,
    long? Age,
    CountsReply Counts
)
{
    public static readonly ApiOperation Operation = new(
        "getRegistry",
        "/registry",
        "What is served: title, revision, mode, age, and counts of port numbers",
        typeof(RegistryReply),
        Find
    )
    {
        Description =
            "The age is in seconds since the upstream last confirmed this state; it is null in own mode and where "
            + "no upstream was reached yet. The counts are of effective states.",
        IsOfTheMoment = true,
    };

    static Answer Find(Call call)
    {
        var services = call.Context.RequestServices;
        var header = call.Snapshot.Registry.Header;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var age = services.GetRequiredService<UpstreamStatus>().State.AgeAt(now);
        return Answer.Ok(
            new(
                header.Title,
                header.Updated?.ToString(),
                call.Snapshot.Revision,
                services.GetRequiredService<Settings>().Mode.ToString().ToLowerInvariant(),
                age is { } known ? (long)known.TotalSeconds : null,
                call.Ready.Counts
            ),
            ApiJson.Default.RegistryReply
        );
    }
}

/// <summary>Counts of port numbers on each transport protocol.</summary>
sealed record CountsReply(RangesReply Tcp, RangesReply Udp, RangesReply Sctp, RangesReply Dccp)
{
    public static CountsReply Of(RegistryIndex index)
    {
        return new(
            On(TransportProtocol.Tcp),
            On(TransportProtocol.Udp),
            On(TransportProtocol.Sctp),
            On(TransportProtocol.Dccp)
        );

        RangesReply On(TransportProtocol transport) =>
            new(
                StatesReply.Of(index.Count(transport, PortClass.System)),
                StatesReply.Of(index.Count(transport, PortClass.User)),
                StatesReply.Of(index.Count(transport, PortClass.Dynamic))
            );
    }
}

/// <summary>Counts of port numbers in each range, spelt as <c>range</c> is elsewhere.</summary>
sealed record RangesReply(
    [property: JsonPropertyName(nameof(PortClass.System))] StatesReply System,
    [property: JsonPropertyName(nameof(PortClass.User))] StatesReply User,
    [property: JsonPropertyName(nameof(PortClass.Dynamic))] StatesReply Dynamic
);

/// <summary>Counts of port numbers of each state, spelt as <c>state</c> is elsewhere.</summary>
sealed record StatesReply(
    [property: JsonPropertyName(nameof(PortState.Assigned))] int Assigned,
    [property: JsonPropertyName(nameof(PortState.Reserved))] int Reserved,
    [property: JsonPropertyName(nameof(PortState.Unassigned))] int Unassigned,
    [property: JsonPropertyName(nameof(PortState.Dynamic))] int Dynamic
)
{
    public static StatesReply Of(ImmutableArray<int> counts) =>
        new(
            counts[(int)PortState.Assigned],
            counts[(int)PortState.Reserved],
            counts[(int)PortState.Unassigned],
            counts[(int)PortState.Dynamic]
        );
}
