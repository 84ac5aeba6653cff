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
                    yield return new(
                        part.Title ?? title,
                        isRunningText ? Preformatted(part.Text) : part.Text,
                        isRunningText
                    );
        }
    }

    /// <summary>Preformatted text as a browser shows it: without one line feed at each end.</summary>
    public static RichText Preformatted(RichText text)
    {
        var pieces = text.Pieces;
        if (pieces is [{ Text: ['\n', .. var rest] } first, ..])
            pieces = pieces.SetItem(0, first with { Text = rest });
        if (pieces is [.., { Text: [.. var start, '\n'] } last])
            pieces = pieces.SetItem(pieces.Length - 1, last with { Text = start });
        return RichText.Of(pieces);
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
