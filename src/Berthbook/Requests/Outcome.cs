using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Requests;

/// <summary>What came of a step: the request after it, or why it was refused. Bad input changes nothing.</summary>
public sealed record Outcome
{
    /// <summary>The request after the step; null where it was refused.</summary>
    public Request? Request { get; private init; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>The step was taken.</summary>
    public static implicit operator Outcome(Request request) => new() { Request = request };

    /// <summary>The step was refused.</summary>
    public static implicit operator Outcome(Refusal refusal) => new() { Refusal = refusal };
}

/// <summary>Why a step was refused, as HTTP tells it apart.</summary>
public enum RefusalKind : byte
{
    /// <summary>Something that the step needs is missing or not well-formed (400).</summary>
    Malformed,

    /// <summary>The account may not do it (403).</summary>
    Forbidden,

    /// <summary>Nobody may do it where the request stands, or a rule says no (409).</summary>
    Conflict,
}

/// <summary>A step that was refused: by which rule, and what to do.</summary>
/// <param name="Kind">Who could do it, if anybody.</param>
/// <param name="Rule">The id of the rule: <c>A11</c>.</param>
/// <param name="Words">Why, and what to do, in a sentence.</param>
public sealed record Refusal(RefusalKind Kind, string Rule, string Words)
{
    /// <summary>The member of what was sent that is wrong, or null.</summary>
    public string? Field { get; init; }

    /// <summary>What the rules find, where they refuse the request; empty elsewhere.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

/// <summary>What a step is held against, all of the same moment: what the rules say now, and who holds what.</summary>
public sealed record Hearing
{
    /// <summary>What the rules say of the request now.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the operator decided.</summary>
    public required RuleSettings Settings { get; init; }

    /// <summary>The time, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The ids of the contacts that hold the assignments concerned (procedures K1); empty where nobody does.</summary>
    public ImmutableArray<string> Holders { get; init; } = [];

    /// <summary>The organisation that the applicant's account says to belong to, or null (procedures A11).</summary>
    public string? ApplicantOrganization { get; init; }

    /// <summary>The contacts that the applicant's account was confirmed to be or to act for (procedures K3).</summary>
    public ImmutableArray<string> ApplicantClaims { get; init; } = [];
}
