using System.Net;
using Berthbook.Requests;
using MailKit.Security;

namespace Berthbook.Server.Mail;

/// <summary>
/// Reads the settings of mail: <c>Smtp</c> (<c>smtp://HOST:PORT</c>, <c>smtps://HOST:PORT</c>), <c>SmtpUser</c>,
/// <c>SmtpPassword</c> or <c>SmtpPasswordFile</c>, <c>MailFrom</c>.
/// </summary>
/// <param name="find">Finds a setting by its name.</param>
/// <param name="fault">Takes what is wrong with a setting: its name, the words.</param>
sealed class SmtpReading(Func<string, string?> find, Action<string, string> fault)
{
    // RFC 6409 section 3.1, RFC 8314 section 3.3.
    const int SubmissionPort = 587;
    const int ImplicitTlsPort = 465;

    const string AddressWords =
        "it takes smtp://HOST:PORT or smtps://HOST:PORT, perhaps with ?starttls=required or, on this machine, ?starttls=optional";

    /// <summary>The relay; null where none is named, or where something is wrong.</summary>
    public SmtpSettings? Read()
    {
        if (find("Smtp") is not { } address)
        {
            foreach (var name in (string[])["SmtpUser", "SmtpPassword", "SmtpPasswordFile", "MailFrom"])
            {
                if (find(name) is not null)
                    fault(name, "it is set but no relay is named; name one with BERTHBOOK_SMTP");
            }
            return null;
        }
        if (RelayOf(address) is not var (host, port, security))
            return null;
        if (find("MailFrom") is not { } from)
        {
            fault("MailFrom", "it is needed with BERTHBOOK_SMTP: the address that letters come from");
            return null;
        }
        if (!Letters.IsAddress(from))
        {
            fault(
                "MailFrom",
                $"'{from}' is not an e-mail address; it takes one such as registry@example.net"
            );
            return null;
        }
        var (user, password) = (find("SmtpUser"), Password());
        if (user is null != password is null)
        {
            fault("SmtpUser", "it is taken together with SmtpPassword or SmtpPasswordFile, or neither");
            return null;
        }
        return new(host, port, security, from) { User = user, Password = password };
    }

    (string Host, int Port, SecureSocketOptions Security)? RelayOf(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address is not { Scheme: "smtp" or "smtps", UserInfo: "", Fragment: "" }
            || address.AbsolutePath is not ("" or "/")
            || address.Host.Length == 0
            || address.Query is not ("" or "?starttls=required" or "?starttls=optional")
            || (address.Scheme == "smtps" && address.Query.Length > 0)
        )
        {
            fault("Smtp", $"'{text}' is not valid; {AddressWords}");
            return null;
        }
        var isOptional =
            address.Query.Length > 0 ? address.Query == "?starttls=optional" : IsThisMachine(address);
        if (isOptional && !IsThisMachine(address))
        {
            fault(
                "Smtp",
                $"'{text}' would send mail in the clear; starttls=optional is for a relay on this machine"
            );
            return null;
        }
        var isImplicit = address.Scheme == "smtps";
        return (
            address.IdnHost.Trim('[', ']'),
            address.Port > 0 ? address.Port
            : isImplicit ? ImplicitTlsPort
            : SubmissionPort,
            isImplicit ? SecureSocketOptions.SslOnConnect
            : isOptional ? SecureSocketOptions.StartTlsWhenAvailable
            : SecureSocketOptions.StartTls
        );
    }

    string? Password()
    {
        if (find("SmtpPasswordFile") is not { } file)
            return find("SmtpPassword");
        if (find("SmtpPassword") is not null)
            fault("SmtpPasswordFile", "SmtpPassword is set too; name one of them");
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault("SmtpPasswordFile", e.Message);
            return null;
        }
    }

    static bool IsThisMachine(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
