using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Authorization;

/// <summary>
/// The expected answers to every action by every subject on every kind of request in every state: a file of its own that
/// the server never reads. A line has an action, kinds and states (separated by commas, or *), then an answer for each
/// subject: a status, with the rule behind it where a rule refuses. The last line that fits a cell counts.
/// </summary>
sealed class ExpectedActions
{
    readonly List<(string Action, string[] Kinds, string[] States, ImmutableArray<string> Answers)> lines =
    [];

    public static ExpectedActions Read(string path)
    {
        var expected = new ExpectedActions();
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith('#') || line.Length == 0)
                continue;
            var cells = line.Split('\t');
            if (cells[0] == "action")
            {
                Assert.Equal(Subjects.Names, cells[3..]);
                continue;
            }
            Assert.Equal(3 + Subjects.Names.Length, cells.Length);
            expected.lines.Add((cells[0], cells[1].Split(','), cells[2].Split(','), [.. cells[3..]]));
        }
        return expected;
    }

    /// <summary>How many lines the file has.</summary>
    public int Count => lines.Count;

    /// <summary>The expected answer, or null where no line fits.</summary>
    public string? Find(string action, string kind, RequestState state, int subject)
    {
        var found = lines.FindLast(line =>
            line.Action == action
            && (line.Kinds is ["*"] || line.Kinds.Contains(kind))
            && (line.States is ["*"] || line.States.Contains(state.Word()))
        );
        return found.Answers.IsDefault ? null : found.Answers[subject];
    }
}
