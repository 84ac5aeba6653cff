using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>The designated experts of some transport protocols (procedures, Terms; A11).</summary>
public enum ExpertPool : byte
{
    /// <summary>TCP and UDP; also for requests without a transport protocol.</summary>
    TcpUdp,

    /// <summary>SCTP.</summary>
    Sctp,

    /// <summary>DCCP.</summary>
    Dccp,
}

/// <summary>The words for the pools, and which of them a request concerns.</summary>
public static class ExpertPools
{
    static readonly string[] Words = ["tcp-udp", "sctp", "dccp"];

    /// <summary>All pools.</summary>
    public static IReadOnlyList<ExpertPool> All { get; } = Enum.GetValues<ExpertPool>();

    /// <summary>The word: <c>tcp-udp</c>.</summary>
    public static string Word(this ExpertPool pool) => Words[(int)pool];

    /// <summary>How people write it: <c>TCP/UDP</c>.</summary>
    public static string Title(this ExpertPool pool) =>
        pool switch
        {
            ExpertPool.TcpUdp => "TCP/UDP",
            ExpertPool.Sctp => "SCTP",
            _ => "DCCP",
        };

    /// <summary>Finds a pool by its exact word.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ExpertPool pool)
    {
        pool = text switch
        {
            "sctp" => ExpertPool.Sctp,
            "dccp" => ExpertPool.Dccp,
            _ => ExpertPool.TcpUdp,
        };
        return text.SequenceEqual(Words[(int)pool]);
    }

    /// <summary>The pools that review requests for some transport protocols, each once; TCP/UDP where there is none.</summary>
    public static ImmutableArray<ExpertPool> Of(ImmutableArray<TransportProtocol> transports) =>
        transports.IsEmpty ? [ExpertPool.TcpUdp] : [.. transports.Select(Of).Distinct().Order()];

    static ExpertPool Of(TransportProtocol transport) =>
        transport == TransportProtocol.Sctp ? ExpertPool.Sctp
        : transport == TransportProtocol.Dccp ? ExpertPool.Dccp
        : ExpertPool.TcpUdp;
}
