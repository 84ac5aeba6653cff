namespace Berthbook.Search;

/// <summary>What was found so far, subject by subject. Used by one search at a time and clean before and after.</summary>
sealed class SearchTally(int subjects)
{
    readonly Entry[] entries = new Entry[subjects];
    readonly List<int> touched = [];
    readonly List<int> raised = [];
    int words;

    /// <summary>The subjects of which anything was found.</summary>
    public List<int> Touched => touched;

    /// <summary>The entries that have the word that is looked for now.</summary>
    public List<int> Entries { get; private set; } = [];

    /// <summary>The entries of the word that is in the fewest.</summary>
    public List<int> Fewest { get; private set; } = [];

    /// <summary>What was found of a subject.</summary>
    public ref Entry this[int subject] => ref entries[subject];

    /// <summary>Notes a find of the needle that is looked for now; the best one counts.</summary>
    public void Raise(int subject, float found, SearchHit hit)
    {
        ref var entry = ref entries[subject];
        if (entry.Now == 0)
            raised.Add(subject);
        if (found <= entry.Now)
            return;
        entry.Now = found;
        if (found > entry.Most)
            (entry.Most, entry.Best) = (found, hit);
    }

    /// <summary>Counts what was raised as a word of the query.</summary>
    public void EndWord()
    {
        if (words++ == 0 || Entries.Count < Fewest.Count)
            (Entries, Fewest) = (Fewest, Entries);
        Entries.Clear();
        foreach (var subject in raised)
        {
            ref var entry = ref entries[subject];
            if (entry.Words++ == 0)
                touched.Add(subject);
            entry.Sum += entry.Now;
            entry.Now = 0;
        }
        raised.Clear();
    }

    /// <summary>Counts what was raised as all words in one.</summary>
    public void EndPhrase()
    {
        foreach (var subject in raised)
        {
            ref var entry = ref entries[subject];
            entry.Phrase = Math.Max(entry.Phrase, entry.Now);
            entry.Now = 0;
        }
        raised.Clear();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var subject in touched)
            entries[subject] = default;
        touched.Clear();
        Fewest.Clear();
        words = 0;
    }

    /// <summary>What was found of one subject.</summary>
    public struct Entry
    {
        /// <summary>The best find of the needle that is looked for now.</summary>
        public float Now;

        /// <summary>The best finds of all words together.</summary>
        public float Sum;

        /// <summary>How many words were found.</summary>
        public int Words;

        /// <summary>The best find of all words in one.</summary>
        public float Phrase;

        /// <summary>The best find at all.</summary>
        public float Most;

        /// <summary>Where that was.</summary>
        public SearchHit Best;
    }
}
