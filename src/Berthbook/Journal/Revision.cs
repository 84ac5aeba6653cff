using System.Collections.Immutable;

namespace Berthbook.Journal;

/// <summary>How many were added, removed and changed. Layout and place do not count (formats.md 7.2).</summary>
public readonly record struct ChangeCounts(int Added, int Removed, int Changed);

/// <summary>The file a revision was imported from.</summary>
/// <param name="Name">Its name or address.</param>
/// <param name="Size">Its size in bytes, unpacked.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal, unpacked.</param>
/// <param name="Updated">The day of last update that it states, or null (CSV states none).</param>
public sealed record RevisionSource(string Name, long Size, string Sha256, RegistryDate? Updated);

/// <summary>
/// One numbered state of the registry: a set of changes with who, when, why and the source. The journal is the
/// list of them, each hashed with the one before (docs/journal-format.md).
/// </summary>
public sealed record Revision
{
    /// <summary>The number, from 1 without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The registry's day of last update after this revision, or null where it states none.</summary>
    public RegistryDate? Updated { get; init; }

    /// <summary>When the revision was made, to the millisecond, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who made it.</summary>
    public required string Who { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Why { get; init; }

    /// <summary>The number of the request behind it, or null.</summary>
    public int? Request { get; init; }

    /// <summary>The last audit entry before it, or null where it names none (docs/journal-format.md section 9).</summary>
    public ChainLink? LastAudit { get; init; }

    /// <summary>The file it came from, or null.</summary>
    public RevisionSource? Source { get; init; }

    /// <summary>What changed: the header first, then contacts, then records.</summary>
    public required ImmutableArray<Change> Changes { get; init; }

    /// <summary>The counts of records by key: one that got another key is one removed and one added.</summary>
    public required ChangeCounts Records { get; init; }

    /// <summary>The counts of contacts.</summary>
    public required ChangeCounts Contacts { get; init; }

    /// <summary>SHA-256 over the revision's canonical bytes, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The hash of the revision before, 64 zeros for the first.</summary>
    public required string Previous { get; init; }
}
