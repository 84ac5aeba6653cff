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

/// <summary><c>log [NAME or PORT]</c>: the revisions of the local copy, or those that changed a name or number.</summary>
static class LogCommand
{
    const string Examples = """
        Examples:
          berth log                  the revisions, the newest first
          berth log jmap             what became of a service name
          berth log 8443/tcp         what became of a port number
          berth log --json           as the API has it

        Columns in a pipe, parted by tabs:
          revision, last update, time, who, why, records added, removed, changed,
          contacts added, removed, changed, hash; of a name or number: revision,
          last update, then the columns of diff
        """;

    static readonly string[] Headings =
    [
        "revision",
        "updated",
        "-time",
        "who",
        "why",
        "added",
        "removed",
        "changed",
        "-contacts added",
        "-contacts removed",
        "-contacts changed",
        "hash",
    ];

    public static Command Create(CommandLine line)
    {
        var subject = new Argument<string?>("NAME or PORT")
        {
            Description = "A service name, a port number or a range, perhaps with a transport",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("log", "Tell the history of the registry, or of a name or number in it")
        {
            subject,
        };
        line.OnRun(command, Examples, call => Run(call, call.Parsed.GetValue(subject)));
        return command;
    }

    static int Run(CommandCall call, string? subject)
    {
        if (subject is null)
        {
            TellAll(call, LocalCopy.Require(call.Folder).Revisions);
            return ExitStatus.Done;
        }
        if (!LookupQuestion.TryParse(subject, out var question, out var fault))
        {
            call.Terminal.Complain(fault.Message);
            return ExitStatus.Usage;
        }
        var past = Past.Of(LocalCopy.Require(call.Folder), question);
        Tell(call, past);
        if (past.Count > 0)
            return ExitStatus.Done;
        call.Terminal.Complain($"no revision of the local copy has anything about {subject}");
        return ExitStatus.Finding;
    }

    static void TellAll(CommandCall call, ImmutableArray<Revision> revisions)
    {
        if (call.Printer.Form == Form.Json)
        {
            call.Printer.PrintJson(json =>
            {
                json.WriteStartArray();
                foreach (var revision in revisions.Reverse())
                    JsonSerializer.Serialize(
                        json,
                        RevisionSummary.Of(revision),
                        AnswerJson.Default.RevisionSummary
                    );
                json.WriteEndArray();
            });
            return;
        }
        var sheet = new Sheet(Headings);
        foreach (var revision in revisions.Reverse())
            sheet.Add(RowOf(RevisionSummary.Of(revision)));
        call.Printer.Print(sheet);
    }

    static Cell[] RowOf(RevisionSummary revision) =>
        [
            new($"{revision.Revision}", Tone.Strong),
            revision.Updated,
            $"{revision.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}",
            revision.Who,
            revision.Why,
            $"{revision.Records.Added}",
            $"{revision.Records.Removed}",
            $"{revision.Records.Changed}",
            $"{revision.Contacts.Added}",
            $"{revision.Contacts.Removed}",
            $"{revision.Contacts.Changed}",
            new(revision.Hash, Tone.Quiet),
        ];

    static void Tell(CommandCall call, IReadOnlyList<Past> past)
    {
        if (call.Printer.Form == Form.Json)
            call.Printer.PrintJson(json => Past.Write(json, past));
        else if (past.Count > 0)
            call.Printer.Print(Past.SheetOf(past));
    }
}
