using System.Collections.Immutable;
using Berthbook.Decisions;
using Berthbook.Journal;
using Berthbook.Server.Pages.Changes;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>A row of the registry that a decision would add, change or remove.</summary>
/// <param name="Told">What becomes of it.</param>
/// <param name="Fields">Its cells before and after; of a row that is new or gone, all that say something.</param>
sealed record EffectPart(ToldChange Told, ImmutableArray<FieldChange> Fields)
{
    /// <summary>The rows in the order of the document, what happens to a name on several transport protocols alike as one.</summary>
    public static ImmutableArray<EffectPart> Of(Effect effect) =>
        [.. RevisionStory.InOrder(effect.Changes).Select(Of)];

    static EffectPart Of(StoryPart part)
    {
        var told = part.Tell();
        return new(told, told.Fields.IsEmpty ? WholeOf(part.Changes[0]) : told.Fields);
    }

    static ImmutableArray<FieldChange> WholeOf(Change change) =>
        change switch
        {
            RecordChange { Before: null, After: { } record } => [.. CellsOf(record).Select(Added)],
            RecordChange { Before: { } record, After: null } => [.. CellsOf(record).Select(Removed)],
            ContactChange { Before: null, After: { } contact } => [.. CellsOf(contact).Select(Added)],
            ContactChange { Before: { } contact, After: null } => [.. CellsOf(contact).Select(Removed)],
            _ => [],
        };

    static FieldChange Added((string Name, string Text) cell) => FieldChange.Of(cell.Name, "", cell.Text);

    static FieldChange Removed((string Name, string Text) cell) => FieldChange.Of(cell.Name, cell.Text, "");

    // The title of a record without a name says number, transport protocol and state already.
    static IEnumerable<(string Name, string Text)> CellsOf(RegistryRecord record)
    {
        for (var column = record.Name is null ? 5 : 1; column <= RegistryRecord.Columns.Length; column++)
        {
            if (record.Cell(column) is { Length: > 0 } text)
                yield return (RegistryRecord.Columns[column - 1], text);
        }
    }

    static IEnumerable<(string Name, string Text)> CellsOf(Contact contact)
    {
        yield return ("Id", contact.Id);
        if (contact.Name is { } name)
            yield return ("Name", name);
        if (contact.Organization is { } organization)
            yield return ("Organization", organization);
        if (!contact.Uris.IsDefaultOrEmpty)
            yield return ("Contact URI", string.Join(" ", contact.Uris));
        if (contact.Updated is { } updated)
            yield return ("Last Updated", updated.ToString());
    }
}
