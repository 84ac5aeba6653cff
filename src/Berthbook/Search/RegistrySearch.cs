using System.Collections.Immutable;

namespace Berthbook.Search;

/// <summary>
/// Ranked search over a registry: service names and what people call them, descriptions, assignees and contacts with
/// their names and organizations, references, notes; port numbers, ranges and SRV labels are understood. Immutable and
/// safe for any number of threads.
/// </summary>
/// <remarks>
/// Every subject that holds all words of a query, each anywhere in its text, is found; one that is written nearly so
/// only where few are. Building costs one pass over the registry, a search one pass over its folded text for each word
/// (about half a megabyte for IANA's), so both grow in proportion to the text. A search allocates its answer and little
/// else.
/// </remarks>
public sealed class RegistrySearch
{
    /// <summary>The longest text that is looked for, in characters; what follows is left out.</summary>
    public const int MaxLength = TableQuery.MaxSearchLength;

    /// <summary>The most items of an answer.</summary>
    public const int MaxLimit = 100;

    /// <summary>How many items an answer has unless asked otherwise.</summary>
    public const int DefaultLimit = 20;

    const int Few = 3;

    readonly SearchSubjects subjects;
    readonly SearchCells cells;
    readonly SearchPorts ports;
    readonly Lazy<NearSpellings> names;
    readonly Lazy<NearSpellings> descriptions;
    readonly sbyte[] standings;
    SearchTally? spare;

    /// <summary>Makes a registry ready to be searched. Some milliseconds for IANA's.</summary>
    public RegistrySearch(Registry registry)
    {
        subjects = new(registry);
        cells = SearchGathering.Of(subjects);
        ports = new(subjects);
        names = new(() => new(cells, SearchPart.Name, SearchPart.CommonName));
        descriptions = new(() => new(cells, SearchPart.Description, SearchPart.Description));
        standings = new sbyte[subjects.Count];
    }

    /// <summary>The registry that is searched.</summary>
    public Registry Registry => subjects.Registry;

    /// <summary>Why a text is nothing to look for, in words; null where it is.</summary>
    public static string? FaultOf(string text) =>
        string.IsNullOrWhiteSpace(text) ? "there is nothing to look for: write a name, a port number or words"
        : text.Length > MaxLength
            ? $"what is looked for has at most {MaxLength} characters; these are {text.Length}"
        : null;

    /// <summary>What answers a text, best first. A text of white space has no answers.</summary>
    /// <param name="text">What somebody typed: a name, a port number, an SRV label, any words.</param>
    /// <param name="limit">The most items, 1 to <see cref="MaxLimit"/>.</param>
    public SearchResult Find(string text, int limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        var query = SearchQuery.Parse(text.Length > MaxLength ? text[..MaxLength] : text);
        if (query.Words.IsEmpty)
            return new(query.Text, 0, [], true);
        var tally = Interlocked.Exchange(ref spare, null) ?? new(subjects.Count);
        Look(query, tally);
        var best = new SearchRanking(limit);
        var hasExact = Rank(query, tally, best);
        var answer = new SearchAnswer(query, subjects, ports);
        var items = best
            .Best.Select(ranked =>
                answer.ItemOf(ranked, ranked.Subject < 0 ? default : tally[ranked.Subject].Best)
            )
            .ToImmutableArray();
        tally.Clear();
        spare = tally;
        return new(query.Text, best.Total, items, hasExact);
    }

    /// <summary>Every record that has all words of a text, for comparing with a plain scan.</summary>
    internal IReadOnlySet<RegistryRecord> Covered(string text)
    {
        var query = SearchQuery.Parse(text);
        var tally = new SearchTally(subjects.Count);
        Look(query, tally);
        return tally
            .Touched.Where(subject => tally[subject].Words == query.Words.Length)
            .SelectMany(subject => subjects.RecordsOf(subject))
            .ToHashSet(ReferenceEqualityComparer.Instance as IEqualityComparer<RegistryRecord>);
    }

    void Look(SearchQuery query, SearchTally tally)
    {
        foreach (var word in query.Words)
        {
            SearchScan.Run(cells, word.Needle, tally);
            if (word.Ports is { } asked)
                ports.Raise(asked, query.Transport, tally);
            tally.EndWord();
        }
        // Every word is part of the phrases, so they stand nowhere but where the rarest word does.
        foreach (var phrase in query.Phrases)
            SearchScan.RunAgain(cells, phrase, tally);
        tally.EndPhrase();
    }

