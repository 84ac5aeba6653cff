namespace Berthbook;

/// <summary>
/// The texts of an index file that stand in it once and are named where they are used. Whoever writes the file writes
/// it twice: first to count how often each text is used.
/// </summary>
sealed class SharedTexts
{
    // A place in a file of up to two million bytes of shared texts, as the parts that use it write it.
    const int PlaceLength = 3;

    readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>The section of shared texts.</summary>
    public IndexOutput Section { get; } = new(null);

    /// <summary>Whether texts are only counted yet.</summary>
    public bool IsCounting { get; set; } = true;

    /// <summary>Where a text stands, which it now does if it pays; null where it does not.</summary>
    public int? PlaceOf(string text, int length)
    {
        if (IsCounting)
        {
            uses[text] = uses.GetValueOrDefault(text) + 1;
            return null;
        }
        if (places.TryGetValue(text, out var place))
            return place;
        var count = uses.GetValueOrDefault(text);
        if (count * (long)(length + 1) <= length + 1 + count * (long)PlaceLength)
            return null;
        places.Add(text, Section.Length);
        place = Section.Length;
        Section.Text(text);
        return place;
    }
}
