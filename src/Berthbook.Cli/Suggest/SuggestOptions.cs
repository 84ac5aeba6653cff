using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Berthbook.Suggestions;

namespace Berthbook.Cli.Suggest;

/// <summary>The options of <c>suggest</c>, and what they come to.</summary>
sealed class SuggestOptions
{
    public Option<string[]> Transport { get; } =
        new("--transport")
        {
            HelpName = "NAME",
            Description = "tcp, udp, sctp or dccp; several parted by commas, or given again (tcp)",
        };

    public Option<string> Range { get; } =
        new("--range") { HelpName = "A-B", Description = "Where to look: A-B, user or system (user)" };

    public Option<string> Near { get; } =
        new("--near") { HelpName = "N", Description = "The number to be near to" };

    public Option<string> Count { get; } =
        new("--count")
        {
            HelpName = "N",
            Description = $"How many suggestions, 1 to {SuggestionQuery.MaxCount} (3)",
        };

    public Option<string> Block { get; } =
        new("--block")
        {
            HelpName = "N",
            Description = $"How many numbers in a row, 1 to {SuggestionQuery.MaxBlock} (1)",
        };

    public Option<string[]> Explain { get; } =
        new("--explain") { HelpName = "N", Description = "Explain this number instead; may be given again" };

    /// <summary>What was given.</summary>
    /// <param name="Query">What is asked where nothing is to be explained.</param>
    /// <param name="Explained">The numbers to explain.</param>
    /// <param name="Transports">The transports that were named; none is all of them for an explanation.</param>
    /// <param name="Faults">What is wrong, in words.</param>
    public sealed record Given(
        SuggestionQuery Query,
        ImmutableArray<PortNumber> Explained,
        ImmutableArray<TransportProtocol> Transports,
        List<string> Faults
    );

    /// <summary>Reads them, with every fault.</summary>
    public Given Read(ParseResult parsed)
    {
        var faults = new List<string>();
        var usual = new SuggestionQuery();
        var transports = Transports(parsed.GetValue(Transport) ?? [], faults);
        var range = usual.Range;
        if (
            parsed.GetValue(Range) is { } text
            && !SuggestionQuery.TryParseRange(text, out range, out var fault)
        )
            faults.Add($"--range: {fault}");
        var query = usual with
        {
            Transports = transports.IsEmpty ? usual.Transports : transports,
            Range = range,
            Near = parsed.GetValue(Near) is { } near ? Port("--near", near, faults) : null,
            Count =
                Number("--count", parsed.GetValue(Count), SuggestionQuery.MaxCount, faults) ?? usual.Count,
            Block =
                Number("--block", parsed.GetValue(Block), SuggestionQuery.MaxBlock, faults) ?? usual.Block,
        };
        ImmutableArray<PortNumber> explained =
        [
            .. (parsed.GetValue(Explain) ?? []).Select(number => Port("--explain", number, faults)),
        ];
        return new(query, explained, transports, faults);
    }

    static ImmutableArray<TransportProtocol> Transports(string[] given, List<string> faults)
    {
        var found = ImmutableArray.CreateBuilder<TransportProtocol>();
        foreach (var name in given.SelectMany(text => text.Split(',')))
        {
            if (!TransportProtocols.TryParse(name, out var transport))
                faults.Add($"--transport: '{name}' is not a transport protocol: tcp, udp, sctp or dccp");
            else if (!found.Contains(transport))
                found.Add(transport);
        }
        return found.DrainToImmutable();
    }

    static PortNumber Port(string option, string text, List<string> faults)
    {
        if (!PortNumber.TryParse(text, out var port))
            faults.Add($"{option}: {PortRange.FaultOf(text) ?? $"'{text}' is a range, not one port number"}");
        return port;
    }

    static int? Number(string option, string? text, int most, List<string> faults)
    {
        if (text is null)
            return null;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= most
        )
            return number;
        faults.Add($"{option}: '{text}' is not a number from 1 to {most}");
        return null;
    }
}
