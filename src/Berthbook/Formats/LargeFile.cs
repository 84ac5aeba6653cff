namespace Berthbook.Formats;

/// <summary>
/// Reads a file once where it is small. A large one is read twice, first only to check it, so that memory does not grow
/// with a file that will be refused (reliability.md P10).
/// </summary>
static class LargeFile
{
    /// <summary>
    /// Reads with a function that notes faults, is told whether to keep a file of any size, and returns null where
    /// the file was too large to keep.
    /// </summary>
    public static ReadResult Read(Stream stream, Func<ProblemList, bool, ReadResult?> read)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        var faults = new ProblemList();
        var result = read(faults, false);
        if (result is null && faults.Count == 0)
        {
            if (stream.CanSeek)
            {
                stream.Position = start;
                result = read(faults, true);
            }
            else
            {
                faults.Add(
                    new(0, 0, "", $"more than {ReadLimits.KeptBytes:N0} bytes can only be read from a file")
                );
            }
        }
        return faults.Count == 0 && result is not null
            ? result
            : new() { Faults = faults.Listed, FaultCount = faults.Count };
    }

    /// <summary>What came of reading a registry, with what is odd in it.</summary>
    public static ReadResult Accept(
        Registry registry,
        Func<int, int> lineOfRecord,
        Func<int, int> lineOfContact,
        bool inTable
    )
    {
        var warnings = new ProblemList();
        Oddities.Note(registry, lineOfRecord, lineOfContact, warnings, inTable);
        return new()
        {
            Registry = registry,
            Warnings = warnings.Listed,
            WarningCount = warnings.Count,
        };
    }
}
