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
            Fields =
            [
                .. change.Fields.Select(name =>
                    FieldChange.Of(
                        Label(name),
                        HeaderText(change.Before!, name),
                        HeaderText(change.After, name)
                    )
                ),
            ],
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
            Fields =
            [
                .. change.Fields.Select(name =>
                    FieldChange.Of(
                        Label(name),
                        ContactText(change.Before!, name),
                        ContactText(change.After!, name)
                    )
                ),
            ],
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
            Fields = change is { Before: { } before, After: { } after } ? FieldsOf(before, after) : [],
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

    // The fields of RecordField stand in the order of the published columns.
    static ImmutableArray<FieldChange> FieldsOf(RegistryRecord before, RegistryRecord after) =>
        [
            .. RecordField
                .All.Select((field, i) => (field, column: i + 1))
                .Where(known => known.field.Text(before) != known.field.Text(after))
                .Select(known =>
                {
                    var (old, now) = (CellText(before, known.column), CellText(after, known.column));
                    return old == now
                        ? FieldChange.Of(
                            RegistryRecord.Columns[known.column - 1],
                            known.field.Text(before),
                            known.field.Text(after)
                        )
                        : FieldChange.Of(RegistryRecord.Columns[known.column - 1], old, now);
                }),
        ];

    static string CellText(RegistryRecord record, int column) =>
        column switch
        {
            4 => record.Description.OneLine,
            5 when record.Assignee.IsDefault => "",
            12 => record.Note?.OneLine ?? "",
            _ => record.Cell(column),
        };

    static string ContactText(Contact contact, string name) =>
        name switch
        {
            "name" => contact.Name ?? "",
            "organization" => contact.Organization ?? "",
            "uris" => string.Join(" ", contact.Uris),
            _ => contact.Updated?.ToString() ?? "",
        };

    static string HeaderText(RegistryHeader header, string name) =>
        name == "footnotes"
            ? string.Join(" ", header.Footnotes.Select(note => $"[{note.Anchor}] {note.Text.OneLine}"))
            : string.Join(
                " ",
                header
                    .Parts.Where(part =>
                        part.Kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)
                    )
                    .Select(part => $"{part.Title} {part.Text.OneLine}{part.Reference}".Trim())
            );

    static string Label(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..]}";
}
