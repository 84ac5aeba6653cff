using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// A numbered rule of the registry, as data: what it says, where it comes from, and what it makes of a request. Some rules
/// say nothing of a request and shape what a decision publishes (<c>Berthbook.Decisions</c>).
/// </summary>
public sealed record Rule
{
    /// <summary>The id: <c>N1</c> … <c>V12</c>. Names, port numbers, assignment requests, DCCP service codes, changes, parties (K), advice (V).</summary>
    public required string Id { get; init; }

    /// <summary>What it says, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What it says, in full, in the registry's words.</summary>
    public required string Text { get; init; }

    /// <summary>Where it comes from: <c>RFC 6335 section 5.1</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The weight of the gravest finding that it can have.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The kinds of request that it applies to; all where it is empty.</summary>
    public ImmutableArray<RequestKind> AppliesTo { get; init; } = [];

    /// <summary>An example: what somebody asks, and what comes of it.</summary>
    public required string Example { get; init; }

    /// <summary>What it finds in a request. Pure: the same question has the same findings.</summary>
    internal Func<Question, IEnumerable<Finding>> Find { get; init; } = static _ => [];

    /// <summary>Whether it applies to a kind of request.</summary>
    public bool Concerns(RequestKind kind) => AppliesTo.IsEmpty || AppliesTo.Contains(kind);
}
