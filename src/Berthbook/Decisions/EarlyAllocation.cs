using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// An assignment for a document in the making, marked as temporary for a year (RFC 7120 section 3, procedures A9).
/// </summary>
public sealed record EarlyAllocation : NewNameAct
{
    internal override string? Rule => "A9";

    internal override string? Do(RegistryEdit edit) =>
        Prepare(edit, out var assignment)
        ?? (
            assignment! with
            {
                Description = TemporaryMark.On(Description, edit.Day, edit.Day.AddYears(1)),
            }
        ).Do(edit);
}

/// <summary>What becomes of an early allocation.</summary>
public enum EarlyAllocationEnd : byte
{
    /// <summary>Renewed for another year; the registration date of the mark stays.</summary>
    Renewed,

    /// <summary>Permanent: the mark goes, the parties are those of the published document (procedures A8).</summary>
    Permanent,

    /// <summary>Deprecated: it stays with the document, marked so.</summary>
    Deprecated,

    /// <summary>De-assigned: the number becomes Reserved, the name leaves as well (procedures C1).</summary>
    Deassigned,
}

/// <summary>An early allocation renewed or ended (RFC 7120 sections 3.2 and 3.3, procedures A9).</summary>
public sealed record EndEarlyAllocation : Act
{
    /// <summary>The ids of the records.</summary>
    public required ImmutableArray<int> Records { get; init; }

    /// <summary>What becomes of it.</summary>
    public required EarlyAllocationEnd End { get; init; }

    /// <summary>Of a permanent one: the assignee from now on, the IESG for the IETF's documents; null where it stays.</summary>
    public Party? Assignee { get; init; }

    /// <summary>Of a permanent one: the contact from now on; null where it stays.</summary>
    public Party? Contact { get; init; }

    /// <summary>Of a permanent one: the references from now on; <c>default</c> where they stay.</summary>
    public ImmutableArray<Reference> References { get; init; }

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    internal override string? Rule => "A9";

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Records, out var records) is { } fault)
            return fault;
        if (records.Find(record => !TemporaryMark.IsOn(record.Description)) is { } other)
            return $"{other} is no early allocation";
        if (End == EarlyAllocationEnd.Deassigned)
            return new Releasing(edit, Modified, record => Words.Deassigned(edit.Day, record.Name?.Text)).Do(
                records,
                null
            );
        if (edit.SettleAssignee(Assignee, out var assignee) is { } unknown)
            return unknown;
        if (edit.SettleAssignee(Contact, out var contacts) is { } missing)
            return missing;
        var modified = edit.DateOf(Modified, "the modification date");
        foreach (var record in records)
        {
            edit.Replace(
                record,
                record with
                {
                    Description = DescriptionOf(edit, record),
                    Assignee = Assignee is null ? record.Assignee : assignee,
                    Contacts = Contact is null ? record.Contacts : contacts,
                    References = References.IsDefault ? record.References : References,
                    Modified = modified ?? record.Modified,
                    Note =
                        End == EarlyAllocationEnd.Deprecated
                            ? Words.Before(TemporaryMark.Deprecated(edit.Day), record.Note)
                            : record.Note,
                }
            );
        }
        return null;
    }

    RichText DescriptionOf(RegistryEdit edit, RegistryRecord record) =>
        End == EarlyAllocationEnd.Renewed
            ? TemporaryMark.On(
                TemporaryMark.Without(record.Description),
                (TemporaryMark.DaysOf(record.Description)?.Registered ?? record.Registered)?.FirstDay
                    ?? edit.Day,
                edit.Day.AddYears(1)
            )
            : TemporaryMark.Without(record.Description);
}
