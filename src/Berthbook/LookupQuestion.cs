using System.Diagnostics.CodeAnalysis;

namespace Berthbook;

/// <summary>
/// One question to the registry: a port number, a range, a service name, each perhaps on one transport protocol, or an
/// SRV label (RFC 2782).
/// </summary>
/// <param name="Text">The question as it was asked.</param>
/// <param name="Ports">The port numbers asked for, or null where a name is.</param>
/// <param name="Name">The service name asked for in any spelling, or null where port numbers are.</param>
/// <param name="Transport">The one transport protocol asked for, or null for all.</param>
public sealed record LookupQuestion(string Text, PortRange? Ports, string? Name, TransportProtocol? Transport)
{
    /// <summary>The longest name that may be asked for; the registry's longest has 17 characters.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// Parses <c>443</c>, <c>443/tcp</c>, <c>6000-6063</c>, <c>https</c>, <c>https/udp</c>, <c>_sip._tcp</c>. The last
    /// slash parts a transport protocol only where one of the four follows: <c>914c/g</c> is a name. A fault says
    /// what is wrong and what to write.
    /// </summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out LookupQuestion? question,
        [NotNullWhen(false)] out SyntaxFault? fault
    )
    {
        question = null;
        fault = FaultOf(text);
        if (fault is not null)
            return false;
        if (TryParseLabel(text, out question))
            return true;
        var (subject, transport) = Split(text);
        if (PortRange.TryParse(subject, out var ports))
            question = new(text, ports, null, transport);
        else if (IsNumeric(subject))
            fault = new($"{PortRange.FaultOf(subject)}");
        else
            question = new(text, null, subject, transport);
        return fault is null;
    }

    static SyntaxFault? FaultOf(string text)
    {
        if (text.Length == 0)
            return new("an empty question: write a port number such as 443 or a service name such as https");
        if (text.Length > MaxLength)
            return new($"a question has at most {MaxLength} characters; this one has {text.Length}");
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
                return new(
                    $"'{Formats.Shown.Of(text)}' has a blank, which no service name has: ask one question each, or search for words"
                );
            if (char.IsControl(c))
                return new($"'{Formats.Shown.Of(text)}' has a control character, which no service name has");
        }
        return null;
    }

    static (string Subject, TransportProtocol? Transport) Split(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash > 0 && TransportProtocols.TryParseAnyCase(text.AsSpan(slash + 1), out var transport)
            ? (text[..slash], transport)
            : (text, null);
    }

    // _name._tcp, the form of RFC 2782; DNS compares without case.
    static bool TryParseLabel(string text, [NotNullWhen(true)] out LookupQuestion? question)
    {
        question = null;
        if (text[0] != '_' || text.IndexOf("._", StringComparison.Ordinal) is var dot && dot < 2)
            return false;
        var rest = text.AsSpan(dot + 2).TrimEnd('.');
        if (!TransportProtocols.TryParseAnyCase(rest, out var transport))
            return false;
        question = new(text, null, text[1..dot], transport);
        return true;
    }

    // What can only be meant as a number: no service name is without a letter (RFC 6335 section 5.1).
    static bool IsNumeric(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && c is not ('-' or '+'))
                return false;
        }
        return true;
    }
}
