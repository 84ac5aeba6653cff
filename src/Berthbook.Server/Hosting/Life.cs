namespace Berthbook.Server.Hosting;

static class Life
{
    /// <summary>
    /// Waits until the server takes requests, so that background work does not hold up its start; false where it
    /// ends before.
    /// </summary>
    public static async Task<bool> HasStartedAsync(
        this IHostApplicationLifetime life,
        CancellationToken cancellation
    )
    {
        var started = new TaskCompletionSource<bool>();
        await using var listening = life.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var ending = cancellation.Register(() => started.TrySetResult(false));
        return await started.Task;
    }
}
