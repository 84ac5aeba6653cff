using System.Diagnostics;
using Berthbook.Mail;
using Berthbook.Storage;

namespace Berthbook.Faults;

/// <summary>
/// The server killed while it sends (reliability P1): no letter is lost; one that the relay had when the server died may come
/// again, under its Message-ID alone. The control marks a letter before the relay has it.
/// </summary>
public sealed class MailKillJourney : IDisposable
{
    const int Letters = 40;

    readonly string folder = Directory.CreateTempSubdirectory("berthbook-mail-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public async Task No_letter_is_lost_to_a_kill_while_it_is_sent()
    {
        var promise = new Promise(
            "mail-kill",
            "the server killed while it sends: every letter is received, a second time only under the same Message-ID",
            20261124
        );
        var random = new Random(promise.Seed);
        var doubled = 0;
        var least = Counts.Of(1, 20);
        // More where no kill fell between the relay's having a letter and the mark.
        for (var runs = 0; runs < least || (doubled == 0 && runs < least + 5); runs++)
        {
            var data = Path.Combine(folder, $"data-{runs}");
            OwnFolder.Make(data);
            var written = Write(data);
            await using var sink = SmtpSink.Start();
            // The relay takes its time to say that it has a letter.
            sink.BeforeAnswer = () => Task.Delay(8);
            while (Distinct(sink) < Letters)
            {
                using var server = await ServerProcess.StartAsync(
                    "berth-server",
                    ["--data", data, "--upstream", "none", "--urls", "{url}"],
                    ("BERTHBOOK_SMTP", sink.Address),
                    ("BERTHBOOK_MAILFROM", "registry@example.net"),
                    ("BERTHBOOK_LOGLEVEL", "error")
                );
                // Dies while a letter is on its way, or between the relay's having it and the mark.
                var until = sink.All.Count + random.Next(1, 12);
                await sink.WaitAsync(now => now.All.Count >= until || Distinct(now) == Letters);
                await Task.Delay(random.Next(0, 12), TestContext.Current.CancellationToken);
                await server.KillAsync();
                promise.Tried++;
            }
            var received = sink.All.GroupBy(letter => letter.Message.MessageId).ToList();
            doubled += sink.All.Count - received.Count;
            promise.Failed += written.Except(received.Select(same => same.Key)).Any() ? 1 : 0;
            // The same letter, not another one under its name.
            promise.Failed += received.Any(same =>
                same.Select(letter => letter.Message.Subject).Distinct().Count() > 1
            )
                ? 1
                : 0;
        }
        promise.Unknown = doubled;
        promise.Control = ("marked before it is sent", await ControlLossesAsync(random));
        promise.Record();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{promise.Tried} kills, {doubled} letters came twice; the control lost {promise.Control.Failed}"
        );
        Assert.Equal(0, promise.Failed);
        Assert.True(doubled > 0, "void: no kill fell between the relay's having a letter and the mark");
        Assert.True(promise.Control.Failed > 0, "void: the control lost nothing");
    }

    async Task<int> ControlLossesAsync(Random random)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            var data = Path.Combine(folder, $"control-{tries}");
            OwnFolder.Make(data);
            Write(data);
            await using var sink = SmtpSink.Start();
            using var process = Process.Start(
                new ProcessStartInfo(
                    Path.Combine(AppContext.BaseDirectory, "Berthbook.CrashControl"),
                    ["mail", data, $"{sink.Port}"]
                )
                {
                    RedirectStandardOutput = true,
                }
            )!;
            await sink.WaitAsync(random.Next(1, 20));
            await Task.Delay(random.Next(0, 5), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            // What is on its way arrives, or never does.
            await Task.Delay(50, TestContext.Current.CancellationToken);
            var lost = Letters - Waiting(data) - sink.All.Count;
            if (lost > 0)
                return lost;
        }
        return 0;
    }

    static List<string> Write(string data)
    {
        using var store = RegistryStore.Open(data, TimeProvider.System);
        return store.Writer.Run(connection =>
        {
            for (var i = 1; i <= Letters; i++)
                Outbox.Add(
                    connection,
                    new("account", $"reader-{i}@example.org", $"Letter {i}", $"Letter {i}\n", null, 0),
                    TimeProvider.System.GetUtcNow()
                );
            return Outbox.List(connection, 0, 1000).Letters.Select(letter => letter.MessageId).ToList();
        });
    }

    static int Distinct(SmtpSink sink) =>
        sink.All.Select(letter => letter.Message.MessageId).Distinct().Count();

    static int Waiting(string data)
    {
        using var connection = KeptFolder.Open(data);
        return Outbox.List(connection, 0, 1000).Letters.Count(letter => letter.State == OutboxState.Waiting);
    }
}
