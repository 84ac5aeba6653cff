namespace Berthbook.Journal;

/// <summary>What an import comes to.</summary>
public abstract record ImportOutcome
{
    ImportOutcome() { }

    /// <summary>The file says what the registry already publishes, to the byte.</summary>
    public sealed record NoChange : ImportOutcome;

    /// <summary>The file is older than the registry, and that was not allowed.</summary>
    /// <param name="FileUpdated">The day of last update of the file.</param>
    /// <param name="Updated">The day of last update of the registry.</param>
    public sealed record Older(RegistryDate FileUpdated, RegistryDate Updated) : ImportOutcome;

    /// <summary>A revision can be made.</summary>
    /// <param name="Draft">The revision.</param>
    /// <param name="Records">The counts of records.</param>
    /// <param name="Contacts">The counts of contacts.</param>
    public sealed record Ready(RevisionDraft Draft, ChangeCounts Records, ChangeCounts Contacts)
        : ImportOutcome;
}

/// <summary>Makes a registry that was read from a file into the next revision.</summary>
public static class Import
{
    /// <summary>
    /// Compares a registry with the current one. Cost grows with the number of records; unchanged ones are shared.
    /// </summary>
    public static ImportOutcome Prepare(
        History history,
        Registry registry,
        RevisionSource source,
        string who,
        string why,
        DateTimeOffset now,
        bool allowOlder
    )
    {
        var current = history.Current;
        if (
            !allowOlder
            && current?.Header.Updated is { } updated
            && registry.Header.Updated is { } fileUpdated
            && fileUpdated.IsBefore(updated)
        )
            return new ImportOutcome.Older(fileUpdated, updated);
        var identified = Differ.Identify(current, registry, history.NextRecordId);
        var changes = Differ.Compare(current, identified);
        if (changes.IsEmpty)
            return new ImportOutcome.NoChange();
        var (records, contacts) = Differ.Count(changes);
        return new ImportOutcome.Ready(new(changes, who, why, now, source), records, contacts);
    }
}
