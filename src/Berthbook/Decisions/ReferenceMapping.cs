using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>One reference for another, wherever a record or the header has it.</summary>
/// <param name="From">What is replaced, by type and data.</param>
/// <param name="To">What it becomes.</param>
/// <param name="KeepsPart">Whether the section that was meant is still meant.</param>
sealed record ReferenceMapping(Reference From, Reference To, bool KeepsPart)
{
    public RegistryRecord On(RegistryRecord record) =>
        record with
        {
            Assignee = record.Assignee.IsDefault ? default : On(record.Assignee),
            Contacts = On(record.Contacts),
            References = On(record.References),
            Note = record.Note is { } note ? On(note) : null,
            Description = On(record.Description),
        };

    public RegistryHeader On(RegistryHeader header)
    {
        if (
            !header.Parts.Any(part =>
                part.Reference is { } own && IsMeant(own) || part.Text.References.Any(IsMeant)
            )
        )
            return header;
        return header with
        {
            Parts =
            [
                .. header.Parts.Select(part =>
                    part with
                    {
                        Text = On(part.Text),
                        Reference = part.Reference is { } own ? On(own) : null,
                    }
                ),
            ],
        };
    }

    // What becomes the same as another of the list stands once.
    ImmutableArray<Reference> On(ImmutableArray<Reference> references) =>
        references.Any(IsMeant) ? [.. references.Select(On).Distinct()] : references;

    Reference On(Reference reference) =>
        !IsMeant(reference) ? reference
        : KeepsPart && To.Part == ReferencePart.Whole
            ? To with
            {
                Part = reference.Part,
                PartName = reference.PartName,
            }
        : To;

    RichText On(RichText text) =>
        text.References.Any(IsMeant)
            ? RichText.Of([
                .. text.Inlines.Select(inline =>
                    inline.Kind switch
                    {
                        InlineKind.Reference => inline with { Reference = On(inline.Reference!) },
                        InlineKind.Paragraph => inline with { Paragraph = On(inline.Paragraph!) },
                        _ => inline,
                    }
                ),
            ])
            : text;

    bool IsMeant(Reference reference) =>
        reference.Type == From.Type
        && string.Equals(
            reference.Data,
            From.Data,
            From.Type == ReferenceType.Person ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase
        )
        && (From.Type != ReferenceType.Text || reference.Text == From.Text);
}
