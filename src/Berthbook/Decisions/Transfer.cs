using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// An assignment passed to another party by a release of the old one and a request of the new one that take effect together
/// (RFC 6335 section 8.5, procedures C5). The registration date stays.
/// </summary>
public sealed record Transfer : Act
{
    /// <summary>The ids of the records.</summary>
    public required ImmutableArray<int> Records { get; init; }

    /// <summary>The new holder.</summary>
    public required Party Assignee { get; init; }

    /// <summary>Who answers for it from now on, at least one.</summary>
    public required ImmutableArray<Party> Contacts { get; init; }

    /// <summary>The description from now on, or null where it stays.</summary>
    public RichText? Description { get; init; }

    /// <summary>The references from now on; <c>default</c> where they stay.</summary>
    public ImmutableArray<Reference> References { get; init; }

    /// <summary>
    /// The note, or null for <c>De-assigned and re-assigned on DATE with the approval of the previous assignee.</c> and the
    /// note that was there.
    /// </summary>
    public RichText? Note { get; init; }

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    internal override string? Rule => "C5";

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Records, out var records) is { } fault)
            return fault;
        if (edit.SettleAssignee(Assignee, out var assignee) is { } unknown)
            return unknown;
        if (edit.Settle(Contacts, out var contacts) is { } missing)
            return missing;
        if (Note is not null)
            edit.Choose("the note says other than by default");
        var modified = edit.DateOf(Modified, "the modification date");
        foreach (var record in records)
        {
            if (record.Kind().State() != PortState.Assigned)
                return $"{record} is not assigned";
            edit.Replace(
                record,
                record with
                {
                    Assignee = assignee,
                    Contacts = contacts,
                    Description = Description ?? record.Description,
                    References = References.IsDefault ? record.References : References,
                    Modified = modified ?? record.Modified,
                    Note = Note ?? Words.Before(Words.Transferred(edit.Day), record.Note),
                }
            );
        }
        return null;
    }
}