    // Whether something has all words. Misspelt names join where that is little, what has some of the words where
    // it is nothing.
    bool Rank(SearchQuery query, SearchTally tally, SearchRanking best)
    {
        var words = query.Words.Length;
        var port = 0f;
        foreach (var subject in tally.Touched)
        {
            ref var entry = ref tally[subject];
            if (entry.Words < words)
                continue;
            var isNumber = query.Ports is not null && entry.Best.Part == SearchPart.Number;
            // The number that is asked for is an item itself and stands for its records without a name.
            if (isNumber && subjects.KindOf(subject) == SearchKind.Port)
                continue;
            var found = Math.Max(Mean(entry, query), entry.Phrase);
            if (subject >= subjects.FirstContact)
                found += SearchScore.ContactItself;
            var score = SearchScore.Weighted(found, StandingOf(subject));
            best.Add(new(score, subject, SearchReason.Found));
            if (isNumber && entry.Most >= SearchScore.PortRange)
                port = Math.Max(port, score);
        }
        if (query.Ports is not null)
        {
            best.Add(
                new(port == 0 ? SearchScore.Port : port * SearchScore.PortItself, -1, SearchReason.Ports)
            );
            return true;
        }
        var exact = best.Total;
        if (exact < Few)
            RankNear(query, tally, best, exact == 0);
        return exact > 0;
    }

    void RankNear(SearchQuery query, SearchTally tally, SearchRanking best, bool isAlone)
    {
        var words = query.Words.Length;
        var near = new Dictionary<int, Ranked>();
        var isMisspelt = isAlone || best.Best[0].Score < SearchScore.Enough;
        var spelled = isMisspelt ? names.Value.Of(query.Squeezed) : [];
        if (spelled.Count == 0 && isAlone)
            spelled = descriptions.Value.Of(query.Squeezed);
        foreach (var spelling in spelled)
        {
            if (tally[spelling.Subject].Words < words)
                Add(spelling.Subject, SearchScore.Of(spelling, isAlone), SearchReason.NearlyWritten);
        }
        if (words > 1)
        {
            var most = tally.Touched.Select(SomeOf).DefaultIfEmpty().Max();
            foreach (var subject in tally.Touched)
            {
                if (isAlone ? SomeOf(subject) == most && !IsInRange(tally[subject]) : IsNamed(subject))
                    Add(
                        subject,
                        Mean(tally[subject], query)
                            * (isAlone ? SearchScore.SomeWords : SearchScore.FewWords),
                        SearchReason.SomeWords
                    );
            }
        }
        foreach (var ranked in near.Values)
            best.Add(ranked);

        // How many words it has, or none where it has all.
        int SomeOf(int subject) => tally[subject].Words < words ? tally[subject].Words : 0;

        // Beside what has all words, only a name that is said in full.
        bool IsNamed(int subject) =>
            SomeOf(subject) > 0
            && tally[subject].Best
                is { Part: SearchPart.Name or SearchPart.CommonName, Fit: SearchFit.Whole };

        void Add(int subject, float found, SearchReason reason)
        {
            var score = SearchScore.Weighted(found, StandingOf(subject));
            if (!near.TryGetValue(subject, out var known) || known.Score < score)
                near[subject] = new(score, subject, reason);
        }
    }

    // "rfc 5880" is not about the range that happens to hold port number 5880.
    static bool IsInRange(in SearchTally.Entry entry) =>
        entry.Best.Part == SearchPart.Number && entry.Most < SearchScore.Port;

    // What stands together counts more than its words, and than what is left where some need not be there.
    static float Mean(in SearchTally.Entry entry, SearchQuery query) =>
        entry.Sum / query.Words.Length * (query.Phrases.IsEmpty ? 1 : SearchScore.Scattered);

    // Told once and kept: several threads would tell the same.
    int StandingOf(int subject)
    {
        if (standings[subject] == 0)
            standings[subject] = (sbyte)(SearchScore.StandingOf(subjects, subject) + 1);
        return standings[subject] - 1;
    }
}
