using System.Text;
using System.Text.Json;
using Berthbook.Cli.Output;
using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Programs;

namespace Berthbook.Cli.Local;

/// <summary>What came of a file that was to be imported, for people and for programs.</summary>
/// <param name="File">What the file is called: its path or address.</param>
/// <param name="Outcome">
/// <c>imported</c>, <c>same</c>, <c>older</c>, <c>invalid</c>; of an upstream also <c>held</c> and <c>failed</c>.
/// </param>
/// <param name="Revisions">How many revisions there are now.</param>
sealed record ImportAnswer(string File, string Outcome, int Revisions)
{
    /// <summary>The file as it was read, or null where none came.</summary>
    public FileImport? Import { get; init; }

    /// <summary>The revision that it became, or null.</summary>
    public Revision? Revision { get; init; }

    /// <summary>Why it became none, in words; null where it did, or its faults say it.</summary>
    public string? Message { get; init; }

    /// <summary>Adds the file to the copy where it is good and says something new.</summary>
    public static ImportAnswer Of(string file, FileImport import, LocalCopy copy)
    {
        switch (import.Outcome)
        {
            case ImportOutcome.Ready ready:
                var revision = copy.Append(ready.Draft);
                return new(file, "imported", revision.Number) { Import = import, Revision = revision };
            case ImportOutcome.Older older:
                return new(file, "older", copy.History.Revisions.Length)
                {
                    Import = import,
                    Message = ImportWords.Older(file, older),
                };
            case var other:
                return new(file, other is null ? "invalid" : "same", copy.History.Revisions.Length)
                {
                    Import = import,
                };
        }
    }

    /// <summary>Says what is wrong, and unless JSON is asked for what was done; returns the exit status.</summary>
    public int Tell(CommandCall call)
    {
        if (Message is not null)
            call.Terminal.Complain(Message);
        else if (Outcome == "invalid")
        {
            foreach (var line in ImportWords.Faults(File, Import!))
                call.Terminal.Error.WriteLine(line);
        }
        else if (call.Printer.Form != Form.Json)
            call.Printer.Print(Words());
        return Outcome switch
        {
            "invalid" => ExitStatus.Invalid,
            "failed" => ExitStatus.Failure,
            "older" or "held" => ExitStatus.Finding,
            _ => ExitStatus.Done,
        };
    }

    /// <summary>Writes an array, an object a file.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<ImportAnswer> answers)
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
        if (Revision is not null && ImportWords.Oddities(File, Import!) is { } oddities)
            words.Append(oddities).Append('\n');
        return words;
    }

    void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("file", File);
        json.WriteString("outcome", Outcome);
        json.WriteNumber("revision", Revisions);
        json.WriteString("message", Message);
        Write(json, "records", Revision?.Records);
        Write(json, "contacts", Revision?.Contacts);
        json.WriteNumber("oddities", Import?.Read.WarningCount ?? 0);
        json.WriteStartArray("faults");
        foreach (var fault in Import?.Read.Faults ?? [])
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
