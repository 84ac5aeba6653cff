namespace Berthbook.Journal;

/// <summary>A field that says other than before, as people read it.</summary>
/// <param name="Name">The field, named as in the JSON.</param>
/// <param name="Before">Its text before, white space folded; empty where it said nothing.</param>
/// <param name="After">Its text after.</param>
public sealed record ChangedField(string Name, string Before, string After)
{
    /// <summary>The fields that a change gives another text, in the order of <see cref="Change.Fields"/>.</summary>
    public static IEnumerable<ChangedField> Of(Change change) =>
        change switch
        {
            RecordChange { Before: { } before, After: { } after } => OfRecord(before, after),
            ContactChange { Before: { } before, After: { } after } => change.Fields.Select(
                name => new ChangedField(name, TextOf(before, name), TextOf(after, name))
            ),
            HeaderChange { Before: { } before, After: var after } => change.Fields.Select(
                name => new ChangedField(name, TextOf(before, name), TextOf(after, name))
            ),
            _ => [],
        };

    // The fields of RecordField stand in the order of the published columns.
    static IEnumerable<ChangedField> OfRecord(RegistryRecord before, RegistryRecord after)
    {
        for (var i = 0; i < RecordField.All.Count; i++)
        {
            var field = RecordField.All[i];
            if (field.Text(before) == field.Text(after))
                continue;
            var (old, now) = (CellText(before, i + 1), CellText(after, i + 1));
            yield return old == now
                ? new(field.Name, field.Text(before), field.Text(after))
                : new(field.Name, old, now);
        }
    }

    static string CellText(RegistryRecord record, int column) =>
        column switch
        {
            4 => record.Description.OneLine,
            5 when record.Assignee.IsDefault => "",
            12 => record.Note?.OneLine ?? "",
            _ => record.Cell(column),
        };

    static string TextOf(Contact contact, string name) =>
        name switch
        {
            "name" => contact.Name ?? "",
            "organization" => contact.Organization ?? "",
            "uris" => string.Join(" ", contact.Uris),
            _ => contact.Updated?.ToString() ?? "",
        };

    static string TextOf(RegistryHeader header, string name) =>
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
}
