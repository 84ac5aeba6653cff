using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Pages.Changes;

/// <summary>A field before and after, compared word by word.</summary>
sealed record FieldChange(string Name, IReadOnlyList<DiffPiece> Before, IReadOnlyList<DiffPiece> After)
{
    public static FieldChange Of(string name, string before, string after)
    {
        var (old, now) = WordDiff.Compare(before, after);
        return new(name, old, now);
    }
}

/// <summary>A change as people read it.</summary>
/// <param name="Section">What the page puts it under.</param>
/// <param name="Kind">What it does.</param>
/// <param name="What">The same in a word: Renamed, Assigned, De-assigned.</param>
/// <param name="Title">What it happens to.</param>
sealed record ToldChange(string Section, ChangeKind Kind, string What, string Title)
{
    const string Deassigned = "De-assigned";

    /// <summary>What it happens to is, in the registry's words.</summary>
    public string Description { get; init; } = "";

    /// <summary>A record that tells where its page is, or null.</summary>
    public RegistryRecord? Record { get; init; }

    /// <summary>The contact's id, or null.</summary>
    public string? ContactId { get; init; }

    /// <summary>What says other than before.</summary>
    public ImmutableArray<FieldChange> Fields { get; init; } = [];

    /// <summary>The records that an Unassigned one became.</summary>
    public ImmutableArray<RegistryRecord> Into { get; init; } = [];

    /// <summary>An Unassigned record that became others.</summary>
    public static ToldChange Carved(RegistryRecord range, ImmutableArray<RegistryRecord> into)
    {
        var assigned = into.Where(record => record.Name is not null).ToList();
        return new(
            "Carved out of Unassigned",
            ChangeKind.Changed,
            assigned.Count > 0 ? "Assigned" : "Split",
            string.Join(", ", assigned.DefaultIfEmpty(range))
        )
        {
            Record = assigned.FirstOrDefault(),
            Description = $"carved from {range.Number} Unassigned",
            Into = into,
        };
    }

    public static ToldChange Of(HeaderChange change) =>
        new("Header", change.Kind, change.Kind.ToString(), "The registry\u2019s header")
        {
            Fields = FieldsOf(change),
        };

    public static ToldChange Of(ContactChange change)
    {
        var contact = (change.After ?? change.Before)!;
        return new(
            $"Contacts {change.Kind.ToString().ToLowerInvariant()}",
            change.Kind,
            change.Kind.ToString(),
            contact.DisplayName
        )
        {
            ContactId = change.After?.Id,
            Description = contact.DisplayName == contact.Organization ? "" : contact.Organization ?? "",
            Fields = FieldsOf(change),
        };
    }

    /// <summary>The change of a record, and those of its name and number on other transport protocols that are alike.</summary>
    public static ToldChange Of(IReadOnlyList<RecordChange> alike)
    {
        var change = alike[0];
        var what = WhatOf(change);
        var records = alike.Select(each => (what == Deassigned ? each.Before : each.After ?? each.Before)!);
        var record = records.First();
        var places = records.Skip(1).Select(other => $"{other.Number}/{other.Transport?.Name()}");
        return new(
            $"Records {change.Kind.ToString().ToLowerInvariant()}",
            change.Kind,
            what,
            string.Join(", ", places.Prepend(record.ToString()))
        )
        {
            Record = record,
            Description = record.Name is null ? "" : record.Summary,
            Fields = FieldsOf(change),
        };
    }

    static string WhatOf(RecordChange change) =>
        change is not { Before: { } before, After: { } after, Kind: ChangeKind.Changed }
            ? change.Kind.ToString()
        : before.Name is null && after.Name is not null ? "Assigned"
        : before.Name is not null && after.Name is null ? Deassigned
        : before.Name != after.Name ? "Renamed"
        : before.Number != after.Number ? "Renumbered"
        : change.Kind.ToString();

    static ImmutableArray<FieldChange> FieldsOf(Change change) =>
        [
            .. ChangedField
                .Of(change)
                .Select(field => FieldChange.Of(Label(change, field.Name), field.Before, field.After)),
        ];

    // Of a record, the heading of the published column.
    static string Label(Change change, string name)
    {
        for (var i = 0; change is RecordChange && i < RecordField.All.Count; i++)
        {
            if (RecordField.All[i].Name == name)
                return RegistryRecord.Columns[i];
        }
        return $"{char.ToUpperInvariant(name[0])}{name[1..]}";
    }
}
