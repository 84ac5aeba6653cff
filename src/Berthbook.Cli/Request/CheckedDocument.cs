using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Formats;

namespace Berthbook.Cli.Request;

/// <summary>One document and what came of checking it.</summary>
/// <param name="File">The file as it was named; <c>-</c> is the standard input.</param>
/// <param name="Line">The line at which it begins there, from 1.</param>
/// <param name="Verdict">What the rules say, as the API has it; null where the document is not valid.</param>
/// <param name="Faults">What is not valid in it, by line and column of the file.</param>
sealed record CheckedDocument(string File, int Line, JsonElement? Verdict, ImmutableArray<Problem> Faults)
{
    /// <summary>The findings; none where the document is not valid.</summary>
    public IEnumerable<JsonElement> Findings => ListOf("findings");

    /// <summary>The changes that a decision would make.</summary>
    public IEnumerable<JsonElement> Effect => ListOf("effect");

    /// <summary>What happens next.</summary>
    public IEnumerable<JsonElement> Next => ListOf("next");

    /// <summary>The procedure that decides, or null.</summary>
    public string? Procedure => Verdict?.GetProperty("procedure").GetString();

    /// <summary>Whether a rule refuses the request.</summary>
    public bool IsRefused => Findings.Any(finding => Text(finding, "severity") == "refuse");

    /// <summary>How many findings the applicant has to mend.</summary>
    public int ToMend =>
        Findings.Count(finding =>
            Text(finding, "severity") is "refuse"
            || (Text(finding, "severity") is "need" && Text(finding, "field") is not null)
        );

    /// <summary>The verdict in a word or two.</summary>
    public string Words =>
        Verdict is null ? "not valid"
        : IsRefused ? "refused"
        : ToMend > 0 ? "incomplete"
        : "complete";

    /// <summary>A member that is a text or null.</summary>
    public static string? Text(JsonElement item, string member) => item.GetProperty(member).GetString();

    JsonElement.ArrayEnumerator ListOf(string member) =>
        Verdict is { } verdict ? verdict.GetProperty(member).EnumerateArray() : default;
}
