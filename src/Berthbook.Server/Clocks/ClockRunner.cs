using Berthbook.Requests;
using Berthbook.Server.Hosting;
using Berthbook.Storage;

namespace Berthbook.Server.Clocks;

/// <summary>
/// Does what falls due on requests (procedures A15, A17), each in one transaction with its letters, so that what a kill
/// interrupts is done after the next start, once.
/// </summary>
sealed partial class ClockRunner(
    RequestStore requests,
    RegistryWriter writer,
    TimeProvider clock,
    IHostApplicationLifetime life,
    ILogger<ClockRunner> log
) : BackgroundService
{
    // What could not be done, though it is due, is tried again after this time.
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    static readonly TimeSpan LongPause = TimeSpan.FromDays(1);

    readonly Bell bell = new(clock);

    public override void Dispose()
    {
        bell.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await life.HasStartedAsync(stoppingToken))
            return;
        ClockStore.Changed += bell.Ring;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await WaitAndFireAsync(stoppingToken);
        }
        finally
        {
            ClockStore.Changed -= bell.Ring;
        }
    }

    async Task WaitAndFireAsync(CancellationToken stopping)
    {
        try
        {
            var next = await writer.RunAsync(ClockStore.Next);
            if (next is not null && next.Due <= clock.GetUtcNow())
                await FireAsync(next);
            else
                await bell.WaitAsync(next?.Due, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Broke(e);
            await Task.Delay(Pause, clock, stopping);
        }
    }

    async Task FireAsync(DueClock due)
    {
        var outcome = await requests.ChangeAsync(
            due.Request,
            Berthbook.Requests.Clocks.Fire,
            null,
            new(Actor.Registry) { Name = NameOf(due.What) }
        );
        if (outcome.Refusal is null && !outcome.IsUnknown)
        {
            Fired(due.What, due.Request);
            return;
        }
        Refused(due.What, due.Request, outcome.Refusal?.Words ?? "there is no such request");
        await writer.RunAsync(connection =>
        {
            ClockStore.Postpone(connection, due, clock.GetUtcNow() + LongPause);
            return 0;
        });
    }

    // As the audit calls what is done.
    static string NameOf(string what) =>
        Clock.KindOf(what) switch
        {
            ClockKind.Silence => "request.silence",
            ClockKind.Expire => "request.expire",
            _ => "request.remind",
        };

    [LoggerMessage(1, LogLevel.Information, "{What} is done for request {Request}")]
    partial void Fired(string what, int request);

    [LoggerMessage(2, LogLevel.Warning, "{What} is due for request {Request} but cannot be done: {Words}")]
    partial void Refused(string what, int request, string words);

    [LoggerMessage(3, LogLevel.Error, "What falls due cannot be done; it is tried again")]
    partial void Broke(Exception e);
}
