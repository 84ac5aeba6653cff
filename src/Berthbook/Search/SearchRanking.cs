namespace Berthbook.Search;

/// <summary>Why a subject is an answer.</summary>
enum SearchReason : byte
{
    /// <summary>It has all words.</summary>
    Found,

    /// <summary>Its name is written much like what was asked.</summary>
    NearlyWritten,

    /// <summary>It has some of the words.</summary>
    SomeWords,

    /// <summary>It is the port number or range that was asked for.</summary>
    Ports,
}

/// <summary>A subject with its score; no subject but the asked number itself where the reason is the ports.</summary>
readonly record struct Ranked(float Score, int Subject, SearchReason Reason) : IComparable<Ranked>
{
    /// <summary>Better first, then in the order of the registry.</summary>
    public int CompareTo(Ranked other) =>
        Score != other.Score ? other.Score.CompareTo(Score) : Subject.CompareTo(other.Subject);
}

/// <summary>The best of all that is found, in order, with their count.</summary>
sealed class SearchRanking(int limit)
{
    readonly List<Ranked> best = [];

    /// <summary>How many were found.</summary>
    public int Total { get; private set; }

    /// <summary>The best, best first.</summary>
    public IReadOnlyList<Ranked> Best => best;

    /// <summary>Takes one more.</summary>
    public void Add(Ranked ranked)
    {
        Total++;
        if (best.Count == limit && best[^1].CompareTo(ranked) <= 0)
            return;
        var place = best.BinarySearch(ranked);
        best.Insert(place < 0 ? ~place : place, ranked);
        if (best.Count > limit)
            best.RemoveAt(limit);
    }
}
