using System.Net.Sockets;
using Berthbook.Requests;
using Berthbook.Storage;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

namespace Berthbook.Server.Mail;

/// <summary>The relay of the settings: takes letters one after the other on one connection while there are some.</summary>
/// <param name="settings">Where it is.</param>
/// <param name="name">Who writes: the publisher or title of the registry.</param>
/// <param name="clock">Measures how long it may take.</param>
sealed class SmtpRelay(SmtpSettings settings, string name, TimeProvider clock) : IDisposable
{
    // RFC 5321 section 4.5.3.2 wants minutes; a letter waits in the outbox as well as here.
    static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(2);

    // What is in the air when the server is asked to stop gets a little time to be acknowledged.
    static readonly TimeSpan LastTime = TimeSpan.FromSeconds(5);

    readonly SmtpClient client = new() { Timeout = (int)LongestTime.TotalMilliseconds };

    /// <summary>Hands a letter over; says what came of it, and the relay's or network's words where it was not taken.</summary>
    public async Task<(Delivery Delivery, string Words)> SendAsync(
        OutboxLetter letter,
        CancellationToken stopping
    )
    {
        using var ending = new CancellationTokenSource(LongestTime, clock);
        await using var stop = stopping.Register(() => ending.CancelAfter(LastTime));
        try
        {
            var message = MessageOf(letter);
            await ConnectAsync(ending.Token);
            await client.SendAsync(message, ending.Token);
            return (Delivery.Taken, "");
        }
        catch (Exception e)
            when (e
                    is CommandException
                        or ProtocolException
                        or ServiceNotConnectedException
                        or ServiceNotAuthenticatedException
                        or AuthenticationException
                        or SslHandshakeException
                        or IOException
                        or SocketException
                        or TimeoutException
                        or OperationCanceledException
                        or NotSupportedException
                        or ParseException
            )
        {
            var delivery = DeliveryOf(e);
            if (delivery == Delivery.NoRelay)
                await LeaveAsync();
            return (delivery, Letters.OneLine(e.Message));
        }
    }

    /// <summary>Ends the connection, politely where that goes.</summary>
    public async Task LeaveAsync()
    {
        using var ending = new CancellationTokenSource(LastTime, clock);
        try
        {
            await client.DisconnectAsync(quit: true, ending.Token);
        }
        catch (Exception e)
            when (e is IOException or SocketException or OperationCanceledException or ProtocolException)
        {
            // It is gone either way.
        }
    }

    public void Dispose() => client.Dispose();

    async Task ConnectAsync(CancellationToken cancellation)
    {
        if (client.IsConnected)
            return;
        await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
        if (settings is { User: { } user, Password: { } password })
            await client.AuthenticateAsync(user, password, cancellation);
    }

    // Everything that a second sending would repeat is fixed in the outbox.
    MimeMessage MessageOf(OutboxLetter letter)
    {
        var message = new MimeMessage
        {
            MessageId = letter.MessageId,
            Date = letter.Created,
            Subject = letter.Letter.Subject,
            Body = new TextPart(TextFormat.Plain) { Text = letter.Letter.Body },
        };
        message.From.Add(new MailboxAddress(name, settings.From));
        message.To.Add(new MailboxAddress("", letter.Letter.To));
        // Nobody's absence note is to answer it (RFC 3834 section 5).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    Delivery DeliveryOf(Exception e) =>
        e switch
        {
            SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } => Delivery.NoRelay,
            SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable } => Delivery.NoRelay,
            SmtpCommandException { ErrorCode: SmtpErrorCode.UnexpectedStatusCode } => Delivery.NoRelay,
            SmtpCommandException refused => (int)refused.StatusCode >= 500 ? Delivery.Never : Delivery.NotNow,
            ParseException => Delivery.Never,
            // An address in another script, which this relay does not take.
            NotSupportedException when client.IsConnected => Delivery.Never,
            _ => Delivery.NoRelay,
        };
}
