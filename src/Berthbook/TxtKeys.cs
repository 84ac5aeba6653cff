using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Berthbook;

/// <summary>A key of a service's TXT record (RFC 6763 section 6).</summary>
/// <param name="Key">The key, in the case of the note.</param>
/// <param name="Description">What the note says of it or of its value, on one line; null where it says nothing.</param>
public sealed record TxtKey(string Key, string? Description);

/// <summary>
/// Reads the TXT keys out of notes that say <c>Defined TXT keys: …</c>. The notes are written by many hands in many
/// shapes; what is not clearly a key is left out.
/// </summary>
public static partial class TxtKeys
{
    const int MaxKeyLength = 40;
    const int MaxNoteLength = 8192; // four times the longest; the patterns cost more than linear time

    static readonly SearchValues<char> NotInKeys = SearchValues.Create("=<>()[]{}\",;:/");
    static readonly SearchValues<char> Figures = SearchValues.Create("0123456789.");

    /// <summary>The keys that a note defines, in its order, each once; none where it defines none or only tells where to look.</summary>
    public static ImmutableArray<TxtKey> Parse(RichText? note)
    {
        if (note is null)
            return [];
        var text = Lines(note);
        if (Heading.Match(text) is not { Success: true } heading)
            return [];
        var body = text[(heading.Index + heading.Length)..];
        if (Aside.Match(body) is { Success: true } aside)
            body = body[..aside.Index];
        IEnumerable<TxtKey> keys =
            TableLine.Match(body) is { Success: true, Index: 0 } ? Table(body)
            : Headed.Match(body) is { Success: true } first && string.IsNullOrWhiteSpace(body[..first.Index])
                ? Marked(body, Headed)
            : Quoted.Match(body) is { Success: true } ? Marked(body, Quoted)
            : (NoKeys.IsMatch(body) ? null : List(body)) ?? List(FromAssignment(body)) ?? [];
        return [.. keys.DistinctBy(key => key.Key, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Whether a note says in so many words that it lists no keys: none, proprietary, see elsewhere.</summary>
    internal static bool SaysNone(RichText note)
    {
        var text = Lines(note);
        return Heading.Match(text) is { Success: true } heading
            && NoKeys.IsMatch(text[(heading.Index + heading.Length)..]);
    }

    // The words with line feeds where the note breaks lines or paragraphs.
    static string Lines(RichText note)
    {
        var builder = new StringBuilder();
        foreach (var piece in note.Pieces)
        {
            switch (piece.Kind)
            {
                case InlineKind.Text:
                    builder.Append(piece.Text);
                    break;
                case InlineKind.Reference:
                    builder.Append(piece.Reference);
                    break;
                case InlineKind.Paragraph:
                    builder.Append('\n').Append(Lines(piece.Paragraph!)).Append('\n');
                    break;
                default:
                    builder.Append('\n');
                    break;
            }
        }
        return builder.ToString(0, Math.Min(builder.Length, MaxNoteLength));
    }

    // "auth      plaintext | md5", a line each, until a line is none such.
    static IEnumerable<TxtKey> Table(string body)
    {
        foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TableLine.Match(line) is not { Success: true } match)
                yield break;
            yield return new(match.Groups["key"].Value, Describe(match.Groups["words"].Value));
        }
    }

    // Keys that a mark sets off from the words about them: 'td: …', '"url": …', 'key "name" …'.
    static IEnumerable<TxtKey> Marked(string body, Regex mark)
    {
        var matches = mark.Matches(body);
        for (var i = 0; i < matches.Count; i++)
        {
            var start = matches[i].Index + matches[i].Length;
            var end = i + 1 < matches.Count ? matches[i + 1].Index : body.Length;
            if (IsKey(matches[i].Groups["key"].Value, maxWords: 1))
                yield return new(matches[i].Groups["key"].Value, Describe(body[start..end]));
        }
    }

    // "u=<username> p=<password>", "txtvers, name, (others …)", "SN (serial number), …", a key a line. Null where
    // it begins as prose, whose commas separate no keys.
    static List<TxtKey>? List(string body)
    {
        var keys = new List<TxtKey>();
        var isFirst = true;
        foreach (var piece in TxtPieces.Split(body))
        {
            if (TryReadKey(piece, out var key))
                keys.Add(key);
            else if (isFirst)
                return null;
            else if (keys.Count > 0 && keys[^1].Description is { } words && !Rest.IsMatch(piece))
                keys[^1] = new(keys[^1].Key, Describe($"{words}, {piece}"));
            isFirst = false;
        }
        return keys;
    }

    // "None", or prose, and then some keys all the same: from the first line that begins with "key=".
    static string FromAssignment(string body) =>
        AssignmentLine.Match(body) is { Success: true } line ? body[line.Index..] : "";

    static bool TryReadKey(string piece, out TxtKey key)
    {
        key = new("", null);
        var equals = piece.IndexOf('=');
        if (equals > 0 && IsKey(piece[..equals].Trim(), maxWords: 3))
        {
            key = new(Cells.Fold(piece[..equals]), Describe(piece[equals..].TrimStart('=')));
            return true;
        }
        if (equals >= 0)
            return false;
        var match = Bare.Match(Cells.Fold(piece));
        if (!match.Success || !IsKey(match.Groups["key"].Value, maxWords: 2))
            return false;
        key = new(match.Groups["key"].Value, Describe(match.Groups["words"].Value));
        return true;
    }

    // Printable ASCII without '=' (RFC 6763 section 6.4), and what no hand writes as a key left out.
    static bool IsKey(string text, int maxWords)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return text.Length is > 0 and <= MaxKeyLength
            && words.Length <= maxWords
            && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            && text.AsSpan().IndexOfAny(NotInKeys) < 0
            && text.AsSpan().IndexOfAnyExcept(Figures) >= 0
            && !NotKey.IsMatch(text);
    }

