using System.Collections.Immutable;

namespace Berthbook.Suggestions;

/// <summary>What one port number is, whatever its state, and what speaks for and against using it.</summary>
/// <param name="Port">The port number.</param>
/// <param name="Statuses">Its states and records, on each transport asked for.</param>
/// <param name="Reasons">What it is and what speaks for and against it, the states first, then the weightiest.</param>
/// <param name="Verdict">What that comes to, in a sentence or two.</param>
public sealed record PortExplanation(
    PortNumber Port,
    ImmutableArray<PortStatus> Statuses,
    ImmutableArray<Reason> Reasons,
    string Verdict
);
