using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// A report of unauthorized use that the registrar checked and accepted: its text joins the records (procedures C7).
/// </summary>
public sealed record AcceptedReport : Act
{
    /// <summary>The ids of the records, assigned or not.</summary>
    public required ImmutableArray<int> Records { get; init; }

    /// <summary>The accepted text on unauthorized use, or null.</summary>
    public string? Unauthorized { get; init; }

    /// <summary>The accepted text on several names of one service, for the note; or null.</summary>
    public RichText? Note { get; init; }

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    internal override string? Rule => "C7";

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Records, out var records) is { } fault)
            return fault;
        var modified = edit.DateOf(Modified, "the modification date");
        foreach (var record in records)
        {
            edit.Replace(
                record,
                record with
                {
                    Unauthorized = Joined(record.Unauthorized),
                    Note = Note is null ? record.Note : Words.Before(Note, record.Note),
                    Modified = modified ?? record.Modified,
                }
            );
        }
        return null;
    }

    string? Joined(string? known) =>
        Unauthorized is null ? known
        : string.IsNullOrWhiteSpace(known) ? Unauthorized
        : $"{known.Trim()}; {Unauthorized}";
}
