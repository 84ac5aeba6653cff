using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>Texts that decisions publish.</summary>
static class Words
{
    public static RichText Reserved { get; } = new("Reserved");

    /// <summary>The note of a number that was given back (procedures C1).</summary>
    public static RichText Deassigned(DateOnly day, string? name) =>
        new(name is null ? $"De-assigned on {Of(day)}." : $"De-assigned on {Of(day)}, previously {name}.");

    /// <summary>The note of a number that was taken back (procedures C4).</summary>
    public static RichText Revoked(DateOnly day, string? name) =>
        new(
            name is null
                ? $"De-assigned by revocation on {Of(day)}."
                : $"De-assigned by revocation on {Of(day)}, previously {name}."
        );

    /// <summary>Whether a record says that its number was taken back.</summary>
    public static bool TellsOfRevocation(RegistryRecord record) =>
        record.Note is { } note
        && record.Kind().State() == PortState.Reserved
        && note.OneLine.Contains("by revocation", StringComparison.OrdinalIgnoreCase);

    /// <summary>The note of an assignment that passed to another party (procedures C5).</summary>
    public static RichText Transferred(DateOnly day) =>
        new($"De-assigned and re-assigned on {Of(day)} with the approval of the previous assignee.");

    /// <summary>Words before those that were there.</summary>
    public static RichText Before(RichText words, RichText? rest) =>
        rest is null || rest.IsEmpty
            ? words
            : RichText.Of(Joined([.. words.Pieces, new(InlineKind.Text, " "), .. rest.Pieces]));

    /// <summary>A text without its edge blanks, as running text; null where nothing is said.</summary>
    public static RichText? Of(string? text) => string.IsNullOrWhiteSpace(text) ? null : new(text.Trim());

    static string Of(DateOnly day) => new RegistryDate(day).ToString();

    // Words beside words are one piece, as they are read from a file.
    static ImmutableArray<Inline> Joined(ImmutableArray<Inline> pieces)
    {
        var joined = ImmutableArray.CreateBuilder<Inline>(pieces.Length);
        foreach (var piece in pieces)
        {
            if (
                piece is { Kind: InlineKind.Text, Text: var text }
                && joined is [.., { Kind: InlineKind.Text, Text: var before }]
            )
                joined[^1] = new(InlineKind.Text, before + text);
            else
                joined.Add(piece);
        }
        return joined.DrainToImmutable();
    }
}
