using System.Collections.Immutable;
using Berthbook.Decisions;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Storage;

/// <summary>Finds what a step on a request is held against: what the rules say now, what waits before it, who holds what.</summary>
/// <remarks>Within a write, or while none runs.</remarks>
sealed class RequestHearings(
    Commands commands,
    RuleSettings settings,
    TimeProvider clock,
    RuleBook rules,
    DecidingBasis deciding
)
{
    readonly Dictionary<int, (int Version, PendingRequest Request)> pending = [];

    /// <summary>The hearing of a request now.</summary>
    /// <param name="request">The request before the step.</param>
    /// <param name="choices">What the registrar chooses; the rules are asked about the number that is picked.</param>
    public Hearing Of(Request request, DecisionChoices? choices)
    {
        var asked = RequestedDecision.Asked(request.Document, choices);
        var basis = deciding.For(asked, choices is null or { IsEmpty: true });
        var now = clock.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return new()
        {
            Verdict = rules.Check(basis, asked, day, PendingBefore(request)),
            Settings = settings,
            Now = now,
            Holders = rules.HoldersOf(basis, asked, day),
            ApplicantClaims = ClaimedParties.Of(commands, request.Applicant),
            ApplicantOrganization = ClaimedParties.OrganizationOf(commands, request.Applicant),
        };
    }

    /// <summary>Makes what a basis makes when it is first asked, here and not while a write waits.</summary>
    public void Warm(RuleBasis basis) => rules.Check(basis, Sample, default);

    // Documents are read once; what waits is asked anew, since other writes of the same commit count.
    ImmutableArray<PendingRequest> PendingBefore(Request request)
    {
        var found = RequestRows.Pending(commands);
        if (found.Count == 0)
        {
            pending.Clear();
            return [];
        }
        var earlier = ImmutableArray.CreateBuilder<PendingRequest>(found.Count);
        foreach (var (number, version) in found)
        {
            if (request.Number > 0 && number >= request.Number)
                break;
            if (!pending.TryGetValue(number, out var known) || known.Version != version)
                pending[number] = known = (version, RequestRows.Find(commands, number)!.ToPending());
            earlier.Add(known.Request);
        }
        return earlier.DrainToImmutable();
    }

    static RequestDocument Sample { get; } =
        new()
        {
            Kind = RequestKind.Assign,
            Name = "some-name",
            Transports = [TransportProtocol.Tcp],
            Assignee = new() { Name = "Somebody", Email = "somebody@example.org" },
            Contact = new() { Name = "Somebody", Email = "somebody@example.org" },
            Description = "Something",
        };
}
