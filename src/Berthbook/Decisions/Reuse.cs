using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// A number given back and assigned to the same assignee for another service, in one decision (RFC 6335 section 8.3,
/// procedures C3). The old name stays assigned without it.
/// </summary>
public sealed record Reuse : NewNameAct
{
    /// <summary>The ids of the records that are given back, one a transport.</summary>
    public required ImmutableArray<int> Records { get; init; }

    /// <summary>How the old name stays assigned.</summary>
    public KeptName OldName { get; init; } = new();

    internal override string? Rule => "C3";

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Records, out var records) is { } fault)
            return fault;
        if (Port is not { } port || records.Find(record => record.Number != new PortRange(port)) is not null)
            return "A reuse is of the number that the records have";
        var releasing = new Releasing(edit, null, record => Words.Deassigned(edit.Day, record.Name?.Text));
        return releasing.Do(records, OldName) ?? Prepare(edit, out var assignment) ?? assignment!.Do(edit);
    }
}
