using System.Text;
using System.Text.Json;
using Berthbook.Cli.Output;
using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Programs;

namespace Berthbook.Cli.Local;

/// <summary>What came of a file that was to be imported, for people and for programs.</summary>
/// <param name="File">What the file is called.</param>
/// <param name="Import">The file as it was read.</param>
/// <param name="Revision">The revision that it became, or null.</param>
/// <param name="Revisions">How many revisions there are now.</param>
sealed record ImportOutcomeAnswer(string File, FileImport Import, Revision? Revision, int Revisions)
{
    /// <summary>Adds the file to the copy where it is good and says something new.</summary>
    public static ImportOutcomeAnswer Of(string file, FileImport import, LocalCopy copy)
    {
        var revision = import.Outcome is ImportOutcome.Ready ready ? copy.Append(ready.Draft) : null;
        return new(file, import, revision, copy.History.Revisions.Length);
    }

    /// <summary>Says what is wrong, and unless JSON is asked for what was done; returns the exit status.</summary>
    public int Tell(CommandCall call)
    {
        switch (Import.Outcome)
        {
            case null:
                foreach (var line in ImportWords.Faults(File, Import))
                    call.Terminal.Error.WriteLine(line);
                return ExitStatus.Invalid;
            case ImportOutcome.Older older:
                call.Terminal.Complain(ImportWords.Older(File, older));
                return ExitStatus.Finding;
        }
        if (call.Printer.Form != Form.Json)
            call.Printer.Print(Words());
        return ExitStatus.Done;
    }

    /// <summary>Writes an array, an object a file.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<ImportOutcomeAnswer> answers)
    {
        json.WriteStartArray();
        foreach (var answer in answers)
            answer.Write(json);
        json.WriteEndArray();
    }

    StringBuilder Words()
    {
        var words = new StringBuilder();
        words
            .Append(
                Revision is not null ? ImportWords.Became(File, Revision) : ImportWords.Same(File, Revisions)
            )
            .Append('\n');
        if (ImportWords.Oddities(File, Import) is { } oddities)
            words.Append(oddities).Append('\n');
        return words;
    }

    void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("file", File);
        json.WriteString(
            "outcome",
            Import.Outcome switch
            {
                null => "invalid",
                ImportOutcome.Older => "older",
                ImportOutcome.Ready => "imported",
                _ => "same",
            }
        );
        json.WriteNumber("revision", Revisions);
        Write(json, "records", Revision?.Records);
        Write(json, "contacts", Revision?.Contacts);
        json.WriteNumber("oddities", Import.Read.WarningCount);
        json.WriteStartArray("faults");
        foreach (var fault in Import.Read.Faults)
            Write(json, fault);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, ChangeCounts? counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("added", counts?.Added ?? 0);
        json.WriteNumber("removed", counts?.Removed ?? 0);
        json.WriteNumber("changed", counts?.Changed ?? 0);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Problem fault)
    {
        json.WriteStartObject();
        json.WriteNumber("line", fault.Line);
        json.WriteNumber("column", fault.Column);
        json.WriteString("field", fault.Field);
        json.WriteString("message", fault.Message);
        json.WriteEndObject();
    }
}
