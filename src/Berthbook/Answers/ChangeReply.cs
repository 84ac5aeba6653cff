using System.Collections.Immutable;
using Berthbook.Journal;

namespace Berthbook.Answers;

/// <summary>One change of a revision: what it is, the record, contact or header before and after, and the fields.</summary>
/// <param name="Kind">
/// The subject and what became of it: <c>recordAdded</c>, <c>contactChanged</c>, <c>headerLayout</c>. Of records,
/// <c>recordRekeyed</c> has another name, number or transport and counts as one removed and one added.
/// </param>
/// <param name="Before">The record, contact or header before; null where it is new.</param>
/// <param name="After">The record, contact or header after; null where it is gone.</param>
/// <param name="Fields">The members that say other than before, named as they are in the objects.</param>
public sealed record ChangeReply(string Kind, object? Before, object? After, ImmutableArray<string> Fields)
{
    /// <summary>The answer of a change.</summary>
    public static ChangeReply Of(Change change) =>
        change switch
        {
            RecordChange { IsRekeyed: true } record => new(
                "recordRekeyed",
                record.Before,
                record.After,
                [.. record.Fields]
            ),
            RecordChange record => new(
                $"record{record.Kind}",
                record.Before,
                record.After,
                [.. record.Fields]
            ),
            ContactChange contact => new(
                $"contact{contact.Kind}",
                contact.Before is { } before ? ContactSummary.Of(before) : null,
                contact.After is { } after ? ContactSummary.Of(after) : null,
                [.. contact.Fields]
            ),
            HeaderChange header => new(
                $"header{header.Kind}",
                header.Before is { } before ? HeaderReply.Of(before) : null,
                HeaderReply.Of(header.After),
                [.. header.Fields]
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "No such change"),
        };
}

/// <summary>The header of the registry. Texts as the published files have them, white space folded.</summary>
/// <param name="Title">The title, or null.</param>
/// <param name="Created">The day on which the registry was created, or null.</param>
/// <param name="Category">Its category, or null.</param>
/// <param name="Updated">The day of last update, or null.</param>
/// <param name="RegistrationRule">The procedures of registration, or null.</param>
/// <param name="Expert">The designated experts, or null.</param>
/// <param name="Description">Its description, or null.</param>
/// <param name="Note">Its notes.</param>
/// <param name="Reference">Its references.</param>
/// <param name="Footnotes">Its footnotes.</param>
public sealed record HeaderReply(
    string? Title,
    string? Created,
    string? Category,
    string? Updated,
    string? RegistrationRule,
    string? Expert,
    string? Description,
    ImmutableArray<HeaderNoteReply> Note,
    ImmutableArray<ReferenceReply> Reference,
    ImmutableArray<FootnoteReply> Footnotes
)
{
    /// <summary>The answer of a header.</summary>
    public static HeaderReply Of(RegistryHeader header)
    {
        return new(
            Text(HeaderPartKind.Title),
            Text(HeaderPartKind.Created),
            Text(HeaderPartKind.Category),
            Text(HeaderPartKind.Updated),
            Text(HeaderPartKind.RegistrationRule),
            Text(HeaderPartKind.Expert),
            Text(HeaderPartKind.Description),
            [.. header.Notes.Select(note => new HeaderNoteReply(note.Title, note.Text.OneLine))],
            [.. header.References.Select(ReferenceReply.Of)],
            [.. header.Footnotes.Select(note => new FootnoteReply(note.Anchor, note.Text.OneLine))]
        );

        string? Text(HeaderPartKind kind) =>
            header.Parts.FirstOrDefault(part => part.Kind == kind)?.Text.OneLine is { Length: > 0 } words
                ? words
                : null;
    }
}

/// <summary>A note of the header, perhaps with a title.</summary>
/// <param name="Title">The title, or null.</param>
/// <param name="Text">The words.</param>
public sealed record HeaderNoteReply(string? Title, string Text);

/// <summary>A footnote of the registry.</summary>
/// <param name="Anchor">Its number.</param>
/// <param name="Text">Its words.</param>
public sealed record FootnoteReply(string Anchor, string Text);

/// <summary>A typed reference.</summary>
/// <param name="Type">What it points at: <c>rfc</c>, <c>uri</c>, <c>person</c> …</param>
/// <param name="Data">The target's id: <c>rfc6335</c>; empty for plain words.</param>
/// <param name="Label">What the published files print, without the brackets.</param>
public sealed record ReferenceReply(string Type, string Data, string Label)
{
    /// <summary>The answer of a reference.</summary>
    public static ReferenceReply Of(Reference reference) =>
        new(reference.TypeName, reference.Data, reference.Label);
}
