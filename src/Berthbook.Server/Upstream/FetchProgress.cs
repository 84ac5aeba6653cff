using Spectre.Console;

namespace Berthbook.Server.Upstream;

/// <summary>Shows on a terminal how far the first download has come; elsewhere nothing.</summary>
static class FetchProgress
{
    /// <summary>Whether there is somebody to show it to.</summary>
    public static bool IsShown => !Console.IsOutputRedirected && !Console.IsErrorRedirected;

    /// <summary>Runs a download with a bar that ends with it.</summary>
    public static async Task<T> ShowAsync<T>(string what, Func<Action<long, long?>, Task<T>> download) =>
        await AnsiConsole
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
                bar.IsIndeterminate = true;
                return await download(
                    (received, length) =>
                    {
                        bar.IsIndeterminate = length is null;
                        bar.MaxValue = length ?? Math.Max(received, 1);
                        bar.Value = received;
                    }
                );
            });
}
