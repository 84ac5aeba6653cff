using System.Buffers;

namespace Berthbook.Rules;

/// <summary>
/// The syntax of e-mail addresses, as far as a request is held to it: <c>user@host</c>. Whether one works is shown by the
/// link that is sent to it (procedures A1).
/// </summary>
static class MailAddress
{
    const int LongestLocal = 64; // octets, RFC 5321 section 4.5.3.1.1
    const int LongestHost = 255; // octets, RFC 5321 section 4.5.3.1.2

    static readonly SearchValues<char> Special = SearchValues.Create(" \"<>()[],;:\\@");

    public static bool IsWellFormed(string text)
    {
        var at = text.LastIndexOf('@');
        if (at is < 1 or > LongestLocal)
            return false;
        var host = text.AsSpan(at + 1);
        return host.Length is > 0 and <= LongestHost
            && !text.AsSpan(0, at).ContainsAny(Special)
            && text[0] != '.'
            && text[at - 1] != '.'
            && !text.Any(char.IsControl)
            && IsHost(host);
    }

    // Labels of letters, digits and hyphens, none empty; other scripts' letters are letters.
    static bool IsHost(ReadOnlySpan<char> host)
    {
        foreach (var range in host.Split('.'))
        {
            var label = host[range];
            if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var c in label)
            {
                if (!char.IsLetterOrDigit(c) && c != '-')
                    return false;
            }
        }
        return true;
    }
}
