using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// The registry's own header changed by the registrar, its experts with the approver (RFC 8126 section 5.2.1, procedures
/// C12). What is not given stays.
/// </summary>
public sealed record ChangeHeader : Act
{
    /// <summary>The title, or null where it stays.</summary>
    public RichText? Title { get; init; }

    /// <summary>The designated experts, or null where they stay.</summary>
    public RichText? Experts { get; init; }

    /// <summary>The note without a title, or null where it stays.</summary>
    public RichText? Note { get; init; }

    /// <summary>The documents that define the registry, all of them; <c>default</c> where they stay.</summary>
    public ImmutableArray<Reference> References { get; init; }

    /// <summary>The footnotes, all of them; <c>default</c> where they stay.</summary>
    public ImmutableArray<Footnote> Footnotes { get; init; }

    /// <summary>The notes with a title, all of them; <c>default</c> where they stay.</summary>
    public ImmutableArray<HeaderPart> TitledNotes { get; init; }

    internal override string? Rule => "C12";

    internal override string? Do(RegistryEdit edit)
    {
        var parts = edit.Header.Parts;
        parts = With(parts, HeaderPartKind.Title, Title);
        parts = With(parts, HeaderPartKind.Expert, Experts);
        parts = With(parts, HeaderPartKind.Note, Note);
        if (!References.IsDefault)
            parts = WithAll(
                parts,
                part => part.Kind == HeaderPartKind.Reference,
                References.Select(reference => new HeaderPart(
                    HeaderPartKind.Reference,
                    RichText.Empty,
                    reference
                ))
            );
        if (!TitledNotes.IsDefault)
            parts = WithAll(
                parts,
                part => part is { Kind: HeaderPartKind.Note, Title: not null },
                TitledNotes
            );
        edit.Header = edit.Header with
        {
            Parts = parts,
            Footnotes = Footnotes.IsDefault ? edit.Header.Footnotes : Footnotes,
        };
        return null;
    }

    static ImmutableArray<HeaderPart> With(
        ImmutableArray<HeaderPart> parts,
        HeaderPartKind kind,
        RichText? text
    )
    {
        if (text is null)
            return parts;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is { Title: null } part && part.Kind == kind)
                return part.Text.Equals(text) ? parts : parts.SetItem(i, part with { Text = text });
        }
        return parts.Add(new(kind, text));
    }

    // The new ones stand where the first old one stood.
    static ImmutableArray<HeaderPart> WithAll(
        ImmutableArray<HeaderPart> parts,
        Func<HeaderPart, bool> isOne,
        IEnumerable<HeaderPart> after
    )
    {
        var old = parts.Where(isOne).ToList();
        var now = after.ToList();
        if (
            old.Select(part => (part.Text, part.Reference, part.Title))
                .SequenceEqual(now.Select(part => (part.Text, part.Reference, part.Title)))
        )
            return parts;
        var place = old.Count == 0 ? parts.Length : parts.IndexOf(old[0]);
        return parts
            .RemoveAll(part => isOne(part))
            .InsertRange(Math.Min(place, parts.Length - old.Count), now);
    }
}
