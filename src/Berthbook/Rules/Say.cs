using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Formats;

namespace Berthbook.Rules;

/// <summary>How findings name things: numbers with their transport, records, what somebody wrote.</summary>
static class Say
{
    /// <summary>A list as a person says it: <c>tcp, udp and sctp</c>.</summary>
    public static string And(IReadOnlyList<string> words) =>
        words switch
        {
            [] => "",
            [var only] => only,
            _ => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
        };

    /// <summary>Transport protocols as a person lists them.</summary>
    public static string And(ImmutableArray<TransportProtocol> transports) =>
        And([.. transports.Select(transport => transport.UpperName())]);

    /// <summary>Transport protocols to choose from: <c>TCP or UDP</c>.</summary>
    public static string Any(ImmutableArray<TransportProtocol> transports) =>
        string.Join(" or ", transports.Select(transport => transport.UpperName()));

    /// <summary>A number on a transport: <c>443/tcp</c>.</summary>
    public static string Place(PortNumber port, TransportProtocol transport) => $"{port}/{transport.Name()}";

    /// <summary>The numbers of several situations: <c>443/sctp and 443/dccp</c>.</summary>
    public static string Places(IEnumerable<PortSituation> situations) =>
        And([.. situations.Select(situation => Place(situation.Port, situation.Transport))]);

    /// <summary>Records, the first three of them: <c>https 443/tcp and https 443/udp</c>.</summary>
    public static string Records(ImmutableArray<RegistryRecord> records)
    {
        var named = records.Take(3).Select(Record).ToList();
        if (records.Length > named.Count)
            named.Add($"{(records.Length - named.Count).ToString(CultureInfo.InvariantCulture)} more");
        return And(named);
    }

    /// <summary>A record: <c>https 443/tcp</c>, <c>wchr (UDP, no port number)</c>.</summary>
    public static string Record(RegistryRecord record) =>
        (record.Number, record.Name) switch
        {
            ({ }, _) or (_, null) => Text(record.ToString()),
            (_, { } name) when record.Transport is { } transport =>
                $"{Text(name.Text)} ({transport.UpperName()}, no port number)",
            (_, { } name) => $"{Text(name.Text)} (no port number)",
        };

    /// <summary>What somebody wrote, short and on one line.</summary>
    public static string Text(string text) => Shown.Of(text);

    /// <summary>Words as a sentence begins with them: <c>The registrar</c>.</summary>
    public static string Sentence(string words) =>
        words.Length == 0 ? words : $"{char.ToUpperInvariant(words[0])}{words.AsSpan(1)}";

    /// <summary>A day: <c>2026-03-06</c>.</summary>
    public static string Day(DateTimeOffset when) =>
        when.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day: <c>2026-03-06</c>.</summary>
    public static string Day(DateOnly day) => new RegistryDate(day).ToString();

    /// <summary>How many of something: <c>1 day</c>, <c>30 days</c>.</summary>
    public static string Many(int count, string thing) =>
        count == 1 ? $"1 {thing}" : $"{Count(count)} {thing}s";

    /// <summary>A count as digits.</summary>
    public static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
