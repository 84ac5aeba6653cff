using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>Advice on names and descriptions (procedures V1 to V4).</summary>
static class NameAdvice
{
    static readonly FrozenSet<string> EmptyWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "port",
        "ports",
        "service",
        "services",
        "svc",
        "protocol",
        "protocols"
    );

    // Abbreviations that need no explanation in this registry.
    static readonly FrozenSet<string> KnownWords = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            .. "API CPU DCCP DHCP DNS DTLS FTP GPS GPU HTML HTTP HTTPS IBM IEEE IETF IMAP IRC ISO ITU JSON LAN LDAP MIDI NFS NTP ".Split(
                ' '
            ),
            .. "PDF POP3 QUIC RDMA REST RFC RPC RTP SCTP SIP SMS SMTP SNMP SQL SSH SSL TCP TLS UDP URI URL USB VPN WAN XML XMPP".Split(
                ' '
            ),
        ]
    );

    static readonly SearchValues<char> Breaks = SearchValues.Create(" \t\r\n,;:!?()[]/\"'");

    public static IEnumerable<Finding> FindEmptyWords(Question question)
    {
        var (field, name) = NameOf(question);
        if (name is not null)
        {
            foreach (var word in name.Split('-'))
            {
                if (EmptyWords.Contains(word))
                    yield return Advice(
                        "V1",
                        field,
                        $"'{word}' in {Say.Text(name)} says nothing: every name of this registry is one of a service."
                    );
            }
        }
        if (
            question.Request.Description is { } description
            && UnknownWords(description) is { IsEmpty: false } words
        )
            yield return Advice(
                "V1",
                "description",
                $"Few readers know what {Say.And(words)} stands for: write it out, or say it in words."
            );
    }

    public static IEnumerable<Finding> FindVersions(Question question)
    {
        var (field, name) = NameOf(question);
        if (name is not null && VersionIn(question, name) is { } version)
            yield return Advice(
                "V2",
                field,
                $"'{version}' in {Say.Text(name)} looks like a version: leave it out and let peers tell versions apart in band, or the next one needs another assignment."
            );
        if (question.Request.Description is { } description && VersionWords(description) is { } words)
            yield return Advice(
                "V2",
                "description",
                $"The description names a version, '{Say.Text(words)}': leave it out, one assignment serves all versions."
            );
    }

    public static IEnumerable<Finding> FindDiscovery(Question question)
    {
        var (field, name) = NameOf(question);
        if (name is null || name.EndsWith("-disc", StringComparison.OrdinalIgnoreCase))
            yield break;
        if (
            Mentions(name, "discov")
            || Mentions(question.Request.Description, "discovery")
            || Mentions(question.Request.Description, "discovers")
        )
            yield return Advice(
                "V3",
                field,
                $"{Say.Text(name)} discovers others, as the request says: let its name end in -disc, so that this shows."
            );
    }

    public static IEnumerable<Finding> FindSharedName(Question question)
    {
        var others =
            question.Kind == RequestKind.Add
                ? question.Named.Select(record => record.Transport).OfType<TransportProtocol>()
                : [];
        ImmutableArray<TransportProtocol> all = [.. others.Concat(question.Transports).Distinct().Order()];
        if (all.Length > 1 && question.AsksAnew())
            yield return Advice(
                "V4",
                "transports",
                $"One name and description for {Say.And(all)} only if {question.NameWords()} is the same service on each; another service there needs a name of its own."
            );
    }

    // The new name where there is one, else the name; the name of what is assigned already gets no advice.
    static (string Field, string? Name) NameOf(Question question) =>
        question.Kind switch
        {
            RequestKind.Reuse or RequestKind.Rename => ("newName", question.Request.NewName),
            RequestKind.Add or RequestKind.Transfer => ("name", null),
            _ => ("name", question.Request.Name),
        };

    // A word of v and digits, digits after a registered name, or the word version.
    static string? VersionIn(Question question, string name)
    {
        foreach (var word in name.Split('-'))
        {
            var digits = word.Length - word.AsSpan().TrimEnd("0123456789").Length;
            var letters = word.Length - digits;
            if (word.Equals("version", StringComparison.OrdinalIgnoreCase))
                return word;
            if (digits > 0 && letters > 0 && word[letters - 1] is 'v' or 'V' && (letters == 1 || letters > 3))
                return word[(letters - 1)..];
        }
        var stem = name.AsSpan().TrimEnd("0123456789").TrimEnd('-');
        return
            stem.Length < name.Length
            && stem.Length is > 1 and <= ServiceName.MaxLength
            && !question.Basis.Index.Find(stem).IsEmpty
            ? name[stem.Length..].TrimStart('-')
            : null;
    }

    static string? VersionWords(string description)
    {
        var words = Words(description);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Length > 1 && word[0] is 'v' or 'V' && char.IsAsciiDigit(word[1]))
                return word;
            if (
                word.Equals("version", StringComparison.OrdinalIgnoreCase)
                && i + 1 < words.Count
                && char.IsAsciiDigit(words[i + 1][0])
            )
                return $"{word} {words[i + 1]}";
        }
        return null;
    }

    // Words of three capitals and more that the description neither explains in parentheses nor everybody knows.
    static ImmutableArray<string> UnknownWords(string description) =>
        description.Contains('(')
            ? []
            :
            [
                .. Words(description)
                    .Where(word =>
                        word.Length is > 2 and < 12
                        && word.Count(char.IsAsciiLetterUpper) > 2
                        && !word.Any(char.IsAsciiLetterLower)
                        && !KnownWords.Contains(word)
                    )
                    .Distinct(StringComparer.Ordinal)
                    .Take(3)
                    .Select(Say.Text),
            ];

    static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var range in text.AsSpan(0, Math.Min(text.Length, 500)).SplitAny(Breaks))
        {
            if (text.AsSpan()[range].TrimEnd('.') is { IsEmpty: false } word)
                words.Add(word.ToString());
        }
        return words;
    }

    static bool Mentions(string? text, string word) =>
        text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    static Finding Advice(string rule, string field, string message) =>
        new(rule, Severity.Advise, field, message);
}
