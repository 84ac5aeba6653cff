using System.Text.Json;

namespace Berthbook.Cli.Request;

/// <summary>A change, as the API has it, told as the published rows that go and come, each on a line.</summary>
static class PublishedRow
{
    // Members of a record and of a contact beside those that begin the line, and what they are called there.
    static readonly (string Member, string Label)[] Rest =
    [
        ("assignee", "assignee"),
        ("contacts", "contact"),
        ("uris", "at"),
        ("registered", "registered"),
        ("modified", "modified"),
        ("updated", "updated"),
        ("references", "reference"),
        ("serviceCode", "service code"),
        ("unauthorizedUse", "unauthorized use"),
        ("notes", "note"),
    ];

    /// <summary>The row before with <c>-</c>, the row after with <c>+</c>; of the header, what changes in it.</summary>
    public static IEnumerable<(string Sign, string Words)> Of(JsonElement change)
    {
        var isHeader = change.GetProperty("kind").GetString()!.StartsWith("header", StringComparison.Ordinal);
        string[] fields =
        [
            .. change.GetProperty("fields").EnumerateArray().Select(field => field.GetString()!),
        ];
        if (change.GetProperty("before") is { ValueKind: JsonValueKind.Object } before)
            yield return ("-", isHeader ? HeaderWords(before, fields) : RowWords(before));
        if (change.GetProperty("after") is { ValueKind: JsonValueKind.Object } after)
            yield return ("+", isHeader ? HeaderWords(after, fields) : RowWords(after));
    }

    // A record: 'name number/transport: description; …'. A contact: 'id: name; …'.
    static string RowWords(JsonElement row)
    {
        var isRecord = row.TryGetProperty("transport", out var transport);
        var key = isRecord
            ? Joined(" ", Words(row, "name"), Joined("/", Words(row, "number"), transport.GetString()))
            : $"contact {Words(row, "id")}";
        var about = isRecord
            ? Words(row, "description")
            : Joined(", ", Words(row, "name"), Words(row, "organization"));
        var rest = Rest.Select(one => (one.Label, Words: Words(row, one.Member)))
            .Where(one => one.Words.Length > 0)
            .Select(one => $"{one.Label} {one.Words}");
        return Joined("; ", [Joined(": ", key, about), .. rest]);
    }

    static string HeaderWords(JsonElement header, string[] fields) =>
        Joined(
            "; ",
            [
                .. fields
                    .Where(field => header.TryGetProperty(field, out _))
                    .Select(field => $"{field} {Words(header, field)}"),
            ]
        );

    static string Words(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value) ? Words(value) : "";

    static string Words(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => Joined(", ", [.. value.EnumerateArray().Select(Words)]),
            JsonValueKind.Object => value.TryGetProperty("label", out var label)
                ? $"[{label.GetString()}]"
                : Words(value, "text"),
            _ => value.GetRawText(),
        };

    static string Joined(string separator, params string?[] parts) =>
        string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}
