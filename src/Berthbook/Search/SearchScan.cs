namespace Berthbook.Search;

/// <summary>Finds every place of a needle in the cells, and what each counts.</summary>
static class SearchScan
{
    /// <summary>Raises every subject that has the bytes in its text, by its best place.</summary>
    public static void Run(SearchCells cells, ReadOnlySpan<byte> bytes, SearchTally tally)
    {
        for (var place = 1; place < cells.Text.Length; )
        {
            var next = cells.Text[place..].IndexOf(bytes);
            if (next < 0)
                return;
            place += next;
            var entry = cells.EntryAt(place);
            tally.Entries.Add(entry);
            Raise(cells, entry, place, bytes, tally);
            place = cells.EndOf(entry);
        }
    }

    /// <summary>The same for bytes that stand nowhere but where the rarest word does.</summary>
    public static void RunAgain(SearchCells cells, ReadOnlySpan<byte> bytes, SearchTally tally)
    {
        foreach (var entry in tally.Fewest)
        {
            var start = cells.StartOf(entry);
            var next = cells.Text[start..cells.EndOf(entry)].IndexOf(bytes);
            if (next >= 0)
                Raise(cells, entry, start + next, bytes, tally);
        }
    }

    static void Raise(SearchCells cells, int entry, int place, ReadOnlySpan<byte> needle, SearchTally tally)
    {
        var (found, hit) = Best(cells.Text, place, cells.EndOf(entry), cells.PartOf(entry), needle);
        foreach (var subject in cells.SubjectsOf(entry))
            tally.Raise(subject, found, hit);
    }

    // The best place within an entry, from the first one on.
    static (float Found, SearchHit Hit) Best(
        ReadOnlySpan<byte> text,
        int place,
        int end,
        SearchPart part,
        ReadOnlySpan<byte> needle
    )
    {
        var (most, best) = (0f, default(SearchHit));
        while (true)
        {
            var hit = new SearchHit(part, FitOf(text, place, needle));
            var said = part == SearchPart.Name ? (float)needle.Length / CellLength(text, place) : 0;
            var found = SearchScore.Of(hit, said);
            if (found > most)
                (most, best) = (found, hit);
            if (hit.Fit == SearchFit.Whole)
                break;
            var next = text[(place + 1)..end].IndexOf(needle);
            if (next < 0)
                break;
            place += next + 1;
        }
        return (most, best);
    }

    static SearchFit FitOf(ReadOnlySpan<byte> text, int place, ReadOnlySpan<byte> needle)
    {
        var before = text[place - 1];
        var after = text[place + needle.Length];
        var beginsWord = !FoldedText.IsOfWord(before) || !FoldedText.IsOfWord(needle[0]);
        var endsWord = !FoldedText.IsOfWord(after) || !FoldedText.IsOfWord(needle[^1]);
        return (before == SearchCells.Edge, endsWord) switch
        {
            (true, _) when after == SearchCells.Edge => SearchFit.Whole,
            (true, true) => SearchFit.CellBeginsWithWord,
            (true, false) => SearchFit.CellBegins,
            _ when beginsWord => endsWord ? SearchFit.Word : SearchFit.WordBegins,
            _ => SearchFit.Inside,
        };
    }

    static int CellLength(ReadOnlySpan<byte> text, int place) =>
        text[place..].IndexOf(SearchCells.Edge) + place - text[..place].LastIndexOf(SearchCells.Edge) - 1;
}
