using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>Something wrong or odd in a file: where it stands and what it is, in plain words.</summary>
/// <param name="Line">The line, from 1; 0 where it concerns the whole file.</param>
/// <param name="Column">The column in characters, from 1; 0 where it concerns the whole line.</param>
/// <param name="Field">The element or column it stands in, as the file calls it; empty where it is none.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record Problem(int Line, int Column, string Field, string Message)
{
    /// <summary><c>LINE:COLUMN: words</c>.</summary>
    public override string ToString() =>
        Field.Length == 0 ? $"{Line}:{Column}: {Message}" : $"{Line}:{Column}: {Field}: {Message}";
}

/// <summary>
/// What came of reading a file: the registry, or every fault. A file with a fault is refused whole; warnings keep
/// their bytes and refuse nothing. At most <see cref="MaxProblems"/> of each are listed, all are counted.
/// </summary>
public sealed record ReadResult
{
    /// <summary>How many faults, and how many warnings, are listed at most.</summary>
    public const int MaxProblems = 100;

    /// <summary>The registry, or null where the file has a fault.</summary>
    public Registry? Registry { get; init; }

    /// <summary>The first faults, in the order of the file.</summary>
    public ImmutableArray<Problem> Faults { get; init; } = [];

    /// <summary>How many faults there are in all.</summary>
    public int FaultCount { get; init; }

    /// <summary>The first warnings.</summary>
    public ImmutableArray<Problem> Warnings { get; init; } = [];

    /// <summary>How many warnings there are in all.</summary>
    public int WarningCount { get; init; }
}

/// <summary>How much a reader takes before it refuses.</summary>
public sealed record ReadLimits
{
    /// <summary>The most bytes of a file, unpacked. Default 512 MiB.</summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>Past this many bytes a file is first only checked, then read again to be kept. 32 MiB.</summary>
    public const long KeptBytes = 32 << 20;

    /// <summary>The most records, and the most contacts, of a registry.</summary>
    public const int MaxElements = 1_000_000;

    /// <summary>The most bytes of one record, contact, header element or CSV row. 1 MiB.</summary>
    public const int MaxElementBytes = 1 << 20;

    /// <summary>The deepest nesting of elements.</summary>
    public const int MaxDepth = 32;

    /// <summary>The most columns of a CSV row that are counted before the row is refused.</summary>
    public const int MaxColumns = 1000;
}

/// <summary>Collects problems while a file is read.</summary>
sealed class ProblemList
{
    readonly List<Problem> listed = [];

    public int Count { get; private set; }

    public ImmutableArray<Problem> Listed => [.. listed];

    /// <summary>Whether no more are listed, so that the next ones need no words.</summary>
    public bool IsFull => listed.Count >= ReadResult.MaxProblems;

    public void Add(Problem problem)
    {
        Count++;
        if (!IsFull)
            listed.Add(problem);
    }

    /// <summary>Counts a problem that is not listed.</summary>
    public void AddUnlisted() => Count++;
}
