using Berthbook.Journal;

namespace Berthbook.Answers;

/// <summary>How many were added, removed and changed.</summary>
/// <param name="Added">How many are new.</param>
/// <param name="Removed">How many are gone.</param>
/// <param name="Changed">How many say something else.</param>
public sealed record CountsOfChanges(int Added, int Removed, int Changed)
{
    /// <summary>The answer of counts.</summary>
    public static CountsOfChanges Of(ChangeCounts counts) =>
        new(counts.Added, counts.Removed, counts.Changed);
}

/// <summary>The file that a revision came from.</summary>
/// <param name="Name">Its name or address.</param>
/// <param name="Size">Its size in bytes, unpacked.</param>
/// <param name="Sha256">Its SHA-256, unpacked.</param>
/// <param name="Updated">The day of last update that it states, or null.</param>
public sealed record SourceReply(string Name, long Size, string Sha256, string? Updated);

/// <summary>A revision without its changes.</summary>
/// <param name="Revision">The number, from 1.</param>
/// <param name="Updated">The registry's day of last update after it, or null.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Who">Who made it.</param>
/// <param name="Why">Why, in words.</param>
/// <param name="Request">The number of the request behind it, or null.</param>
/// <param name="Source">The file it came from, or null.</param>
/// <param name="Records">Counts of records; one with another key is one removed and one added.</param>
/// <param name="Contacts">Counts of contacts.</param>
/// <param name="Hash">The hash of the revision.</param>
/// <param name="Previous">The hash of the revision before.</param>
public record RevisionSummary(
    int Revision,
    string? Updated,
    DateTimeOffset Time,
    string Who,
    string Why,
    int? Request,
    SourceReply? Source,
    CountsOfChanges Records,
    CountsOfChanges Contacts,
    string Hash,
    string Previous
)
{
    /// <summary>The answer of a revision.</summary>
    public static RevisionSummary Of(Revision revision) =>
        new(
            revision.Number,
            revision.Updated?.ToString(),
            revision.Time,
            revision.Who,
            revision.Why,
            revision.Request,
            revision.Source is { } source
                ? new(source.Name, source.Size, source.Sha256, source.Updated?.ToString())
                : null,
            CountsOfChanges.Of(revision.Records),
            CountsOfChanges.Of(revision.Contacts),
            revision.Hash,
            revision.Previous
        );
}
