using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Berthbook.Pages;

/// <summary>
/// How a page looks: on a desk and on a phone, light and dark. With full counts in both themes and with screenshots, in
/// <c>./check</c> in one of them, which one alternates from page to page.
/// </summary>
static class Looks
{
    public const int Phone = 360;
    public const int Desk = 1280;

    // Lists go on in the same way below.
    const int MaxHeight = 2_400;

    /// <summary>
    /// Looks at the page that is open. It has a heading, skips no level of them, has nothing that axe finds, and is no wider
    /// than a phone.
    /// </summary>
    public static async Task TakeAsync(IPage page, string name, string heading = "h1")
    {
        Assert.Equal(1, await page.Locator(heading).CountAsync());
        Assert.Empty(await SkippedHeadingsAsync(page));
        foreach (var scheme in SchemesOf(name))
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(Desk, 800);
            await ShootAsync(page, name, Desk, scheme);
            Assert.Empty((await ViolationsAsync(page)).Select(violation => $"{name} {scheme} {violation}"));
            await page.SetViewportSizeAsync(Phone, 740);
            Assert.True(
                await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"),
                $"{name} is wider than a phone"
            );
            await ShootAsync(page, name, Phone, scheme);
        }
        await page.SetViewportSizeAsync(Desk, 800);
    }

    /// <summary>What axe has against the page as it is now.</summary>
    public static async Task<IEnumerable<string>> ViolationsAsync(IPage page) =>
        (await page.RunAxe(ViolationsAlone)).Violations.Select(violation =>
            $"{violation.Id}: {violation.Nodes[0].Html}"
        );

    // What passes need not be told.
    static AxeRunOptions ViolationsAlone { get; } = new() { ResultTypes = [ResultType.Violations] };

    static ColorScheme[] SchemesOf(string name) =>
        Counts.IsLong ? [ColorScheme.Light, ColorScheme.Dark]
        : name.Sum(letter => letter) % 2 == 0 ? [ColorScheme.Light]
        : [ColorScheme.Dark];

    static Task<string[]> SkippedHeadingsAsync(IPage page) =>
        page.EvaluateAsync<string[]>(
            """
            () => {
              const headings = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')];
              return headings.filter((h, i) => i > 0 && +h.tagName[1] > +headings[i - 1].tagName[1] + 1)
                .map(h => h.outerHTML);
            }
            """
        );

    /// <summary>Keeps how the page looks now in <c>artifacts/screenshots</c>; with full counts alone.</summary>
    public static async Task ShootAsync(IPage page, string name, int width, ColorScheme scheme)
    {
        if (!Counts.IsLong)
            return;
        var height = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(Folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"),
                FullPage = true,
                Clip = new() { Width = width, Height = Math.Min(height, MaxHeight) },
            }
        );
    }

    static string Folder { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots"));
}
