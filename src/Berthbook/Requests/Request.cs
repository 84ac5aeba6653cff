using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>
/// A request with its history. Immutable: a step is a method that returns the next request, or says why not. It sees no
/// database, clock or web; what it is held against comes in as a <see cref="Hearing"/>.
/// </summary>
public sealed partial record Request
{
    /// <summary>The number, from 1; 0 where it is not stored yet.</summary>
    public required int Number { get; init; }

    /// <summary>How often it was stored, from 1; 0 where it is not stored yet. A step is taken on the version that was seen.</summary>
    public int Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required RequestState State { get; init; }

    /// <summary>What is asked.</summary>
    public required RequestDocument Document { get; init; }

    /// <summary>The number of the applicant's account; 0 where the request came by mail from somebody without one.</summary>
    public required int Applicant { get; init; }

    /// <summary>The account of the registrar who entered it for one who wrote by mail; null elsewhere.</summary>
    public int? EnteredBy { get; init; }

    /// <summary>When it was submitted, UTC; null for a draft.</summary>
    public DateTimeOffset? Submitted { get; init; }

    /// <summary>The e-mail addresses that have to be confirmed before it counts (procedures A1), each once. Personal data.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>Its history, the oldest step first.</summary>
    public ImmutableArray<RequestStep> Steps { get; init; } = [];

    /// <summary>The revision that it became, or null.</summary>
    public int? Revision => Steps.LastOrDefault(step => step.Revision is not null)?.Revision;

    /// <summary>The addresses that nobody confirmed yet.</summary>
    public IEnumerable<string> Unconfirmed =>
        Addresses.Where(address =>
            !Steps.Any(step =>
                step.Action == RequestAction.ConfirmAddress
                && string.Equals(step.Address, address, StringComparison.OrdinalIgnoreCase)
            )
        );

    /// <summary>The recommendations that count: of each pool the last one.</summary>
    public IEnumerable<RequestStep> Recommendations =>
        Steps
            .Where(step => step.Action == RequestAction.Recommend)
            .GroupBy(step => step.Pool)
            .Select(ofPool => ofPool.Last());

    /// <summary>
    /// Whether the public may see that it is there: submitted, so not a draft and none that was withdrawn as one, and no report
    /// of unauthorized use (procedures C7).
    /// </summary>
    public bool IsPublic => Submitted is not null && Document.Kind != RequestKind.UnauthorizedUse;

    /// <summary>The pools whose recommendation is asked for where an expert reviews it.</summary>
    public ImmutableArray<ExpertPool> Pools => ExpertPools.Of(Document.Transports);

    /// <summary>The request as earlier ones count it against later ones (procedures A14).</summary>
    public PendingRequest ToPending() => new(Number, Submitted ?? default, Document);
}
