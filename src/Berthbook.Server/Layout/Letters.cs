namespace Berthbook.Server.Layout;

/// <summary>The letters that long lists are cut by: A to Z, and # for all else.</summary>
static class Letters
{
    public static IReadOnlyList<char> All { get; } =
    [.. Enumerable.Range('A', 26).Select(code => (char)code), '#'];

    /// <summary>The letter that a text is listed under.</summary>
    public static char Of(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) ? char.ToUpperInvariant(text[0]) : '#';

    /// <summary>The letter that a query asks for, null where it asks for none.</summary>
    public static bool TryParse(string? query, out char? letter)
    {
        letter = string.IsNullOrEmpty(query) ? null : char.ToUpperInvariant(query[0]);
        return letter is not { } asked || (query!.Length == 1 && All.Contains(asked));
    }

    /// <summary>The address of a list at a letter.</summary>
    public static string Address(string list, char? letter) =>
        letter is { } only ? $"{list}?letter={Uri.EscapeDataString(only.ToString())}" : list;
}
