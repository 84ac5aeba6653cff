using Berthbook.Cli.Output;
using Berthbook.Journal;

namespace Berthbook.Cli.Changes;

/// <summary>Changes as rows: one a field that says something else, one for what is new, gone or moved.</summary>
static class ChangeSheet
{
    public static readonly string[] Headings =
    [
        "change",
        "name",
        "number",
        "transport",
        "field",
        "before",
        "after",
    ];

    /// <summary>The rows of a change, a cell for each of the headings.</summary>
    public static IEnumerable<Cell[]> RowsOf(Change change)
    {
        var what = new Cell(WordFor(change), ToneOf(change.Kind));
        var subject = SubjectOf(change);
        var fields = ChangedField.Of(change).ToList();
        if (fields.Count == 0)
            yield return [what, .. subject, "", SummaryOf(change, isBefore: true), SummaryOf(change, false)];
        foreach (var field in fields)
            yield return [what, .. subject, field.Name, field.Before, field.After];
    }

    static Cell[] SubjectOf(Change change) =>
        change switch
        {
            RecordChange record when (record.After ?? record.Before) is { } now =>
            [
                new(now.Name?.Text ?? "", Tone.Strong),
                now.Number?.ToString(),
                now.Transport?.Name(),
            ],
            ContactChange contact => [new(contact.Id, Tone.Strong), "", ""],
            _ => ["", "", ""],
        };

    // What is new or gone, in a word; what moved has nothing to say.
    static string SummaryOf(Change change, bool isBefore) =>
        change.Kind is not (ChangeKind.Added or ChangeKind.Removed) ? ""
        : change is RecordChange record ? (isBefore ? record.Before : record.After)?.Summary ?? ""
        : change is ContactChange contact ? (isBefore ? contact.Before : contact.After)?.DisplayName ?? ""
        : "";

    /// <summary>The word for a change, as the JSON has it in <c>kind</c>.</summary>
    static string WordFor(Change change) => Answers.ChangeReply.Of(change).Kind;

    static Tone ToneOf(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Added => Tone.Good,
            ChangeKind.Removed => Tone.Bad,
            ChangeKind.Changed => Tone.Warning,
            _ => Tone.Quiet,
        };
}
