namespace Berthbook;

/// <summary>Finds what somebody may have meant who wrote a name that does not exist.</summary>
public static class NearNames
{
    const int Most = 6;
    const int LongestAsked = 40;

    /// <summary>The nearest names, few: a slip or two away, or with the same beginning.</summary>
    public static IEnumerable<string> Of(string asked, IEnumerable<string> names)
    {
        if (asked.Length is 0 or > LongestAsked)
            return [];
        var slips = asked.Length < 6 ? 1 : 2;
        return names
            .Select(name => (name, distance: Distance(asked, name, slips)))
            .Where(near =>
                near.distance <= slips
                || (asked.Length > 2 && near.name.StartsWith(asked, StringComparison.OrdinalIgnoreCase))
            )
            .OrderBy(near => near.distance)
            .ThenBy(near => near.name.Length)
            .Take(Most)
            .Select(near => near.name);
    }

    // Levenshtein's distance without case, or one more than the limit as soon as it must be above.
    static int Distance(string one, string other, int limit)
    {
        if (Math.Abs(one.Length - other.Length) > limit)
            return limit + 1;
        Span<int> row = stackalloc int[one.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            row[i] = i;
        for (var j = 1; j <= other.Length; j++)
        {
            var (corner, least) = (row[0], row[0] = j);
            for (var i = 1; i <= one.Length; i++)
            {
                var isSame = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]);
                var cost = isSame ? corner : 1 + Math.Min(corner, Math.Min(row[i], row[i - 1]));
                (corner, row[i]) = (row[i], cost);
                least = Math.Min(least, cost);
            }
            if (least > limit)
                return limit + 1;
        }
        return row[one.Length];
    }
}
