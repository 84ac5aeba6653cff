using Berthbook.Journal;

namespace Berthbook.Programs;

/// <summary>What the programs say of a file that is imported.</summary>
static class ImportWords
{
    /// <summary>Each fault with its place, <c>FILE:LINE:COLUMN: words</c>, and how many there are in all.</summary>
    public static IEnumerable<string> Faults(string path, FileImport import)
    {
        foreach (var fault in import.Read.Faults)
            yield return $"{path}:{Terminal.Printable(fault.ToString())}";
        if (import.Read.FaultCount > import.Read.Faults.Length)
            yield return $"{path}: {import.Read.FaultCount} faults in all, the first {import.Read.Faults.Length} are told";
    }

    /// <summary>That the file is older than the registry.</summary>
    public static string Older(string path, ImportOutcome.Older older) =>
        $"{path} is dated {older.FileUpdated}, the registry {older.Updated}; --allow-older takes it all the same";

    /// <summary>Which revision the file became, and what it changed.</summary>
    public static string Became(string path, Revision revision) =>
        $"{path}: revision {revision.Number}, {Say("records", revision.Records)}; {Say("contacts", revision.Contacts)}";

    /// <summary>That the file says nothing new.</summary>
    public static string Same(string path, int revisions) =>
        $"{path}: nothing new, revision {revisions} stays";

    /// <summary>How many oddities were kept, and the first as a taste: they refuse nothing. Null where there are none.</summary>
    public static string? Oddities(string path, FileImport import) =>
        import.Read.Warnings is [var first, ..]
            ? $"{path}: {import.Read.WarningCount:N0} oddities kept as they are, the first at {Terminal.Printable(first.ToString())}"
            : null;

    /// <summary>Which of several files were imported, where one in between was not.</summary>
    public static string Stopped(IReadOnlyList<string> paths, int at) =>
        $"{paths[at]} was not imported; of the others {at} before it are, and {paths.Count - at - 1} after it are not";

    static string Say(string what, ChangeCounts counts) =>
        $"{what} {counts.Added:N0} added, {counts.Removed:N0} removed, {counts.Changed:N0} changed";
}
