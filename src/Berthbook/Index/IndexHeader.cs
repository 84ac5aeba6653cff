using System.Collections.Immutable;

namespace Berthbook;

/// <summary>What an index file says of its source, and what the registry says of itself, odd white space left out.</summary>
static class IndexHeader
{
    public static IndexSource ReadSource(IndexInput input) =>
        new()
        {
            Words = input.Text(),
            Title = input.Text(),
            Updated = input.OptionalDate(input.Byte() != 0),
            Revision = input.Number(int.MaxValue, "a revision"),
            Hash = input.Text(),
            JournalLength = input.Signed(),
            JournalTicks = input.Signed(),
        };

    public static void Write(IndexSource source, IndexOutput output)
    {
        output.Text(source.Words);
        output.Text(source.Title);
        output.Byte(source.Updated is null ? (byte)0 : (byte)1);
        output.Date(source.Updated);
        output.Number(source.Revision);
        output.Text(source.Hash);
        output.Signed(source.JournalLength);
        output.Signed(source.JournalTicks);
    }

    public static RegistryHeader Read(IndexContent content)
    {
        var input = content.Open(IndexSection.Header);
        var header = new RegistryHeader { Id = input.Text(), Prolog = input.Text() };
        var parts = ImmutableArray.CreateBuilder<HeaderPart>(input.Count());
        for (var i = 0; i < parts.Capacity; i++)
            parts.Add(ReadPart(ref input));
        var footnotes = ImmutableArray.CreateBuilder<Footnote>(input.Count());
        for (var i = 0; i < footnotes.Capacity; i++)
            footnotes.Add(new(input.Text(), input.RichText()));
        return header with { Parts = parts.MoveToImmutable(), Footnotes = footnotes.MoveToImmutable() };
    }

    public static void Write(RegistryHeader header, IndexOutput output)
    {
        output.Text(header.Id);
        output.Text(header.Prolog);
        output.Number(header.Parts.Length);
        foreach (var part in header.Parts)
        {
            output.Byte(
                (byte)((int)part.Kind << 2 | (part.Reference is null ? 0 : 1) | (part.Title is null ? 0 : 2))
            );
            output.RichText(part.Text);
            if (part.Reference is { } reference)
                output.Reference(reference);
            output.OptionalText(part.Title);
        }
        output.Number(header.Footnotes.Length);
        foreach (var footnote in header.Footnotes)
        {
            output.Text(footnote.Anchor);
            output.RichText(footnote.Text);
        }
    }

    static HeaderPart ReadPart(ref IndexInput input)
    {
        var head = input.Byte();
        var kind = (HeaderPartKind)(head >> 2);
        if (kind > HeaderPartKind.Reference)
            throw CheckedBlocks.Malformed("its header has an unknown part");
        return new(
            kind,
            input.RichText(),
            (head & 1) != 0 ? input.Reference() : null,
            input.OptionalText((head & 2) != 0)
        );
    }
}
