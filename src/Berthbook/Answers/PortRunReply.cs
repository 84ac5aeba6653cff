using System.Collections.Immutable;

namespace Berthbook.Answers;

/// <summary>Port numbers side by side that the same records speak for on every transport protocol.</summary>
/// <param name="From">The first number, 0 to 65535.</param>
/// <param name="To">The last number.</param>
/// <param name="States">The effective state of each of the numbers.</param>
/// <param name="Names">The service names of their records, each once.</param>
/// <param name="Description">The distinct descriptions of what is assigned, or null.</param>
public sealed record PortRunReply(
    int From,
    int To,
    RunStatesReply States,
    ImmutableArray<string> Names,
    string? Description
)
{
    /// <summary>The answer of a run.</summary>
    public static PortRunReply Of(RegistryLookup index, PortRun run) =>
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
/// <param name="Tcp">On TCP.</param>
/// <param name="Udp">On UDP.</param>
/// <param name="Sctp">On SCTP.</param>
/// <param name="Dccp">On DCCP.</param>
public sealed record RunStatesReply(PortState Tcp, PortState Udp, PortState Sctp, PortState Dccp);
