namespace Berthbook.Cli.Output;

/// <summary>How a cell looks where there are colours.</summary>
enum Tone : byte
{
    Plain,
    Strong,
    Quiet,
    Good,
    Warning,
    Bad,
}

/// <summary>One cell.</summary>
/// <param name="Text">Its text; empty where there is nothing to say.</param>
/// <param name="Tone">How it looks where there are colours.</param>
readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string? text) => new(text ?? "");
}

/// <summary>
/// Rows under headings. The last column takes what the others leave and wraps. A column of the pipe that is too much
/// for a terminal begins with a hyphen and is left out there.
/// </summary>
sealed class Sheet(params string[] headings)
{
    readonly List<Cell[]> rows = [];

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Headings => headings;

    /// <summary>The rows.</summary>
    public IReadOnlyList<Cell[]> Rows => rows;

    /// <summary>Adds a row: a cell a heading.</summary>
    public void Add(params Cell[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"{headings.Length} headings and {cells.Length} cells");
        rows.Add(cells);
    }
}