    static string? Describe(string words)
    {
        var folded = Cells.Fold(words).TrimEnd(',', ';', ' ');
        if (folded is ['<', .. var inside, '>'] && !inside.Contains('<', StringComparison.Ordinal))
            folded = inside;
        if (folded is ['(', .. var aside, ')'] && !aside.Contains('(', StringComparison.Ordinal))
            folded = aside.TrimEnd(')');
        return folded.Length == 0 ? null : folded;
    }

    [GeneratedRegex(@"\bDefined\s+TXT\s+keys\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex Heading { get; }

    // What follows these words explains and defines nothing.
    [GeneratedRegex(
        @"\n[ \t]*(?:\(?examples?\b|note:|all of these\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex Aside { get; }

    [GeneratedRegex(
        @"\A\s*(?:$|(?:none|no|n/a|tbd|tba|proprietary|varies|see|contact|defined|inherited|will|to be|there (?:is|are) no)\b|\[?https?:|www\.)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex NoKeys { get; }

    [GeneratedRegex(@"(?<=\n)[ \t]*[^\s=<>()\[\]{}"",;]+=", RegexOptions.CultureInvariant)]
    static partial Regex AssignmentLine { get; }

    [GeneratedRegex(
        @"\A\s*(?<key>[A-Za-z0-9_-]+)(?: {2,}|\t+)(?<words>[^\s=][^=\n]*)",
        RegexOptions.CultureInvariant
    )]
    static partial Regex TableLine { get; }

    [GeneratedRegex(@"(?:\A|\n)[ \t]*(?<key>[A-Za-z0-9_.-]+):[ \t]+(?=\S)", RegexOptions.CultureInvariant)]
    static partial Regex Headed { get; }

    [GeneratedRegex(
        @"(?:(?:\d\w\w |and )?\bkey:?\s+""(?<key>[^""\s]+)""|""(?<key>[^""\s]+)"":|<(?<key>[^<>\s]+)>:)",
        RegexOptions.CultureInvariant
    )]
    static partial Regex Quoted { get; }

    [GeneratedRegex(@"\A(?<key>[^()]+?)\s*(?<words>\(.*)?\z", RegexOptions.CultureInvariant)]
    static partial Regex Bare { get; }

    // What lists say in place of further keys.
    [GeneratedRegex(
        @"\A\s*(?:\(?others?\b|proprietary\b|\.\.\.|where\b|e\.?g\b|i\.?e\b)",
        RegexOptions.IgnoreCase
    )]
    static partial Regex Rest { get; }

    [GeneratedRegex(
        @"\A(?:others?|proprietary|where|see|e\.?g\.?|i\.?e\.?|if|or|and)\b|\A\.+|\._(?:tcp|udp)\b|\.(?:html?|pdf)\b|\skeys?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex NotKey { get; }
}
