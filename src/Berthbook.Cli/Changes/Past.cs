using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Answers;
using Berthbook.Cli.Output;
using Berthbook.Journal;

namespace Berthbook.Cli.Changes;

/// <summary>A revision that changed records of a name or number, and those changes.</summary>
sealed record Past(Revision Revision, ImmutableArray<RecordChange> Changes)
{
    /// <summary>The revisions that have to do with a name or number, the newest first.</summary>
    public static IReadOnlyList<Past> Of(History history, LookupQuestion question) =>
        [
            .. history
                .Revisions.Reverse()
                .Select(revision => new Past(
                    revision,
                    [
                        .. revision
                            .Changes.OfType<RecordChange>()
                            .Where(change => IsOf(change.Before, question) || IsOf(change.After, question)),
                    ]
                ))
                .Where(past => !past.Changes.IsEmpty),
        ];

    /// <summary>The changes as rows, each under its revision.</summary>
    public static Sheet SheetOf(IEnumerable<Past> past)
    {
        var sheet = new Sheet(["revision", "updated", .. ChangeSheet.Headings]);
        foreach (var (revision, changes) in past)
        {
            foreach (var row in changes.SelectMany(ChangeSheet.RowsOf))
                sheet.Add([$"{revision.Number}", revision.Updated?.ToString(), .. row]);
        }
        return sheet;
    }

    /// <summary>Writes an array: an object a revision, as the API has it, with those changes.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Past> past)
    {
        json.WriteStartArray();
        foreach (var (revision, changes) in past)
        {
            json.WriteStartObject();
            var summary = JsonSerializer.SerializeToElement(
                RevisionSummary.Of(revision),
                AnswerJson.Default.RevisionSummary
            );
            foreach (var member in summary.EnumerateObject())
                member.WriteTo(json);
            json.WriteStartArray("changes");
            foreach (var change in changes)
                JsonSerializer.Serialize(json, ChangeReply.Of(change), AnswerJson.Default.ChangeReply);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static bool IsOf(RegistryRecord? record, LookupQuestion question) =>
        record is not null
        && (question.Transport is null || record.Transport is null || record.Transport == question.Transport)
        && (
            question.Ports is { } ports
                ? record.Number is { } number
                    && number.First.Value <= ports.Last.Value
                    && number.Last.Value >= ports.First.Value
                : record.Name?.Text.Equals(question.Name, StringComparison.OrdinalIgnoreCase) == true
        );
}
