namespace Berthbook.Server.Hosting;

static class Life
{
    /// <summary>Waits until the server takes requests, so that background work does not hold up its start.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime life, CancellationToken cancellation)
    {
        var started = new TaskCompletionSource();
        await using var listening = life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellation);
    }
}
