using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>One step in the history of a request: who did what, when, why, and where it stood after that. Never changed.</summary>
public sealed record RequestStep
{
    /// <summary>Its number within the request, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The number of the account; 0 for the registry itself.</summary>
    public required int Account { get; init; }

    /// <summary>As what it was done.</summary>
    public required RequestOffice Office { get; init; }

    /// <summary>What was done.</summary>
    public required RequestAction Action { get; init; }

    /// <summary>Where the request stood after it.</summary>
    public required RequestState State { get; init; }

    /// <summary>The reason, question or answer, or null. Public where <see cref="IsPublic"/> says so.</summary>
    public string? Words { get; init; }

    /// <summary>A note for registrar, approver and experts alone, or null.</summary>
    public string? Note { get; init; }

    /// <summary>The ids of the rules that were applied, or cited as criteria.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The pool that recommends, or for which a stand-in is named; null elsewhere.</summary>
    public ExpertPool? Pool { get; init; }

    /// <summary>Whether the recommendation is for the request; null elsewhere.</summary>
    public bool? IsFor { get; init; }

    /// <summary>The account that is concerned: the stand-in; null elsewhere.</summary>
    public int? Concerned { get; init; }

    /// <summary>The address that was confirmed; null elsewhere. Personal data.</summary>
    public string? Address { get; init; }

    /// <summary>The revision that it made; null elsewhere.</summary>
    public int? Revision { get; init; }

    /// <summary>Whether its words are for everybody: reasons of decisions and recommendations, not the discussion.</summary>
    public bool IsPublic =>
        Action
            is RequestAction.Deny
                or RequestAction.Recommend
                or RequestAction.Approve
                or RequestAction.Reject
                or RequestAction.Assign
                or RequestAction.Refer
                or RequestAction.StandIn
                or RequestAction.Silence
                or RequestAction.Expire;
}

/// <summary>As what somebody did a step of a request.</summary>
public enum RequestOffice : byte
{
    /// <summary>The registry itself, following a rule.</summary>
    Registry,

    /// <summary>The applicant, or somebody whose address the request names.</summary>
    Applicant,

    /// <summary>Who holds the assignment concerned.</summary>
    Holder,

    /// <summary>A designated expert.</summary>
    Expert,

    /// <summary>The registrar.</summary>
    Registrar,

    /// <summary>The approver.</summary>
    Approver,
}
