namespace Berthbook.Server.Hosting;

/// <summary>Wakes background work: rung when there may be something to do, or heard at a time that is due.</summary>
sealed class Bell(TimeProvider clock) : IDisposable
{
    // A clock of the machine that is set forward is noticed within this time.
    static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    readonly SemaphoreSlim rung = new(0, 1);
    readonly Lock ringing = new();

    /// <summary>Wakes who waits, or who waits next; rung twice is rung once.</summary>
    public void Ring()
    {
        lock (ringing)
        {
            if (rung.CurrentCount == 0)
                rung.Release();
        }
    }

    /// <summary>Waits until it is rung, or a time is come where one is given.</summary>
    public async Task WaitAsync(DateTimeOffset? until, CancellationToken cancellation)
    {
        var wait = until - clock.GetUtcNow() is { } left && left < LongestSleep ? left : LongestSleep;
        if (wait <= TimeSpan.Zero)
            return;
        using var due = new CancellationTokenSource(wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, cancellation);
        try
        {
            await rung.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested) { }
    }

    public void Dispose() => rung.Dispose();
}
