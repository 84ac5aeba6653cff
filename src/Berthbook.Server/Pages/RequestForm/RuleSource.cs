using System.Text.RegularExpressions;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>A piece of a rule's source: words, perhaps with the address where they are read.</summary>
/// <param name="Words">The words.</param>
/// <param name="Address">The address, or null.</param>
readonly record struct SourcePiece(string Words, string? Address);

/// <summary>Where a rule comes from, its RFCs and their sections as links.</summary>
static partial class RuleSource
{
    /// <summary>The pieces of a source, <c>RFC 6335 sections 5 and 8.1; RFC 7605 section 7.9</c>.</summary>
    public static IReadOnlyList<SourcePiece> Of(string source)
    {
        var pieces = new List<SourcePiece>();
        var at = 0;
        var rfc = "";
        foreach (Match match in Place.Matches(source))
        {
            if (match.Index > at)
                pieces.Add(new(source[at..match.Index], null));
            at = match.Index + match.Length;
            rfc = match.Groups["rfc"] is { Success: true, Value: var number } ? number : rfc;
            var section = match.Groups["section"] is { Success: true, Value: var known }
                ? $"#section-{known}"
                : "";
            pieces.Add(
                new(match.Value, rfc.Length == 0 ? null : $"https://www.rfc-editor.org/rfc/rfc{rfc}{section}")
            );
        }
        if (at < source.Length)
            pieces.Add(new(source[at..], null));
        return pieces;
    }

    // An RFC with its first section, or a further section of it.
    [GeneratedRegex(
        @"RFC (?<rfc>\d{1,5})( sections? (?<section>\d+(\.\d+)*))?|(?<=(, | and | to ))(?<section>\d+(\.\d+)*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    static partial Regex Place { get; }
}
