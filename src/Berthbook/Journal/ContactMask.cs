using System.Collections.Immutable;

namespace Berthbook.Journal;

/// <summary>Puts other ids in the place of contacts' ids, everywhere in a registry, and empties those contacts.</summary>
sealed class ContactMask(IReadOnlyDictionary<string, string> masks)
{
    /// <summary>Every reference to a person in a record, running text included.</summary>
    public static IEnumerable<Reference> PersonsIn(RegistryRecord record) =>
        (record.Assignee.IsDefault ? [] : record.Assignee)
            .Concat(record.Contacts)
            .Concat(record.Description.References)
            .Concat(record.Note?.References ?? [])
            .Where(reference => reference.Type == ReferenceType.Person);

    public Registry Apply(Registry registry) =>
        new(
            registry.Header,
            [.. registry.Records.Select(Apply)],
            [
                .. registry.Contacts.Select(contact =>
                    masks.TryGetValue(contact.Id, out var mask)
                        ? new Contact { Id = mask, IsErased = true }
                        : contact
                ),
            ]
        );

    RegistryRecord Apply(RegistryRecord record) =>
        PersonsIn(record).Any(person => masks.ContainsKey(person.Data))
            ? record with
            {
                Assignee = record.Assignee.IsDefault ? default : Apply(record.Assignee),
                Contacts = Apply(record.Contacts),
                Description = Apply(record.Description),
                Note = record.Note is { } note ? Apply(note) : null,
            }
            : record;

    ImmutableArray<Reference> Apply(ImmutableArray<Reference> references) => [.. references.Select(Apply)];

    Reference Apply(Reference reference) =>
        reference.Type == ReferenceType.Person && masks.TryGetValue(reference.Data, out var mask)
            ? reference with
            {
                Data = mask,
                Text = null,
            }
            : reference;

    RichText Apply(RichText text) =>
        text.Inlines.IsEmpty
            ? text
            : RichText.Of([
                .. text.Inlines.Select(inline =>
                    inline.Kind switch
                    {
                        InlineKind.Reference => inline with { Reference = Apply(inline.Reference!) },
                        InlineKind.Paragraph => inline with { Paragraph = Apply(inline.Paragraph!) },
                        _ => inline,
                    }
                ),
            ]);
}
