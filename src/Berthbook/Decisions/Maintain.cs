using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// Assignments and contacts brought up to date (RFC 6335 section 8.6, procedures C6). What is not given stays.
/// </summary>
public sealed record Maintain : Act
{
    /// <summary>The ids of the records, perhaps none where only contacts change.</summary>
    public ImmutableArray<int> Records { get; init; } = [];

    /// <summary>The description from now on, or null where it stays.</summary>
    public RichText? Description { get; init; }

    /// <summary>Who answers for it from now on; <c>default</c> where that stays.</summary>
    public ImmutableArray<Party> Contacts { get; init; }

    /// <summary>The references from now on; <c>default</c> where they stay.</summary>
    public ImmutableArray<Reference> References { get; init; }

    /// <summary>The note from now on, empty for none; null where it stays.</summary>
    public RichText? Note { get; init; }

    /// <summary>The assignee, where none is recorded: one that is recorded never changes this way.</summary>
    public Party? Assignee { get; init; }

    /// <summary>The contacts whose own fields change.</summary>
    public ImmutableArray<ContactUpdate> Updates { get; init; } = [];

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    internal override string? Rule => "C6";

    internal override string? Do(RegistryEdit edit)
    {
        List<RegistryRecord> records = [];
        if (!Records.IsEmpty && edit.Find(Records, out records) is { } fault)
            return fault;
        if (edit.Update(Updates) is { } unknownContact)
            return unknownContact;
        if (edit.SettleAssignee(Assignee, out var assignee) is { } unknown)
            return unknown;
        if (edit.Settle(Contacts.IsDefault ? [] : Contacts, out var contacts) is { } missing)
            return missing;
        foreach (var record in records)
        {
            if (Upkeep(edit, record, assignee, contacts) is { } refused)
                return refused;
        }
        return null;
    }

    string? Upkeep(
        RegistryEdit edit,
        RegistryRecord record,
        ImmutableArray<Reference> assignee,
        ImmutableArray<Reference> contacts
    )
    {
        if (
            Assignee is not null
            && !record.Assignee.IsDefault
            && !record.Assignee.AsSpan().SequenceEqual(assignee.AsSpan())
        )
            return $"{record} belongs to {string.Concat(record.Assignee)}: an assignee that is recorded is not changed by maintenance";
        edit.Replace(
            record,
            record with
            {
                Assignee = Assignee is null ? record.Assignee : assignee,
                Contacts = Contacts.IsDefault ? record.Contacts : contacts,
                Description = Description ?? record.Description,
                References = References.IsDefault ? record.References : References,
                Note =
                    Note is null ? record.Note
                    : Note.IsEmpty ? null
                    : Note,
                Modified = edit.DateOf(Modified, $"the modification date of {record}") ?? record.Modified,
            }
        );
        return null;
    }
}
