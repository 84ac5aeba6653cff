using Berthbook;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Berthbook;

/// <summary>One browser for all tests, started when the first of them wants it. Debian's chromium.</summary>
public sealed class Chromium : IAsyncDisposable
{
    const string Program = "/usr/bin/chromium";

    readonly SemaphoreSlim starting = new(1);
    IPlaywright? playwright;
    IBrowser? browser;

    /// <summary>A browser context of a test's own. Skips the test where there is no browser.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        Assert.SkipUnless(
            File.Exists(Program),
            $"no browser: install chromium, which is looked for at {Program}"
        );
        await starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            playwright ??= await Playwright.CreateAsync();
            browser ??= await playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = Program,
                    Args =
                    [
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                    ],
                }
            );
        }
        finally
        {
            starting.Release();
        }
        return await browser.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }
}
