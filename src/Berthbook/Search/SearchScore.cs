namespace Berthbook.Search;

/// <summary>How a needle stands in a cell, from the worst to the best.</summary>
enum SearchFit
{
    Inside,
    WordBegins,
    Word,
    CellBegins,
    CellBeginsWithWord,
    Whole,
}

/// <summary>What was found of a subject, for saying why it is an answer.</summary>
/// <param name="Part">Where.</param>
/// <param name="Fit">How.</param>
readonly record struct SearchHit(SearchPart Part, SearchFit Fit);

/// <summary>
/// What each kind of hit counts: the whole cell and its beginning before what stands inside, names before descriptions
/// before parties before notes and references. Only the order of the numbers means something.
/// </summary>
static class SearchScore
{
    /// <summary>A record of exactly the port number or range that was asked for.</summary>
    public const float Port = 0.98f;

    /// <summary>The number that was asked for, itself.</summary>
    public const float PortItself = 0.95f;

    /// <summary>A record whose range holds the port number.</summary>
    public const float PortRange = 0.88f;

    /// <summary>A record of the port number on another transport protocol, or of a range that overlaps.</summary>
    public const float PortBeside = 0.5f;

    /// <summary>A name that is written the same but for hyphens and blanks.</summary>
    public const float SameLetters = 0.9f;

    /// <summary>What a contact has before the services that name it.</summary>
    public const float ContactItself = 0.04f;

    /// <summary>What is left where only some of the words are there.</summary>
    public const float SomeWords = 0.5f;

    /// <summary>What is left of the same where something has all words: less than the least of that.</summary>
    public const float FewWords = 0.16f;

    /// <summary>What several words count beside the same as a phrase.</summary>
    public const float Scattered = 0.92f;

    /// <summary>Where a name or a description has what was asked, nobody is taken to have misspelt it.</summary>
    public const float Enough = 0.5f;

    const float Standing = 0.06f;
    const float Length = 0.03f;

    // Columns as SearchFit, rows as SearchPart.
    static readonly float[][] Counts =
    [
        [0.60f, 0.74f, 0.80f, 0.84f, 0.88f, 1.00f],
        [0.46f, 0.52f, 0.58f, 0.64f, 0.72f, 0.93f],
        [0.42f, 0.54f, 0.66f, 0.57f, 0.71f, 0.85f],
        [0.28f, 0.33f, 0.37f, 0.34f, 0.39f, 0.46f],
        [0.18f, 0.22f, 0.26f, 0.22f, 0.27f, 0.30f],
        [0.18f, 0.22f, 0.26f, 0.22f, 0.27f, 0.30f],
    ];

    /// <summary>What a hit counts. A name that is nearly all said counts a little more.</summary>
    /// <param name="hit">The hit.</param>
    /// <param name="said">How much of the cell was asked for, 0 to 1.</param>
    public static float Of(SearchHit hit, float said) =>
        Counts[(int)hit.Part][(int)hit.Fit]
        + (hit.Part == SearchPart.Name && hit.Fit < SearchFit.Whole ? Length * said : 0);

    /// <summary>What a misspelt name counts; less than anything found where something was.</summary>
    public static float Of(NearSpelling near, bool isAlone) =>
        near.Distance == 0
            ? (near.IsWhole ? SameLetters : Counts[(int)SearchPart.Name][(int)SearchFit.WordBegins])
            : (0.56f - 0.08f * near.Distance - (near.IsWhole ? 0 : 0.04f) + (near.IsShuffled ? 0.02f : 0))
                * (isAlone ? 1 : 0.33f);

    /// <summary>The score of a subject: what was found of it, a little less the less it stands for.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="standing">The standing of the subject, 0 to 100.</param>
    public static float Weighted(float found, int standing) =>
        Math.Min(1, found * (1 - Standing + Standing * standing / 100));

    /// <summary>
    /// What a subject stands for, 0 to 100: an assignment more than what is kept or held back, a System Port more than
    /// a User Port more than a name alone, one that an RFC defines more than others.
    /// </summary>
    public static int StandingOf(SearchSubjects subjects, int subject)
    {
        if (subjects.KindOf(subject) == SearchKind.Contact)
            return 40;
        var (isAssigned, least, isDefined) = (false, PortNumber.Count, false);
        foreach (var row in subjects.RowsOf(subject))
        {
            var record = subjects.Registry.Records[row];
            isAssigned |= IsPrimary(record);
            least = Math.Min(least, record.Number?.First.Value ?? least);
            foreach (var reference in record.References)
                isDefined |= reference.Type == ReferenceType.Rfc;
        }
        if (!isAssigned)
            return 0;
        return 35
            + (
                least < PortNumber.FirstUser ? 40
                : least < PortNumber.Count ? 20
                : 0
            )
            + (isDefined ? 25 : 0);
    }

    /// <summary>Whether a record assigns something, and not for history only.</summary>
    public static bool IsPrimary(RegistryRecord record) =>
        record.Kind() is RecordKind.Assigned or RecordKind.NameOnly or RecordKind.Nameless;
}
