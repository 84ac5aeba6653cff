using MailKit.Security;

namespace Berthbook.Server.Mail;

/// <summary>The relay that takes the registry's mail, and as whom.</summary>
/// <param name="Host">The relay's name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How the connection is protected; without protection only where the relay is on this machine.</param>
/// <param name="From">The address that letters come from.</param>
public sealed record SmtpSettings(string Host, int Port, SecureSocketOptions Security, string From)
{
    /// <summary>The name to sign in with, or null where the relay asks for none.</summary>
    public string? User { get; init; }

    /// <summary>The password to sign in with, or null.</summary>
    public string? Password { get; init; }
}
