using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Berthbook.Requests;

namespace Berthbook.Answers;

/// <summary>A request in a list: what everybody may see of it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Version">How often it was stored; a step is taken on the version that was seen.</param>
/// <param name="Kind">What is asked for: <c>assign</c>.</param>
/// <param name="Title">What that means, in a line.</param>
/// <param name="State">Where it stands: <c>in-review</c>.</param>
/// <param name="Name">The service name asked for or concerned, or null.</param>
/// <param name="Transports">The transport protocols.</param>
/// <param name="Port">The port number as it is asked for: <c>8443</c>, <c>user</c>, <c>system</c>, <c>8000-8010</c>; null for none.</param>
/// <param name="Submitted">When it was submitted; null for a draft.</param>
/// <param name="Updated">When its last step was taken.</param>
/// <param name="Rules">The rules that were applied to it by the steps so far.</param>
/// <param name="Revision">The revision that it became, or null.</param>
/// <param name="Revises">The number of the request that it revises, or null.</param>
public record RequestSummary(
    [property: JsonPropertyOrder(-1)] int Number,
    [property: JsonPropertyOrder(-1)] int Version,
    [property: JsonPropertyOrder(-1)] string Kind,
    [property: JsonPropertyOrder(-1)] string Title,
    [property: JsonPropertyOrder(-1)] string State,
    [property: JsonPropertyOrder(-1)] string? Name,
    [property: JsonPropertyOrder(-1)] ImmutableArray<TransportProtocol> Transports,
    [property: JsonPropertyOrder(-1)] string? Port,
    [property: JsonPropertyOrder(-1)] DateTimeOffset? Submitted,
    [property: JsonPropertyOrder(-1)] DateTimeOffset Updated,
    [property: JsonPropertyOrder(-1)] ImmutableArray<string> Rules,
    [property: JsonPropertyOrder(-1)] int? Revision,
    [property: JsonPropertyOrder(-1)] int? Revises
)
{
    /// <summary>The answer of a request.</summary>
    public static RequestSummary Of(Request request)
    {
        var document = request.Document;
        return new(
            request.Number,
            request.Version,
            document.Kind.Word(),
            document.Kind.Title(),
            request.State.Word(),
            document.Name,
            document.Transports,
            document.Port.Kind == PortWishKind.None ? null : document.Port.ToString(),
            request.Submitted,
            request.Steps.IsEmpty ? default : request.Steps[^1].Time,
            [.. request.Steps.SelectMany(step => step.Rules).Distinct()],
            request.Revision,
            document.Revises
        );
    }
}
