using System.Runtime.InteropServices;

namespace Berthbook.Search;

/// <summary>
/// Where a text of the registry stands, from what says most about a subject to what says least; port numbers are not
/// looked for as text.
/// </summary>
enum SearchPart
{
    Name,
    CommonName,
    Description,
    Party,
    Note,
    Reference,
    Number,
}

/// <summary>
/// All text that a search looks into, folded, as one run of UTF-8: part after part, entry after entry, the cells of an
/// entry each between two line feeds, which no folded text has. An entry belongs to one subject, or, a contact and a
/// reference, to all that name it, so that it is kept and read once.
/// </summary>
/// <remarks>
/// Costs one pass over the records and about half a megabyte for IANA's registry. What equal records say is kept once
/// a subject.
/// </remarks>
sealed class SearchCells
{
    /// <summary>What stands on both sides of every cell.</summary>
    public const byte Edge = (byte)'\n';

    const int Block = 64;

    readonly byte[] text;
    readonly int[] ends; // of each entry, behind its last line feed
    readonly int[] parts; // the first entry of each part, and the number of entries
    readonly int[] blocks; // the entry that each block of text begins in
    readonly int[] starts; // where the subjects of each entry begin
    readonly int[] subjects;

    /// <summary>
    /// Takes gathered text: a line feed, then entries up to their ends; the first entry of each part, and the number of
    /// entries; and pairs of an entry and a subject that it belongs to.
    /// </summary>
    public SearchCells(byte[] text, List<int> ends, int[] parts, List<int> entries, List<int> owners)
    {
        this.text = text;
        this.ends = [.. ends];
        this.parts = parts;
        blocks = new int[text.Length / Block + 1];
        for (int block = 0, entry = 0; block < blocks.Length; block++)
        {
            while (entry < this.ends.Length && this.ends[entry] <= block * Block)
                entry++;
            blocks[block] = entry;
        }
        (starts, var pairs) = Grouped.By(CollectionsMarshal.AsSpan(entries), ends.Count);
        subjects = [.. pairs.Select(pair => owners[pair])];
    }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Text => text;

    /// <summary>How many entries there are.</summary>
    public int Count => ends.Length;

    /// <summary>The entry that a place of the text is in.</summary>
    public int EntryAt(int place)
    {
        var entry = blocks[place / Block];
        while (ends[entry] <= place)
            entry++;
        return entry;
    }

    /// <summary>The place behind an entry.</summary>
    public int EndOf(int entry) => ends[entry];

    /// <summary>The place where an entry begins.</summary>
    public int StartOf(int entry) => entry == 0 ? 1 : ends[entry - 1];

    /// <summary>The part that an entry is in.</summary>
    public SearchPart PartOf(int entry)
    {
        var part = 0;
        while (parts[part + 1] <= entry)
            part++;
        return (SearchPart)part;
    }

    /// <summary>The entries of a part.</summary>
    public (int First, int End) EntriesOf(SearchPart part) => (parts[(int)part], parts[(int)part + 1]);

    /// <summary>The subjects that an entry belongs to.</summary>
    public ReadOnlySpan<int> SubjectsOf(int entry) => subjects.AsSpan(starts[entry]..starts[entry + 1]);
}
