using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>A document that takes the place of another: a draft that became an RFC.</summary>
/// <param name="From">The reference that is replaced, by type and data.</param>
/// <param name="To">What it becomes.</param>
public sealed record ReferenceReplacement(Reference From, Reference To);

/// <summary>A contact that takes the place of another: two found to be one, or another id.</summary>
/// <param name="From">The id of the contact that is replaced; it leaves with its last record.</param>
/// <param name="To">The contact that takes its place.</param>
public sealed record ContactReplacement(string From, Party To);

/// <summary>
/// Upkeep of many records at once by the registrar, notes and descriptions included (procedures C10). No record's own date
/// moves.
/// </summary>
public sealed record Housekeeping : Act
{
    /// <summary>The references that are replaced everywhere.</summary>
    public ImmutableArray<ReferenceReplacement> References { get; init; } = [];

    /// <summary>The contacts that are replaced everywhere.</summary>
    public ImmutableArray<ContactReplacement> Contacts { get; init; } = [];

    internal override string? Rule => "C10";

    internal override string? Do(RegistryEdit edit)
    {
        foreach (var (from, to) in References)
        {
            if (Replace(edit, from, to, keepsPart: true) == 0)
                return $"No record refers to {from}";
        }
        foreach (var (id, party) in Contacts)
        {
            if (edit.Contacts.Find(id) is null)
                return edit.Breaks("K2", $"The registry has no contact {id}");
            if (edit.Settle(party, out var to) is { } unknown)
                return unknown;
            if (Replace(edit, new(ReferenceType.Person, id), to, keepsPart: false) == 0)
                return $"No record names {id}";
        }
        return null;
    }

    static int Replace(RegistryEdit edit, Reference from, Reference to, bool keepsPart)
    {
        var mapping = new ReferenceMapping(from, to, keepsPart);
        var count = 0;
        foreach (var record in edit.Naming(from.Type, from.Data))
        {
            edit.Replace(record, mapping.On(record));
            count++;
        }
        edit.Header = mapping.On(edit.Header);
        return count;
    }
}
