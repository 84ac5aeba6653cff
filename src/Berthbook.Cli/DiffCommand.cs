using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Berthbook.Answers;
using Berthbook.Cli.Changes;
using Berthbook.Cli.Local;
using Berthbook.Cli.Output;
using Berthbook.Journal;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary><c>diff A B</c>: what is different between two states of the registry.</summary>
static class DiffCommand
{
    const string Examples = """
        Examples:
          berth diff 1 2                     two revisions of the local copy
          berth diff 2025-09-22 2026-02-13   as it was on two days
          berth diff 2 registry.xml          a revision and a file
          berth diff old.csv new.csv         two files; ./5 is a file named 5
          berth diff --json 1 2              as the API has it

        Columns in a pipe, parted by tabs:
          change, service name (or contact), number, transport, field, before,
          after
        """;

    public static Command Create(CommandLine line)
    {
        var before = State("A");
        var after = State("B");
        var command = new Command("diff", "Say what is different between two states of the registry")
        {
            before,
            after,
        };
        line.OnRun(
            command,
            Examples,
            (call, _) => RunAsync(call, new(call.Parsed.GetValue(before)!), new(call.Parsed.GetValue(after)!))
        );
        return command;
    }

    static Argument<string> State(string name) =>
        new(name) { Description = "A revision, a day (yyyy-mm-dd) or a file; - is standard input" };

    static async Task<int> RunAsync(CommandCall call, NamedState from, NamedState to)
    {
        var history = from.IsFile && to.IsFile ? LocalCopy.Read(call.Folder) : LocalCopy.Require(call.Folder);
        Registry? before = null;
        Registry? after = null;
        foreach (var state in (NamedState[])[from, to])
        {
            if (state.IsFile)
                continue;
            if (!state.TryFind(history!, out var found, out var fault))
            {
                call.Terminal.Complain(fault);
                return ExitStatus.Finding;
            }
            if (ReferenceEquals(state, from))
                before = found;
            else
                after = found;
        }
        before ??= await from.ReadAsync(after ?? history?.Current, call.Terminal);
        if (before is null)
            return ExitStatus.Invalid;
        after ??= await to.ReadAsync(before, call.Terminal);
        if (after is null)
            return ExitStatus.Invalid;
        return Tell(call, Compare(before, from, after, to));
    }

    // Records of a file have no ids yet: they get those of the records that they match.
    static ImmutableArray<Change> Compare(Registry before, NamedState from, Registry after, NamedState to)
    {
        if (from.IsFile)
            before = Differ.Identify(null, before, 1);
        if (from.IsFile || to.IsFile)
            after = Differ.Identify(before, after, before.Records.Max(record => record.Id) + 1);
        return Differ.Compare(before, after);
    }

    static int Tell(CommandCall call, ImmutableArray<Change> changes)
    {
        if (call.Printer.Form == Form.Json)
            call.Printer.PrintJson(json => Write(json, changes));
        else if (!changes.IsEmpty)
            call.Printer.Print(SheetOf(changes));
        return changes.IsEmpty ? ExitStatus.Done : ExitStatus.Finding;
    }

    static Sheet SheetOf(ImmutableArray<Change> changes)
    {
        var sheet = new Sheet(ChangeSheet.Headings);
        foreach (var row in changes.SelectMany(ChangeSheet.RowsOf))
            sheet.Add(row);
        return sheet;
    }

    static void Write(Utf8JsonWriter json, ImmutableArray<Change> changes)
    {
        json.WriteStartObject();
        json.WriteStartArray("changes");
        foreach (var change in changes)
            JsonSerializer.Serialize(json, ChangeReply.Of(change), AnswerJson.Default.ChangeReply);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
