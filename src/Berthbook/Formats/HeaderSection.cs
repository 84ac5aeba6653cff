using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>What the page and the plain text print of the header, under which title.</summary>
/// <param name="Title">The title: <c>Expert(s)</c>.</param>
/// <param name="Text">The text.</param>
/// <param name="IsRunningText">Whether it is preformatted running text, not one value.</param>
sealed record HeaderSection(string Title, RichText Text, bool IsRunningText)
{
    /// <summary>The sections in the order they are printed, which is not the order of the file (formats.md 5).</summary>
    public static IEnumerable<HeaderSection> Of(RegistryHeader header)
    {
        foreach (var (kind, title, isRunningText) in Order)
        {
            var parts = header.Parts.Where(part => part.Kind == kind).ToList();
            if (kind == HeaderPartKind.Reference && parts.Count > 0)
                yield return new(title, References(header), isRunningText);
            else
                foreach (var part in parts)
                    yield return new(part.Title ?? title, part.Text, isRunningText);
        }
    }

    static RichText References(RegistryHeader header) =>
        new([
            .. header.References.Select(reference => new Inline(InlineKind.Reference, Reference: reference)),
        ]);

    static readonly ImmutableArray<(HeaderPartKind, string, bool)> Order =
    [
        (HeaderPartKind.Created, "Created", false),
        (HeaderPartKind.Updated, "Last Updated", false),
        (HeaderPartKind.RegistrationRule, "Registration Procedure(s)", true),
        (HeaderPartKind.Expert, "Expert(s)", true),
        (HeaderPartKind.Description, "Description", true),
        (HeaderPartKind.Reference, "Reference", false),
        (HeaderPartKind.Note, "Note", true),
    ];
}
