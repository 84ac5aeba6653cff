using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Berthbook.Search;

/// <summary>One word of a query.</summary>
/// <param name="Needle">What to look for in the text, folded.</param>
/// <param name="Ports">The port number or range that it may mean, or null.</param>
readonly record struct SearchWord(byte[] Needle, PortRange? Ports);

/// <summary>
/// What is asked, taken apart: words that must be there, port numbers, a transport protocol, the labels of an SRV
/// record. Words such as <c>port</c> or <c>which</c> tell what kind of answer is wanted and need not be there.
/// </summary>
sealed class SearchQuery
{
    /// <summary>The most words that are looked for; those after them are left out.</summary>
    const int MaxWords = 12;

    static readonly FrozenSet<string> Asides =
        "port ports number numbers protocol service server default standard what which where is are the a an of for on does do use uses used by my to in and with over"
            .Split(' ')
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What was asked, white space folded.</summary>
    public required string Text { get; init; }

    /// <summary>The words that must be there.</summary>
    public required ImmutableArray<SearchWord> Words { get; init; }

    /// <summary>
    /// Where there are several words, the ways to write them in one: all that was asked and all that must be there,
    /// with blanks; the latter also with hyphens and joined, as names are.
    /// </summary>
    public required ImmutableArray<byte[]> Phrases { get; init; }

    /// <summary>The words that must be there without anything between letters and digits, for misspelt names.</summary>
    public required byte[] Squeezed { get; init; }

    /// <summary>The transport protocol that is named, or null.</summary>
    public TransportProtocol? Transport { get; init; }

    /// <summary>The port number or range, where that is all that is asked; or null.</summary>
    public PortRange? Ports => Words is [{ Ports: { } ports }] ? ports : null;

    /// <summary>Takes a query apart. Any text is one; that of white space has no words.</summary>
    public static SearchQuery Parse(string text)
    {
        text = Cells.Fold(text);
        TransportProtocol? transport = null;
        var asked = new List<string>();
        var all = text.Length == 0 ? [] : text.Split(' ');
        foreach (var word in all)
        {
            if (all.Length > 1 && TransportProtocols.TryParse(word.ToLowerInvariant(), out var named))
                transport = named;
            else if (Plain(word, ref transport) is { } plain && !Asides.Contains(plain))
                asked.Add(plain);
        }
        // "time service" asks for time; "service" alone asks for the word.
        if (asked.Count == 0)
            asked.AddRange(all);
        var words = asked.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxWords).ToList();
        return new()
        {
            Text = text,
            Words = [.. words.Select(word => new SearchWord(FoldedText.Of(word), PortsOf(word)))],
            Phrases = PhrasesOf(text, words),
            Squeezed = Squeeze(string.Concat(words)),
            Transport = transport,
        };
    }

    /// <summary>The folded letters and digits of a text, the rest left out.</summary>
    public static byte[] Squeeze(string text) => [.. FoldedText.Of(text).Where(FoldedText.IsOfWord)];

    static ImmutableArray<byte[]> PhrasesOf(string text, List<string> words)
    {
        string[] phrases =
            words.Count > 1 ? [text, string.Join(' ', words), string.Join('-', words), string.Concat(words)]
            : text.Contains(' ') ? [text]
            : [];
        return [.. phrases.Distinct(StringComparer.OrdinalIgnoreCase).Select(FoldedText.Of)];
    }

    // A word without the marks of a sentence, of an SRV record's owner, and without its transport protocol.
    static string? Plain(string word, ref TransportProtocol? transport)
    {
        if (word[0] == '_')
            word = Service(word.Split('.'), ref transport);
        else if (
            word.LastIndexOf('/') is var slash and > 0
            && TransportProtocols.TryParse(word[(slash + 1)..].ToLowerInvariant(), out var named)
        )
            (word, transport) = (word[..slash], named);
        var bare = word.TrimEnd('?', ',', ';', ':', '!');
        return bare.Length > 0 ? bare : word;
    }

    // _printer._sub._http._tcp.local is about http: the label before the transport protocol.
    static string Service(string[] labels, ref TransportProtocol? transport)
    {
        var service = labels[0];
        for (var i = 1; i < labels.Length; i++)
        {
            if (
                labels[i] is not ['_', .. var label]
                || !TransportProtocols.TryParse(label.ToLowerInvariant(), out var named)
            )
                continue;
            (service, transport) = (labels[i - 1], named);
            break;
        }
        return service.Length > 1 && service[0] == '_' ? service[1..] : labels[0];
    }

    static PortRange? PortsOf(string word) =>
        PortRange.TryParse(word.AsSpan().TrimStart(':'), out var range) ? range : null;
}
