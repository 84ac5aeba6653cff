using System.Numerics;

namespace Berthbook.Search;

/// <summary>A name that is written much like what was asked.</summary>
/// <param name="Subject">The service.</param>
/// <param name="Distance">How many letters are wrong, missing, too many or swapped with their neighbour, 0 to 2.</param>
/// <param name="IsWhole">Whether the whole name is meant, or its beginning.</param>
/// <param name="IsShuffled">Whether the name has the same letters, in another order.</param>
readonly record struct NearSpelling(int Subject, int Distance, bool IsWhole, bool IsShuffled);

/// <summary>
/// Names, common names or descriptions, letters and digits alone, for who misspells them. A name that lacks too many of
/// the letters asked for is passed over by one test of bits; for the others the distance is counted with one step of
/// 64-bit words a letter (H. Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances, 2003).
/// </summary>
/// <remarks>A search costs some nanoseconds a name that is passed over and some tens for each of the others.</remarks>
sealed class NearSpellings
{
    const int LongestAsked = 64;
    const int ShortestAsked = 3;
    const int FarthestAsked = 2;

    readonly byte[] text;
    readonly int[] ends;
    readonly ulong[] letters;
    readonly int[] subjects;

    /// <summary>The cells of some parts, as far as what is asked can reach.</summary>
    public NearSpellings(SearchCells cells, SearchPart from, SearchPart to)
    {
        var squeezed = new List<byte>();
        var (nameEnds, nameSubjects) = (new List<int>(), new List<int>());
        var (first, _) = cells.EntriesOf(from);
        var (_, end) = cells.EntriesOf(to);
        for (var entry = first; entry < end; entry++)
        {
            foreach (var b in cells.Text[cells.StartOf(entry)..cells.EndOf(entry)])
            {
                if (FoldedText.IsOfWord(b))
                {
                    if (
                        squeezed.Count - (nameEnds.Count == 0 ? 0 : nameEnds[^1])
                        < LongestAsked + FarthestAsked
                    )
                        squeezed.Add(b);
                }
                else if (b == SearchCells.Edge)
                {
                    nameEnds.Add(squeezed.Count);
                    nameSubjects.Add(cells.SubjectsOf(entry)[0]);
                }
            }
        }
        (text, ends, subjects) = ([.. squeezed], [.. nameEnds], [.. nameSubjects]);
        letters = new ulong[ends.Length];
        for (var i = 0; i < ends.Length; i++)
            letters[i] = LettersOf(Name(i));
    }

    /// <summary>The nearest names: of all that are near, those that are at most one letter farther than the nearest.</summary>
    public List<NearSpelling> Of(ReadOnlySpan<byte> asked)
    {
        var near = new List<NearSpelling>();
        if (asked.Length is < ShortestAsked or > LongestAsked)
            return near;
        var limit = asked.Length < 6 ? 1 : FarthestAsked;
        var wanted = LettersOf(asked);
        Span<ulong> places = stackalloc ulong[256];
        places.Clear();
        for (var i = 0; i < asked.Length; i++)
            places[asked[i]] |= 1UL << i;
        for (var i = 0; i < ends.Length; i++)
        {
            if (BitOperations.PopCount(wanted & ~letters[i]) > limit)
                continue;
            var name = Name(i);
            if (name.Length < asked.Length - limit)
                continue;
            var (whole, beginning) = Distances(asked.Length, places, name, limit);
            if (whole <= limit && whole <= beginning)
                near.Add(new(subjects[i], whole, true, name.Length == asked.Length && letters[i] == wanted));
            else if (beginning <= limit)
                near.Add(new(subjects[i], beginning, false, false));
        }
        var least = near.Count == 0 ? 0 : near.Min(name => name.Distance);
        near.RemoveAll(name => name.Distance > least + 1);
        return near;
    }

    ReadOnlySpan<byte> Name(int i) => text.AsSpan((i == 0 ? 0 : ends[i - 1])..ends[i]);

    static ulong LettersOf(ReadOnlySpan<byte> name)
    {
        var letters = 0UL;
        foreach (var b in name)
            letters |= 1UL << (b & 63);
        return letters;
    }

    // The distance from what was asked to the name, and to the nearest beginning of it. A swap of neighbours is one.
    static (int Whole, int Beginning) Distances(
        int length,
        ReadOnlySpan<ulong> places,
        ReadOnlySpan<byte> name,
        int limit
    )
    {
        var last = 1UL << (length - 1);
        var (up, down, diagonal, before) = (ulong.MaxValue, 0UL, 0UL, 0UL);
        var (distance, beginning) = (length, length);
        for (var i = 0; i < name.Length; i++)
        {
            if (i >= length + limit)
                return (limit + 1, beginning);
            var here = places[name[i]];
            var swapped = ((~diagonal & here) << 1) & before;
            diagonal = unchecked((here & up) + up) ^ up | here | down | swapped;
            var right = down | ~(diagonal | up);
            var left = diagonal & up;
            distance +=
                (right & last) != 0 ? 1
                : (left & last) != 0 ? -1
                : 0;
            right = (right << 1) | 1;
            left <<= 1;
            up = left | ~(diagonal | right);
            down = right & diagonal;
            before = here;
            beginning = Math.Min(beginning, distance);
        }
        return (distance, beginning);
    }
}
