namespace Berthbook;

/// <summary>
/// Where the registry of an <see cref="IndexFile"/> comes from, so that answers can say so and that whoever opens it
/// can tell whether its journal has moved on.
/// </summary>
public sealed record IndexSource
{
    /// <summary>The source in words, as answers print it: a file, an address, <c>built in</c>.</summary>
    public required string Words { get; init; }

    /// <summary>The registry's title, perhaps empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The registry's day of last update, or null.</summary>
    public RegistryDate? Updated { get; init; }

    /// <summary>The number of the revision, from 1; 0 for a registry in no journal.</summary>
    public int Revision { get; init; }

    /// <summary>The hash of the journal's last revision, or empty.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The journal file's length in bytes when the index was made; 0 for none.</summary>
    public long JournalLength { get; init; }

    /// <summary>The journal file's time of last write in UTC, in ticks of 100 ns since year 1; 0 for none.</summary>
    public long JournalTicks { get; init; }
}
