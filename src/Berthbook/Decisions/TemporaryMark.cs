namespace Berthbook.Decisions;

/// <summary>
/// The mark of an early allocation, at the end of the description as IANA's file has it:
/// <c>(TEMPORARY - registered 2023-02-17, expires 2024-02-17)</c>.
/// </summary>
static class TemporaryMark
{
    const string Start = "(TEMPORARY - registered ";

    public static RichText On(RichText description, DateOnly registered, DateOnly expires) =>
        new(
            $"{description.OneLine} {Start}{new RegistryDate(registered)}, expires {new RegistryDate(expires)})".Trim()
        );

    public static bool IsOn(RichText description) =>
        description.OneLine.Contains(Start, StringComparison.Ordinal);

    /// <summary>The two days of the mark, as the file writes them; null where there is none.</summary>
    public static (RegistryDate Registered, RegistryDate Expires)? DaysOf(RichText description)
    {
        const string between = ", expires ";
        var words = description.OneLine.AsSpan();
        var start = words.IndexOf(Start);
        if (start < 0)
            return null;
        words = words[(start + Start.Length)..];
        var comma = words.IndexOf(between);
        var end = words.IndexOf(')');
        return
            comma >= 0
            && end > comma
            && RegistryDate.TryParse(words[..comma], out var registered)
            && RegistryDate.TryParse(words[(comma + between.Length)..end], out var expires)
            ? (registered, expires)
            : null;
    }

    public static RichText Without(RichText description)
    {
        var words = description.OneLine;
        var start = words.IndexOf(Start, StringComparison.Ordinal);
        var end = start < 0 ? -1 : words.IndexOf(')', start);
        return end < 0 ? description : new(Cells.Fold($"{words[..start]}{words[(end + 1)..]}"));
    }

    /// <summary>The note of one that ended without the document.</summary>
    public static RichText Deprecated(DateOnly day) =>
        new($"Early allocation, deprecated on {new RegistryDate(day)}.");
}
