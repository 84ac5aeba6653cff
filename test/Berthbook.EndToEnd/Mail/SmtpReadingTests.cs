using Berthbook.Server.Mail;
using MailKit.Security;

namespace Berthbook.Mail;

public sealed class SmtpReadingTests
{
    const string From = "registry@example.net";

    [Theory]
    [InlineData("smtp://relay.example.net", "relay.example.net", 587, SecureSocketOptions.StartTls)]
    [InlineData(
        "smtp://relay.example.net:25?starttls=required",
        "relay.example.net",
        25,
        SecureSocketOptions.StartTls
    )]
    [InlineData("smtps://relay.example.net", "relay.example.net", 465, SecureSocketOptions.SslOnConnect)]
    [InlineData("smtp://localhost:25", "localhost", 25, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData(
        "smtp://127.0.0.1:25?starttls=optional",
        "127.0.0.1",
        25,
        SecureSocketOptions.StartTlsWhenAvailable
    )]
    [InlineData("smtp://[::1]:25", "::1", 25, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("smtp://localhost?starttls=required", "localhost", 587, SecureSocketOptions.StartTls)]
    public void Mail_goes_protected_unless_the_relay_is_on_this_machine(
        string address,
        string host,
        int port,
        SecureSocketOptions security
    )
    {
        var (settings, faults) = Read(("Smtp", address), ("MailFrom", From));
        Assert.Empty(faults);
        Assert.Equal(new(host, port, security, From), settings);
    }

    [Theory]
    [InlineData("relay.example.net:25")]
    [InlineData("http://relay.example.net")]
    [InlineData("smtp://relay.example.net?starttls=optional")]
    [InlineData("smtp://relay.example.net?starttls=none")]
    [InlineData("smtps://relay.example.net?starttls=required")]
    [InlineData("smtp://user:password@relay.example.net")]
    [InlineData("smtp://relay.example.net/path")]
    public void An_address_that_is_none_or_unprotected_is_refused(string address)
    {
        var (settings, faults) = Read(("Smtp", address), ("MailFrom", From));
        Assert.Null(settings);
        Assert.StartsWith("Smtp: ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sender_is_needed_and_a_password_takes_a_name()
    {
        const string Relay = "smtps://relay.example.net";
        Assert.StartsWith("MailFrom", Assert.Single(Read(("Smtp", Relay)).Faults), StringComparison.Ordinal);
        Assert.StartsWith(
            "MailFrom",
            Assert.Single(Read(("Smtp", Relay), ("MailFrom", "Registry <r@example.net>")).Faults),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "SmtpUser",
            Assert.Single(Read(("Smtp", Relay), ("MailFrom", From), ("SmtpUser", "u")).Faults),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "MailFrom",
            Assert.Single(Read(("MailFrom", From)).Faults),
            StringComparison.Ordinal
        );
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "secret\n");
            var (settings, faults) = Read(
                ("Smtp", Relay),
                ("MailFrom", From),
                ("SmtpUser", "u"),
                ("SmtpPasswordFile", file)
            );
            Assert.Empty(faults);
            Assert.Equal(("u", "secret"), (settings!.User, settings.Password));
        }
        finally
        {
            File.Delete(file);
        }
        Assert.Contains(
            Read(("Smtp", Relay), ("MailFrom", From), ("SmtpUser", "u"), ("SmtpPasswordFile", file)).Faults,
            fault => fault.StartsWith("SmtpPasswordFile", StringComparison.Ordinal)
        );
    }

    static (SmtpSettings? Settings, List<string> Faults) Read(params (string Name, string Value)[] given)
    {
        var faults = new List<string>();
        var known = given.ToDictionary(pair => pair.Name, pair => pair.Value);
        return (
            new SmtpReading(known.GetValueOrDefault, (name, words) => faults.Add($"{name}: {words}")).Read(),
            faults
        );
    }
}
