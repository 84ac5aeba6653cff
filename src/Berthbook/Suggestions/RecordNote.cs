using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Berthbook.Suggestions;

/// <summary>What a note of the registry tells of a number.</summary>
enum NoteKind : byte
{
    /// <summary>A use without assignment.</summary>
    Use,

    /// <summary>A use without assignment that the registry keeps a record of (procedures P12).</summary>
    WidespreadUse,

    /// <summary>An assignment that was given back.</summary>
    Past,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>What a record notes of its numbers beyond their state.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Words">How it says so.</param>
/// <param name="Named">The numbers of the record that the words name; none where they speak of all (procedures P6).</param>
sealed partial record RecordNote(NoteKind Kind, string Words, ImmutableArray<PortRange> Named)
{
    /// <summary>What a record notes; null where it says its state and no more.</summary>
    public static RecordNote? Of(RegistryRecord record)
    {
        // What nearly all Unassigned records say.
        if (record is { Name: null, Note: null, Unauthorized: null, Description.Words: "Unassigned" })
            return null;
        var kind = record.Kind();
        if (kind == RecordKind.UnassignedUseNoted)
            return new(
                NoteKind.WidespreadUse,
                $"the registry notes a widespread use, {record.Name}, without assignment",
                []
            );
        var reported = string.IsNullOrWhiteSpace(record.Unauthorized)
            ? null
            : new RichText(record.Unauthorized).OneLine;
        var words = kind == RecordKind.Unassigned ? reported ?? WordsOf(record) : reported;
        return words is null
            ? null
            : new(
                reported is null ? KindOf(words) : NoteKind.Use,
                $"the registry notes: {words.TrimEnd('.')}",
                [.. NumbersIn(words).Where(range => record.Number?.Contains(range.First) == true)]
            );
    }

    /// <summary>Whether the note is about a number of the record.</summary>
    public bool IsAbout(PortNumber port)
    {
        foreach (var range in Named)
        {
            if (range.Contains(port))
                return true;
        }
        return Named.IsEmpty;
    }

    static NoteKind KindOf(string words) =>
        PastWords.IsMatch(words) ? NoteKind.Past
        : UseWords.IsMatch(words) ? NoteKind.Use
        : NoteKind.Other;

    static string? WordsOf(RegistryRecord record) =>
        record.Note is { IsEmpty: false } note ? note.OneLine
        : BareWords.IsMatch(record.Description.OneLine) ? null
        : record.Description.OneLine;

    static IEnumerable<PortRange> NumbersIn(string words)
    {
        foreach (Match match in NumberWords.Matches(words))
        {
            if (PortRange.TryParse(match.Value.Replace(" ", "", StringComparison.Ordinal), out var range))
                yield return range;
        }
    }

    [GeneratedRegex(@"\b\d{1,5}(?: ?- ?\d{1,5})?\b", RegexOptions.CultureInvariant)]
    static partial Regex NumberWords { get; }

    [GeneratedRegex(@"\A\(?unassigned\)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex BareWords { get; }

    [GeneratedRegex(
        @"\b(use|using)\b|unauthori[sz]ed|unoffic",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex UseWords { get; }

    [GeneratedRegex(
        @"de-?assigned|de-?registered|removed|released|withdrawn|deprecated|previously|\[was ",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex PastWords { get; }
}
