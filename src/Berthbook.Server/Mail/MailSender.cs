using Berthbook.Server.Hosting;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Mail;

/// <summary>
/// Sends what the outbox owes, one letter at a time, as soon as what it tells of is committed. A letter is marked after the
/// relay took it, so that none is lost; one that was taken when the server died is sent again under its Message-ID.
/// </summary>
sealed partial class MailSender(
    SmtpRelay relay,
    RegistryWriter writer,
    MailState state,
    TimeProvider clock,
    IHostApplicationLifetime life,
    ILogger<MailSender> log
) : BackgroundService
{
    // How long a relay that takes nothing is left alone.
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    readonly Bell bell = new(clock);
    int failures;

    public override void Dispose()
    {
        bell.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await life.HasStartedAsync(stoppingToken))
            return;
        Outbox.Added += bell.Ring;
        try
        {
            await SendAllAsync(stoppingToken);
        }
        finally
        {
            Outbox.Added -= bell.Ring;
            await relay.LeaveAsync();
        }
    }

    async Task SendAllAsync(CancellationToken stopping)
    {
        state.GivenUp = await WriteAsync(Outbox.CountGivenUp, stopping);
        while (true)
        {
            var (letter, at) = await WriteAsync(
                connection => Outbox.Next(connection, clock.GetUtcNow()),
                stopping
            );
            if (letter is null)
            {
                await relay.LeaveAsync();
                await bell.WaitAsync(at, stopping);
                continue;
            }
            var (delivery, words) = await relay.SendAsync(letter, stopping);
            await MarkAsync(letter, delivery, words, stopping);
            if (delivery != Delivery.NoRelay)
            {
                failures = 0;
                state.Reached();
                continue;
            }
            state.Missed(clock.GetUtcNow());
            var wait = Outbox.WaitAfter(++failures);
            await Task.Delay(wait < LongestPause ? wait : LongestPause, clock, stopping);
        }
    }

    async Task MarkAsync(OutboxLetter letter, Delivery delivery, string words, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (delivery == Delivery.Taken)
        {
            Sent(letter.Number, letter.Letter.Kind);
            await WriteAsync(
                connection =>
                {
                    Outbox.MarkSent(connection, letter.Number, now);
                    return 0;
                },
                stopping
            );
            return;
        }
        DateTimeOffset? next = delivery switch
        {
            Delivery.Never => null,
            // It stays the first; the sender itself waits.
            Delivery.NoRelay => now,
            _ => now + Outbox.WaitAfter(letter.Attempts + 1),
        };
        var (isGivenUp, givenUp) = await WriteAsync(
            connection =>
                (Outbox.MarkFailed(connection, letter, words, next, now), Outbox.CountGivenUp(connection)),
            stopping
        );
        state.GivenUp = givenUp;
        if (isGivenUp)
            GivenUp(letter.Number, letter.Letter.Kind);
        else if (delivery == Delivery.NoRelay)
            NoRelay(words);
        else
            NotNow(letter.Number, letter.Letter.Kind);
    }

    // What the disk does not take now is tried again, so that a letter that was sent does not look unsent.
    async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken stopping)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await writer.RunAsync(write);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Broke(e);
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(tries, 30)), clock, stopping);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Letter {Number} ({Kind}) is sent")]
    partial void Sent(int number, string kind);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The relay does not take letter {Number} ({Kind}) now; it is tried again"
    )]
    partial void NotNow(int number, string kind);

    [LoggerMessage(
        3,
        LogLevel.Error,
        "Letter {Number} ({Kind}) is given up; /admin/outbox has it and says why"
    )]
    partial void GivenUp(int number, string kind);

    [LoggerMessage(4, LogLevel.Warning, "Mail cannot be sent: {Words}; letters wait in the outbox")]
    partial void NoRelay(string words);

    [LoggerMessage(5, LogLevel.Error, "The outbox cannot be read or marked; it is tried again")]
    partial void Broke(Exception e);
}
