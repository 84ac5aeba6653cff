using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Berthbook.Cli.Local;
using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Programs;

namespace Berthbook.Cli.Changes;

/// <summary>
/// A state of the registry as a person names it: the number of a revision, a day (the last revision of it or before
/// it), or a file.
/// </summary>
/// <param name="Text">What was typed.</param>
sealed record NamedState(string Text)
{
    /// <summary>Whether it is a file.</summary>
    public bool IsFile => !IsRevision && !IsDay;

    bool IsRevision => Text.Length is > 0 and < 10 && Text.All(char.IsAsciiDigit);

    bool IsDay => RegistryDate.TryParse(Text, out var date) && date.Day is not null;

    /// <summary>The revision that is named, where one is.</summary>
    /// <param name="history">The local copy.</param>
    /// <param name="registry">The registry after the revision.</param>
    /// <param name="fault">Why there is none, in words.</param>
    public bool TryFind(
        History history,
        [NotNullWhen(true)] out Registry? registry,
        [NotNullWhen(false)] out string? fault
    )
    {
        fault = null;
        if (IsRevision)
        {
            registry = history.At(int.Parse(Text, NumberStyles.None, CultureInfo.InvariantCulture));
            if (registry is null)
                fault = $"there is no revision {Text}; the last is {history.Revisions.Length}";
        }
        else
        {
            _ = RegistryDate.TryParse(Text, out var date);
            registry = history.AtDay(date.FirstDay) is { } revision ? history.At(revision.Number) : null;
            if (registry is null)
                fault =
                    $"the local copy has no revision as early as {Text}; its first is of {history.Revisions[0].Updated}";
        }
        return registry is not null;
    }

    /// <summary>Reads the file that is named; tells its faults.</summary>
    /// <param name="basis">The registry that a CSV file takes header and contacts from, or null.</param>
    /// <param name="terminal">Where faults are told.</param>
    public async Task<Registry?> ReadAsync(Registry? basis, Terminal terminal)
    {
        var given = new GivenFile(Text);
        var read = await given.ReadAsync(file => RegistryFile.Read(file, basis, new(), out _));
        foreach (var fault in read.Faults)
            terminal.Error.WriteLine($"{given.Shown}:{Terminal.Printable(fault.ToString())}");
        return read.Registry;
    }
}
