using System.Runtime.InteropServices;
using Spectre.Console;

namespace Berthbook.Programs.Upstream;

/// <summary>Shows on a terminal how far something has come that takes long; elsewhere nothing.</summary>
static class FetchProgress
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether there is somebody to show it to.</summary>
    public static bool IsShown => !Console.IsErrorRedirected;

    /// <summary>Does some work, with a bar on the standard error while it takes longer than it should.</summary>
    /// <param name="what">What is done, in words.</param>
    /// <param name="after">How long it may take without a bar.</param>
    /// <param name="work">The work; it tells how many bytes are done of how many, where that is known.</param>
    public static async Task<T> ShowAsync<T>(
        string what,
        TimeSpan after,
        Func<Action<long, long?>, Task<T>> work
    )
    {
        var (done, all) = (0L, -1L);
        var running = work((now, length) => (done, all) = (now, length ?? -1));
        if (await Task.WhenAny(running, Task.Delay(after, TimeProvider.System)) != running)
        {
            // The bar hides the cursor, which must not stay so where a signal ends the program.
            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, ShowCursor);
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, ShowCursor);
            await AnsiConsole
                .Create(new() { Out = new AnsiConsoleOutput(Console.Error) })
                .Progress()
                .AutoClear(true)
                .Columns(
                    new TaskDescriptionColumn(),
                    new ProgressBarColumn(),
                    new DownloadedColumn(),
                    new SpinnerColumn()
                )
                .StartAsync(async display =>
                {
                    var bar = display.AddTask(Markup.Escape(what));
                    while (!running.IsCompleted)
                    {
                        bar.IsIndeterminate = all < 0;
                        bar.MaxValue = all < 0 ? Math.Max(done, 1) : all;
                        bar.Value = done;
                        await Task.WhenAny(running, Task.Delay(Tick, TimeProvider.System));
                    }
                });
        }
        return await running;
    }

    static void ShowCursor(PosixSignalContext signal) => Console.Error.Write("\e[?25h");
}
