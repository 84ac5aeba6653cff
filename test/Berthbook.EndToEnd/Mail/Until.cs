using System.Diagnostics;

namespace Berthbook.Mail;

/// <summary>Waits for what runs beside a test, on the machine's clock.</summary>
static class Until
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static async Task UntilAsync(this RunningServer server, Func<Task<bool>> isReached)
    {
        ArgumentNullException.ThrowIfNull(server);
        var start = Stopwatch.GetTimestamp();
        while (!await isReached())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Longest, "it did not come to that in time");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static Task UntilAsync(this RunningServer server, Func<bool> isReached) =>
        server.UntilAsync(() => Task.FromResult(isReached()));
}
