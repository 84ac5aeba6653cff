using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// The assignee's own new name, or its successor by law, on evidence kept with the decision; no transfer (procedures C9).
/// </summary>
public sealed record AssigneeName : Act
{
    /// <summary>The ids of the records.</summary>
    public required ImmutableArray<int> Records { get; init; }

    /// <summary>The assignee under its new name.</summary>
    public required Party Assignee { get; init; }

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    internal override string? Rule => "C9";

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Records, out var records) is { } fault)
            return fault;
        if (edit.SettleAssignee(Assignee, out var assignee) is { } unknown)
            return unknown;
        foreach (var record in records)
        {
            edit.Replace(
                record,
                record with
                {
                    Assignee = assignee,
                    Modified = edit.DateOf(Modified, $"the modification date of {record}") ?? record.Modified,
                }
            );
        }
        return null;
    }
}
