using Berthbook.Cli.Output;

namespace Berthbook.Cli.Lookup;

/// <summary>Answers as rows of a sheet.</summary>
static class LookupSheet
{
    public static Sheet Create() =>
        new("question", "port", "transport", "state", "name", "-primary", "description", "-source");

    /// <summary>Adds the rows of an answer.</summary>
    /// <param name="sheet">Takes them.</param>
    /// <param name="question">The question.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="isForPeople">Whether the question stands in the first row only.</param>
    public static void Add(Sheet sheet, string question, LookupAnswer answer, bool isForPeople)
    {
        for (var i = 0; i < answer.Rows.Length; i++)
        {
            var row = answer.Rows[i];
            sheet.Add(
                i > 0 && isForPeople ? "" : question,
                row.Port,
                row.Transport,
                new(row.State is { } state ? NameOf(state) : "unknown", ToneOf(row.State)),
                new(row.Name ?? "", Tone.Strong),
                row.Primary,
                Description(row),
                row.Source
            );
        }
    }

    static string Description(LookupRow row) =>
        row.Primary is { } primary
            ? $"{row.Description} (the name that counts is {primary})"
            : row.Description;

    static string NameOf(PortState state) =>
        state switch
        {
            PortState.Assigned => "Assigned",
            PortState.Reserved => "Reserved",
            PortState.Unassigned => "Unassigned",
            _ => "Dynamic",
        };

    static Tone ToneOf(PortState? state) =>
        state switch
        {
            PortState.Assigned => Tone.Good,
            PortState.Reserved => Tone.Warning,
            null => Tone.Bad,
            _ => Tone.Quiet,
        };
}
