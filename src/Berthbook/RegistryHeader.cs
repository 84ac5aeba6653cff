using System.Collections.Immutable;

namespace Berthbook;

/// <summary>The kinds of element that stand before the records.</summary>
public enum HeaderPartKind : byte
{
    /// <summary>The registry's title.</summary>
    Title,

    /// <summary>When the registry was created.</summary>
    Created,

    /// <summary>The category it is listed under.</summary>
    Category,

    /// <summary>The day of the last update.</summary>
    Updated,

    /// <summary>The policy for registration.</summary>
    RegistrationRule,

    /// <summary>The designated experts.</summary>
    Expert,

    /// <summary>A description.</summary>
    Description,

    /// <summary>A note, perhaps with a title.</summary>
    Note,

    /// <summary>A document that defines the registry.</summary>
    Reference,
}

/// <summary>One element of the header, in the order of the file.</summary>
/// <param name="Kind">Which element.</param>
/// <param name="Text">Its running text; empty for a reference.</param>
/// <param name="Reference">The reference, for <see cref="HeaderPartKind.Reference"/> only.</param>
/// <param name="Title">The note's title, or null.</param>
/// <param name="Gap">White space before the element where it is not canonical.</param>
public sealed record HeaderPart(
    HeaderPartKind Kind,
    RichText Text,
    Reference? Reference = null,
    string? Title = null,
    string? Gap = null
);

/// <summary>A footnote of the registry.</summary>
/// <param name="Anchor">Its number, which references of type note name.</param>
/// <param name="Text">Its words.</param>
/// <param name="Gap">White space before the element where it is not canonical.</param>
public sealed record Footnote(string Anchor, RichText Text, string? Gap = null);

/// <summary>What the registry says of itself: title, last update, experts, notes, references, footnotes, and the prolog of the file.</summary>
public sealed record RegistryHeader
{
    /// <summary>The lines before the root element, as the file has them.</summary>
    public string Prolog { get; init; } = DefaultProlog;

    /// <summary>The registry's id, <c>service-names-port-numbers</c> for IANA's.</summary>
    public required string Id { get; init; }

    /// <summary>The elements before the records, in the order of the file.</summary>
    public ImmutableArray<HeaderPart> Parts { get; init; } = [];

    /// <summary>The footnotes.</summary>
    public ImmutableArray<Footnote> Footnotes { get; init; } = [];

    /// <summary>White space before <c>people</c> where it is not canonical.</summary>
    public string? GapBeforePeople { get; init; }

    /// <summary>White space before the end of <c>people</c> where it is not canonical.</summary>
    public string? GapBeforePeopleEnd { get; init; }

    /// <summary>White space before the end of the registry where it is not canonical.</summary>
    public string? GapBeforeEnd { get; init; }

    /// <summary>What follows the root element, a line feed by custom.</summary>
    public string Trailer { get; init; } = "\n";

    /// <summary>The prolog of IANA's files since 2023.</summary>
    public const string DefaultProlog = """
        <?xml version='1.0' encoding='UTF-8'?>
        <?xml-stylesheet type="text/xsl" href="service-names-port-numbers.xsl"?>
        <?xml-model href="service-names-port-numbers.rng" schematypens="http://relaxng.org/ns/structure/1.0" ?>

        """;

    /// <summary>The title, or empty.</summary>
    public string Title => Text(HeaderPartKind.Title)?.OneLine ?? "";

    /// <summary>The day of the last update (procedures C11), or null.</summary>
    public RegistryDate? Updated =>
        Text(HeaderPartKind.Updated) is { } text && RegistryDate.TryParse(text.Words, out var date)
            ? date
            : null;

    /// <summary>The designated experts, in the file's words, or null.</summary>
    public RichText? Experts => Text(HeaderPartKind.Expert);

    /// <summary>The notes, with and without titles.</summary>
    public IEnumerable<HeaderPart> Notes => Parts.Where(part => part.Kind == HeaderPartKind.Note);

    /// <summary>The documents that define the registry.</summary>
    public IEnumerable<Reference> References =>
        Parts.Where(part => part.Kind == HeaderPartKind.Reference).Select(part => part.Reference!);

    /// <summary>The same header with another day of last update.</summary>
    public RegistryHeader WithUpdated(RegistryDate updated)
    {
        var index = Parts.ToList().FindIndex(part => part.Kind == HeaderPartKind.Updated);
        var part = new HeaderPart(HeaderPartKind.Updated, new(updated.ToString()));
        return this with
        {
            Parts =
                index < 0 ? Parts.Add(part) : Parts.SetItem(index, Parts[index] with { Text = part.Text }),
        };
    }

    /// <summary>Equal to the byte of the file.</summary>
    public bool Equals(RegistryHeader? other) =>
        other is not null
        && (
            ReferenceEquals(this, other)
            || (
                Prolog == other.Prolog
                && Id == other.Id
                && GapBeforePeople == other.GapBeforePeople
                && GapBeforePeopleEnd == other.GapBeforePeopleEnd
                && GapBeforeEnd == other.GapBeforeEnd
                && Trailer == other.Trailer
                && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan())
                && Footnotes.AsSpan().SequenceEqual(other.Footnotes.AsSpan())
            )
        );

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Parts.Length);

    RichText? Text(HeaderPartKind kind)
    {
        foreach (var part in Parts)
        {
            if (part.Kind == kind)
                return part.Text;
        }
        return null;
    }
}
