using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Decisions;

namespace Berthbook.Server.Pages.Requests;

/// <summary>What the registrar chooses for a decision, as the form gives it.</summary>
static class PostedChoices
{
    /// <summary>The fields with their labels and what to write; left empty, each stays at its default.</summary>
    public static ImmutableArray<(string Name, string Label, string Help)> Fields { get; } =
    [
        ("references", "References", "The documents that the record cites, by label, one a line: RFC9000."),
        ("port", "Port number", "Where the request leaves the number to the registry."),
        ("registered", "Registration date", "Where it is not today: 2026-01-31."),
        ("registeredReason", "Why another date", "Needed with another date."),
        ("follows", "Place", "The id of the record that it follows, 0 for the first place."),
        ("notes", "Assignment notes", "In the registrar\u2019s words."),
        ("assigneeId", "Id of a new assignee", "Where it is not made from the name."),
        ("contactId", "Id of a new contact", "Where it is not made from the name."),
    ];

    /// <summary>Whether a field takes several lines.</summary>
    public static bool IsLong(string name) => name is "references" or "notes" or "registeredReason";

    /// <summary>The choices, or which field is wrong and why.</summary>
    public static (DecisionChoices? Choices, string? Field, string? Fault) Read(IFormCollection form)
    {
        if (!Read(form, "registered", RegistryDate.TryParse, out RegistryDate? registered))
            return (null, "registered", "A date is written as 2026-01-31.");
        if (!Read(form, "port", PortNumber.TryParse, out PortNumber? port))
            return (null, "port", "A port number is 0 to 65535, without sign or leading zero.");
        if (!Read(form, "follows", IsId, out int? follows))
            return (null, "follows", "A place is the id of a record, or 0.");
        return (
            new()
            {
                References =
                [
                    .. (Text(form, "references") ?? "").Split(
                        ['\n', ','],
                        StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                    ),
                ],
                Registered = registered,
                RegisteredReason = Text(form, "registeredReason"),
                Follows = follows,
                Port = port,
                Notes = Text(form, "notes"),
                AssigneeId = Text(form, "assigneeId"),
                ContactId = Text(form, "contactId"),
            },
            null,
            null
        );
    }

    /// <summary>The text of a field, lines ended as everywhere else; null where nothing is in it.</summary>
    public static string? Text(IFormCollection form, string name) =>
        form[name].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Trim() is { Length: > 0 } text
            ? text
            : null;

    delegate bool Parse<T>(ReadOnlySpan<char> text, out T value);

    static bool Read<T>(IFormCollection form, string name, Parse<T> parse, out T? value)
        where T : struct
    {
        value = null;
        if (Text(form, name) is not { } text)
            return true;
        var isOne = parse(text, out var parsed);
        value = parsed;
        return isOne;
    }

    static bool IsId(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
