using Microsoft.Playwright;

namespace Berthbook.Pages;

/// <summary>Pages as people use them: by keyboard, without script, on paper, with more contrast.</summary>
public class PagesInABrowser(FullSizeServer full, Chromium chromium) : PageTests(full, chromium)
{
    [Theory]
    [InlineData(ForcedColors.None, ColorScheme.Light)]
    [InlineData(ForcedColors.None, ColorScheme.Dark)]
    [InlineData(ForcedColors.Active, ColorScheme.Light)]
    public async Task Has_more_contrast_where_it_is_wished(ForcedColors forced, ColorScheme scheme)
    {
        await using var context = await OpenAsync(
            new()
            {
                ColorScheme = scheme,
                Contrast = Contrast.More,
                ForcedColors = forced,
            }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/ports/6003");

        await Looks.ShootAsync(page, NameOf($"/ports/6003 contrast {forced}"), Looks.Desk, scheme);
        Assert.Empty(await Looks.ViolationsAsync(page));
        var edge = await page.Locator(".state")
            .First.EvaluateAsync<string>("e => getComputedStyle(e).borderTopStyle");
        Assert.Equal("solid", edge);
    }

    [Fact]
    public async Task Prints_without_what_paper_cannot_do()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/services/https");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Looks.ShootAsync(page, NameOf("/services/https print"), Looks.Desk, ColorScheme.Light);
        Assert.False(await page.Locator(".site nav").IsVisibleAsync());
        Assert.False(await page.Locator(".find").IsVisibleAsync());
        Assert.True(await page.Locator("h1").IsVisibleAsync());
    }

    [Fact]
    public async Task Needs_no_script()
    {
        await using var context = await OpenAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("HTTPS");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look up" }).ClickAsync();
        Assert.Equal("/services/https", new Uri(page.Url).AbsolutePath);

        await page.GetByText("The registry’s own note").ClickAsync();
        Assert.True(await page.GetByText("PLEASE NOTE THE FOLLOWING").IsVisibleAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "443/TCP" }).ClickAsync();
        Assert.Equal("/ports/443/tcp", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Is_used_by_keyboard_alone()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/ports/443");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusAsync(page, "e.textContent"));
        Assert.True(
            await page.Locator(".skip").EvaluateAsync<bool>("e => e.getBoundingClientRect().top >= 0")
        );

        for (var steps = 0; await FocusAsync(page, "e.name") != "q"; steps++)
        {
            Assert.InRange(steps, 0, 10);
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("solid", await FocusAsync(page, "getComputedStyle(e).outlineStyle"));
        }
        await page.Keyboard.TypeAsync("80");
        Assert.Equal("80", await FocusAsync(page, "e.value"));
        await EnterAsync(page, "/ports/80");
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await FocusAsync(page, "e.id"));
    }

    [Fact]
    public async Task Answers_what_a_port_is_on_the_first_screen()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/ports/443");

        foreach (
            var locator in (ILocator[])
                [
                    page.GetByText("http protocol over TLS/SSL").First,
                    page.GetByText("held for the assignee of 443/tcp"),
                    page.GetByRole(AriaRole.Link, new() { Name = "RFC9110" }),
                    page.GetByRole(AriaRole.Link, new() { Name = "IESG" }),
                    page.GetByText("_https._sctp"),
                    page.GetByRole(AriaRole.Link, new() { Name = "444" }),
                    page.GetByRole(AriaRole.Link, new() { Name = "/api/v1/ports/443", Exact = true }),
                ]
        )
        {
            var box = await locator.BoundingBoxAsync();
            Assert.True(
                box is { } known && known.Y + known.Height <= 800,
                $"{locator} is below the first screen"
            );
        }
    }

    // Other tests use the same browser, and the one that comes to the front may take a key that is meant for this page:
    // then it is pressed again, as a person would.
    static async Task EnterAsync(IPage page, string address)
    {
        for (var tries = 1; ; tries++)
        {
            await page.Keyboard.PressAsync("Enter");
            try
            {
                await Assertions.Expect(page).ToHaveURLAsync(address, new() { Timeout = 10_000 });
                return;
            }
            catch (PlaywrightException) when (tries < 3) { }
        }
    }

    static Task<string> FocusAsync(IPage page, string what) =>
        page.EvaluateAsync<string>($"() => {{ const e = document.activeElement; return {what}; }}");
}
