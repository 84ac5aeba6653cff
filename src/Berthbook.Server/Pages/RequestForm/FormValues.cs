using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>What the fields of the form hold, as texts: typed by somebody, or told from a document.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Texts">The texts by the name of the field; an empty field has none.</param>
sealed record FormValues(RequestKind Kind, ImmutableDictionary<string, string> Texts)
{
    /// <summary>The name of the control that says the kind.</summary>
    public const string KindName = "kind";

    /// <summary>An empty form.</summary>
    public static FormValues Empty(RequestKind kind) =>
        new(kind, ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The text of a field, empty where nothing is in it.</summary>
    public string this[string field] => Texts.GetValueOrDefault(field, "");

    /// <summary>The lines of a field, blanks around them cut, empty ones left out.</summary>
    public string[] Lines(string field) =>
        this[field].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same with another text in a field. Blanks around it say nothing: people paste them.</summary>
    public FormValues With(string field, string text) =>
        // Browsers send CR LF for the end of a line.
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim()
            is { Length: > 0 } given
            ? this with
            {
                Texts = Texts.SetItem(field, given),
            }
            : this with
            {
                Texts = Texts.Remove(field),
            };

    /// <summary>Takes what was posted, or says what is wrong with it where it is no form of ours.</summary>
    /// <param name="posted">The fields that were posted, buttons aside.</param>
    public static (FormValues? Values, string? Fault) Read(IEnumerable<(string Name, string Text)> posted)
    {
        var fields = posted.ToLookup(field => field.Name, field => field.Text, StringComparer.Ordinal);
        if (fields[KindName].ToList() is not [var word])
            return (null, "The form says no kind of request, or several");
        if (!RequestKinds.TryParse(word, out var kind))
            return (null, $"\u201c{Words.Cut(word)}\u201d is no kind of request");
        var values = Empty(kind);
        foreach (var texts in fields.Where(known => known.Key != KindName))
        {
            if (!FormField.All.Any(field => field.Name == texts.Key))
                return (null, $"The form has no field \u201c{Words.Cut(texts.Key)}\u201d");
            if (texts.Count() > 1 && texts.Key != FormField.Transports)
                return (null, $"The field \u201c{texts.Key}\u201d comes several times");
            values = values.With(texts.Key, string.Join('\n', texts));
        }
        return (values, null);
    }
}
