using System.Net.Sockets;
using System.Text;
using Berthbook.Storage;

namespace Berthbook.CrashControl;

/// <summary>A sender that marks a letter before the relay has taken it: a kill in between must lose the letter.</summary>
static class EarlyMail
{
    public static int Run(string folder, int port)
    {
        using var store = RegistryStore.Open(folder, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        Console.Out.WriteLine("ready");
        while (store.Writer.Run(connection => Outbox.Next(connection, now)).Letter is { } letter)
        {
            store.Writer.Run(connection =>
            {
                Outbox.MarkSent(connection, letter.Number, now);
                return 0;
            });
            Send(letter, port);
        }
        return 0;
    }

    static void Send(OutboxLetter letter, int port)
    {
        using var client = new TcpClient("127.0.0.1", port);
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        reader.ReadLine();
        foreach (
            var line in (string[])
                [
                    "MAIL FROM:<control@example.net>",
                    $"RCPT TO:<{letter.Letter.To}>",
                    "DATA",
                    $"Message-ID: <{letter.MessageId}>\r\n\r\n{letter.Letter.Subject}\r\n.",
                    "QUIT",
                ]
        )
        {
            writer.WriteLine(line);
            reader.ReadLine();
        }
    }
}
