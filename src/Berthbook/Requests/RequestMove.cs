using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>What somebody wants to do to a request, with what they say to it. Members that an action does not use are null.</summary>
/// <param name="Action">What.</param>
public sealed record RequestMove(RequestAction Action)
{
    /// <summary>The reason, question, answer, evidence or attempt, in words.</summary>
    public string? Words { get; init; }

    /// <summary>A note for registrar, approver and experts alone.</summary>
    public string? Note { get; init; }

    /// <summary>Whether an expert recommends for the request.</summary>
    public bool? IsFor { get; init; }

    /// <summary>The ids of the rules that an expert cites as criteria (procedures A11).</summary>
    public ImmutableArray<string> Criteria { get; init; } = [];

    /// <summary>The pool that an expert speaks for, or for which a stand-in is named; null for the only one in question.</summary>
    public ExpertPool? Pool { get; init; }

    /// <summary>The account of a stand-in.</summary>
    public int? Account { get; init; }
}
