using Berthbook.Journal;

namespace Berthbook.Programs.Upstream;

/// <summary>A file of the upstream that drops or changes more records than the operator allows unasked.</summary>
/// <param name="Sha256">The SHA-256 of the file, unpacked, in lower-case hexadecimal.</param>
/// <param name="Since">When it was held back.</param>
/// <param name="Updated">The day of last update that it states, or null.</param>
/// <param name="Removed">How many records it drops.</param>
/// <param name="Changed">How many records it changes.</param>
/// <param name="Records">How many records the registry has now.</param>
public sealed record HeldFile(
    string Sha256,
    DateTimeOffset Since,
    string? Updated,
    int Removed,
    int Changed,
    int Records
)
{
    /// <summary>What it would do, in words.</summary>
    public string Words =>
        $"it drops {Removed} and changes {Changed} of {Records} records"
        + (Updated is null ? "" : $" and is dated {Updated}");

    /// <summary>
    /// Whether a file changes too much to be taken unasked. The first file has nothing to be compared with.
    /// </summary>
    /// <param name="current">The registry now, or null.</param>
    /// <param name="counts">What the file does to its records.</param>
    /// <param name="share">The share of records, 0 to 1, that it may drop or change.</param>
    internal static bool IsTooMuch(Registry? current, ChangeCounts counts, double share) =>
        current is { Records.Length: > 0 and var records }
        && counts.Removed + counts.Changed > share * records;
}
