using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Berthbook;

/// <summary>What a service name is: its records, its other names, and how it is found in the DNS.</summary>
public sealed partial record ServiceFacts
{
    /// <summary>The name as its first record writes it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The name that counts where this one stands aside: the well-formed twin of an old spelling, the service that
    /// this name duplicates (procedures N4, N5). Null where this name is primary itself.
    /// </summary>
    public string? Primary { get; init; }

    /// <summary>Whether the name is kept for history only and never accepted in a new request (procedures N4).</summary>
    public bool IsHistoric { get; init; }

    /// <summary>The names that stand aside for this one, in document order.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The records of the name, in document order; at least one.</summary>
    public required ImmutableArray<RegistryRecord> Records { get; init; }

    /// <summary>The labels of its SRV records, <c>_sip._sctp</c> (RFC 2782), one a transport (procedures N6).</summary>
    public ImmutableArray<string> Srv { get; init; } = [];

    /// <summary>Its DNS-SD service types, <c>_sip._udp</c>: TCP, or UDP for every other transport (RFC 6763 section 7).</summary>
    public ImmutableArray<string> Dnssd { get; init; } = [];

    /// <summary>The TXT keys that its notes define, each once (RFC 6763 section 6).</summary>
    public ImmutableArray<TxtKey> TxtKeys { get; init; } = [];

    /// <summary>Why it has the labels that it has, or none, in words (procedures N6).</summary>
    public required string Why { get; init; }

    /// <summary>The facts of a service name, any spelling that a record has, without case; null where no record has it.</summary>
    public static ServiceFacts? Find(RegistryLookup lookup, string name)
    {
        var records = lookup.Find(name);
        if (records.IsEmpty)
            return null;
        var written = records[0].Name!.Value;
        var primary = lookup.PrimaryOf(name) is { } other
            ? lookup.Find(other) is [{ Name: { } known }, ..]
                ? known.Text
                : other
            : null;
        var facts = new ServiceFacts
        {
            Name = written.Text,
            Primary = primary,
            IsHistoric =
                written.IsHistoric || records.Any(record => record.Kind() == RecordKind.HistoricAlias),
            Aliases = lookup.AliasesOf(name),
            Records = records,
            TxtKeys = KeysOf(records),
            Why = "",
        };
        return facts.WithLabels();
    }

    // Procedures N6.
    ServiceFacts WithLabels()
    {
        if (IsHistoric)
            return this with
            {
                Why = Primary is null
                    ? $"no labels: {Name} breaks the syntax of service names and is kept for history (RFC 6335 section 10.1)"
                    : $"no labels: {Name} is an old spelling, kept for history; look for {Primary} (RFC 6335 section 10.1)",
            };
        if (Primary is not null)
            return this with
            {
                Why = $"no labels: {Name} is not for discovery; {Primary} is the primary name of the service",
            };
        var labelled = Records
            .Where(record => record.Transport is not null && DenialIn(record) is null)
            .ToImmutableArray();
        var transports = labelled.Select(record => record.Transport!.Value).Distinct().Order().ToList();
        return this with
        {
            Srv = [.. transports.Select(transport => $"_{Name}._{transport.Name()}")],
            Dnssd =
            [
                .. transports
                    .Select(transport => transport == TransportProtocol.Tcp ? "tcp" : "udp")
                    .Distinct()
                    .Select(transport => $"_{Name}._{transport}"),
            ],
            Why = WhyLabels(labelled),
        };
    }

    string WhyLabels(ImmutableArray<RegistryRecord> labelled)
    {
        var holds = Records.All(record => record.Kind().State() != PortState.Assigned)
            ? $"; nobody holds the name: {Records[0].Kind().Why()}"
            : "";
        var denial = Records.Select(DenialIn).FirstOrDefault(words => words is not null);
        if (labelled.IsEmpty)
            return denial is not null
                ? $"no labels: the registry notes \u201c{denial}\u201d"
                : $"no labels: no record of {Name} has a transport protocol{holds}";
        var rest = (Records.Length - labelled.Length) switch
        {
            0 => "",
            _ when denial is not null => $"; none where the registry notes \u201c{denial}\u201d",
            1 => "; none for the record without a transport protocol",
            var left => $"; none for the {left} records without a transport protocol",
        };
        return $"SRV labels after the transport protocols of the records (RFC 6335 section 5.2); DNS-SD types say _tcp for TCP and _udp for every other (RFC 6763 section 7){rest}{holds}";
    }

    static ImmutableArray<TxtKey> KeysOf(ImmutableArray<RegistryRecord> records) =>
        [
            .. records
                .SelectMany(record => Berthbook.TxtKeys.Parse(record.Note))
                .DistinctBy(key => key.Key, StringComparer.OrdinalIgnoreCase),
        ];

    // The sentence in which a note says that the name is no service type, or null.
    static string? DenialIn(RegistryRecord record) =>
        record.Note is { } note && DenialWords.Match(note.OneLine) is { Success: true } match
            ? match.Value
            : null;

    [GeneratedRegex(
        @"\b[Nn]ot an? (?:\S+ )?service type\b[^.]*\.?",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    static partial Regex DenialWords { get; }
}
