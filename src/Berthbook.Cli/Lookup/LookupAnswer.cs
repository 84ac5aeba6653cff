using System.Collections.Immutable;

namespace Berthbook.Cli.Lookup;

/// <summary>What one question comes to: rows for a table or a pipe, and whether something was found.</summary>
/// <param name="Rows">The rows; one that says so where nothing was found.</param>
/// <param name="IsFound">Whether the registry has an answer: Unassigned and Dynamic are answers.</param>
/// <param name="Near">Where a name is unknown, the names that may have been meant.</param>
sealed record LookupAnswer(ImmutableArray<LookupRow> Rows, bool IsFound, ImmutableArray<string> Near)
{
    public static LookupAnswer Found(ImmutableArray<LookupRow> rows) => new(rows, true, []);

    public static LookupAnswer Unknown(string why, ImmutableArray<string> near, string source) =>
        new([new("", "", null, null, null, why, source)], false, near);
}

/// <summary>A row of an answer.</summary>
/// <param name="Port">The port number or range, or nothing.</param>
/// <param name="Transport">The transport protocol, or nothing.</param>
/// <param name="State">The state, or null where the question has no answer.</param>
/// <param name="Name">The service name, or null.</param>
/// <param name="Primary">The name that counts where this one stands aside, or null.</param>
/// <param name="Description">What it is, or why it has this state.</param>
/// <param name="Source">Where the answer comes from.</param>
readonly record struct LookupRow(
    string Port,
    string Transport,
    PortState? State,
    string? Name,
    string? Primary,
    string Description,
    string Source
);
