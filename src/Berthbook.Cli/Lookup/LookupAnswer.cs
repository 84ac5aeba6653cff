using System.Collections.Immutable;
using System.Text.Json;

namespace Berthbook.Cli.Lookup;

/// <summary>What one question comes to.</summary>
/// <param name="Rows">Its rows in a table or a pipe; one that says so where nothing was found.</param>
/// <param name="Members">Writes its members in JSON, or null where nothing was found.</param>
sealed record LookupAnswer(LookupRow[] Rows, Action<Utf8JsonWriter>? Members)
{
    /// <summary>Whether the registry has an answer: Unassigned and Dynamic are answers.</summary>
    public bool IsFound => Members is not null;

    /// <summary>Where a name is unknown, the names that may have been meant.</summary>
    public ImmutableArray<string> Near { get; init; } = [];

    /// <summary>The answer to a name that the registry does not have.</summary>
    public static LookupAnswer Unknown(string why, string source) =>
        new([new("", "", null, null, null, why, source)], null);
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
