using System.Globalization;

namespace Berthbook;

/// <summary>A field of a record as people compare it: its name and its text, white space folded.</summary>
public sealed record RecordField(string Name, Func<RegistryRecord, string> Text)
{
    /// <summary>
    /// The fields of a record, named as the JSON names them. Assignee differs from an absent assignee, though the
    /// published cell may be the same.
    /// </summary>
    public static IReadOnlyList<RecordField> All { get; } =
    [
        new("name", record => record.Name?.Text ?? ""),
        new("number", record => record.Number?.ToString() ?? ""),
        new("transport", record => record.Transport?.Name() ?? ""),
        new("description", record => Say(record.Description)),
        new("assignee", record => record.Assignee.IsDefault ? "" : "=" + Say(record.Assignee)),
        new("contacts", record => Say(record.Contacts)),
        new("registered", record => record.Registered?.ToString() ?? ""),
        new("modified", record => record.Modified?.ToString() ?? ""),
        new("references", record => Say(record.References)),
        new("serviceCode", record => record.ServiceCode?.ToString(CultureInfo.InvariantCulture) ?? ""),
        new("unauthorizedUse", record => record.Unauthorized is { } text ? Cells.Fold(text) : ""),
        new("notes", record => record.Note is { } note ? Say(note) : ""),
    ];

    // Data and words both count: a draft that became an RFC may keep its words.
    static string Say(Reference reference) =>
        $"[{reference.TypeName} {reference.Data} {Cells.Fold(reference.Label)}{reference.LastUpdated}]";

    // The order of children in the file says nothing, so they are compared as a set (formats.md 7.1).
    static string Say(IReadOnlyList<Reference> references) =>
        references.Count == 0 ? ""
        : references.Count == 1 ? Say(references[0])
        : string.Concat(references.Select(Say).Order(StringComparer.Ordinal));

    static string Say(RichText text)
    {
        if (text.Inlines.IsEmpty)
            return Cells.Fold(text.Words);
        var said = text.Inlines.Select(inline =>
            inline.Kind switch
            {
                InlineKind.Text => inline.Text!,
                InlineKind.Reference => Say(inline.Reference!),
                InlineKind.Paragraph => $"\u00b6{Say(inline.Paragraph!)}\u00b6",
                _ => "\u21b5",
            }
        );
        return Cells.Fold(string.Concat(said));
    }
}
