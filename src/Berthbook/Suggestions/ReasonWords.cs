using System.Collections.Immutable;
using Berthbook.Suggestions.Facts;

namespace Berthbook.Suggestions;

/// <summary>Puts the marks of port numbers into reasons with words and sources.</summary>
sealed class ReasonWords(RegistryLookup lookup, PortMarks known, HostFacts host)
{
    const string Rfc6335 = "RFC 6335 section 8.1.2";

    /// <summary>Where the words of the registry come from: the registry, and as of when.</summary>
    public string Registry { get; } =
        lookup.Header.Updated is { } updated ? $"the registry as of {updated}" : "the registry";

    /// <summary>A reason for each mark of the ports, the weightiest first.</summary>
    public IEnumerable<Reason> Of(
        PortRange ports,
        Marks marks,
        ImmutableArray<TransportProtocol> transports
    ) =>
        Enum.GetValues<Marks>()
            .Where(mark => mark is not (Marks.None or Marks.NotFree) && marks.HasFlag(mark))
            .Select(mark => OfMark(ports, mark, transports))
            .OrderBy(reason => reason.Weight);

    /// <summary>Several words as a person lists them: <c>tcp, udp and sctp</c>.</summary>
    public static string And(IReadOnlyList<string> words) =>
        words switch
        {
            [] => "",
            [var only] => only,
            _ => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
        };

    /// <summary>Transport protocols as a person lists them.</summary>
    public static string And(IEnumerable<TransportProtocol> transports) =>
        And([.. transports.Select(transport => transport.Name())]);

    Reason OfMark(PortRange ports, Marks mark, ImmutableArray<TransportProtocol> transports)
    {
        return mark switch
        {
            Marks.SystemPort => New(
                ReasonCode.SystemPort,
                "a System Port: assigned by IETF Review or IESG Approval only, and discouraged",
                $"{Rfc6335}, RFC 7605 section 7.3"
            ),
            Marks.ReservedElsewhere => New(
                ReasonCode.ReservedElsewhere,
                $"Reserved on {And(ReservedOn(ports, transports))}",
                Registry
            ),
            Marks.NotedUse => New(ReasonCode.NotedUse, Notes(ports, known.Notes.Uses), Registry),
            Marks.Noted => New(ReasonCode.Noted, Notes(ports, known.Notes.Others), Registry),
            Marks.Deassigned => New(ReasonCode.Deassigned, Notes(ports, known.Notes.Pasts), Registry),
            Marks.KnownUse => OfKnownUse(ports),
            Marks.InUseHere => New(
                ReasonCode.InUseHere,
                $"in use on this host: {And(InUse(ports, transports))}",
                "this host's sockets"
            ),
            Marks.EphemeralHere => New(
                ReasonCode.EphemeralHere,
                $"inside this host's ephemeral range {host.Ephemeral}",
                "this host's net.ipv4.ip_local_port_range"
            ),
            Marks.EphemeralLinux => OfRange(EphemeralRanges.Linux),
            Marks.EphemeralWindows => OfRange(EphemeralRanges.Windows),
            Marks.EphemeralMacOS => OfRange(EphemeralRanges.MacOS),
            Marks.EphemeralFreeBsd => OfRange(EphemeralRanges.FreeBsd),
            Marks.EphemeralOldWindows => OfRange(EphemeralRanges.OldWindows),
            Marks.NodePort => New(
                ReasonCode.NodePort,
                ports.First == NodePorts.Range.First
                    ? $"the first of Kubernetes' default NodePort range {NodePorts.Range}"
                    : $"inside Kubernetes' default NodePort range {NodePorts.Range}",
                NodePorts.Source
            ),
            Marks.BrowserRefused => New(
                ReasonCode.BrowserRefused,
                "browsers refuse to connect to it with HTTP",
                BrowserRefusedPorts.Source
            ),
            Marks.Neighbours => New(
                ReasonCode.Neighbours,
                "the numbers just below and above its run have one holder, who may want to grow",
                Registry
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(mark)),
        };

        Reason New(string code, string text, string source) => new(code, text, source, Weights.Of(mark));

        Reason OfRange(EphemeralRange range) =>
            New(
                range.Code,
                $"inside the default ephemeral range of {range.System}, {range.Range}",
                range.Source
            );
    }

    static Reason OfKnownUse(PortRange ports)
    {
        var uses = Numbers(ports).Where(PortMarks.Known.ContainsKey).Select(port => PortMarks.Known[port]);
        var words = uses.Select(known => ports.IsSingle ? known.Use : $"{known.Port}, {known.Use}");
        return new(
            ReasonCode.KnownUse,
            $"in use without an assignment: {string.Join("; ", words)}",
            string.Join("; ", uses.Select(known => known.Source).Distinct()),
            Weights.Of(Marks.KnownUse)
        );
    }

    // A block says which of its numbers it speaks of; words that several share are said once.
    static string Notes(PortRange ports, IReadOnlyDictionary<ushort, string> notes)
    {
        var noted = Numbers(ports).Where(notes.ContainsKey).ToLookup(port => notes[port]);
        return string.Join(
            "; ",
            noted.Select(same =>
                ports.IsSingle ? same.Key : $"{And([.. same.Select(port => $"{port}")])}: {same.Key}"
            )
        );
    }

    IEnumerable<TransportProtocol> ReservedOn(
        PortRange ports,
        ImmutableArray<TransportProtocol> transports
    ) =>
        TransportProtocols.All.Where(transport =>
            !transports.Contains(transport)
            && Numbers(ports).Any(port => lookup.Effective(new(port), transport) == PortState.Reserved)
        );

    string[] InUse(PortRange ports, ImmutableArray<TransportProtocol> transports) =>
        [
            .. Numbers(ports)
                .SelectMany(port =>
                    transports
                        .Where(transport => host.IsInUse(new(port), transport))
                        .Select(transport => $"{port}/{transport.Name()}")
                ),
        ];

    static IEnumerable<ushort> Numbers(PortRange ports) =>
        Enumerable.Range(ports.First.Value, ports.Count).Select(port => (ushort)port);
}
