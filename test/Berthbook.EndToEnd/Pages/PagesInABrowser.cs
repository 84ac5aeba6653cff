using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Berthbook.Pages;

/// <summary>Every page as people see it: on a phone and on a desk, in both themes, by keyboard and without script.</summary>
public class PagesInABrowser(FullSizeServer full, Chromium chromium)
{
    const int Desk = 1280;
    const string Table = "/assignments/service-names-port-numbers/service-names-port-numbers.xhtml";
    const int MaxBytes = 100_000;

    // Lists go on in the same way below.
    const int MaxHeight = 2_400;

    public static TheoryData<string, int> Pages =>
        new()
        {
            { "/", 200 },
            { "/?q=remote+desktop", 200 },
            { "/?q=mail+server", 200 },
            { "/?q=ietf", 200 },
            { "/?q=htpss", 200 },
            { "/?q=nothing+like+it+anywhere", 200 },
            { "/ports", 200 },
            { "/ports?from=6000", 200 },
            { "/ports/80", 200 },
            { "/ports/1021", 200 },
            { "/ports/0/sctp", 200 },
            { "/ports/351/udp", 200 },
            { "/ports/6003/tcp", 200 },
            { "/ports/49152/udp", 200 },
            { "/ports/70000", 400 },
            { "/services", 200 },
            { "/services?letter=%23", 200 },
            { "/services/http", 200 },
            { "/services/whois%2B%2B", 200 },
            { "/services/914c%2Fg", 200 },
            { "/services/lontalk", 200 },
            { "/services/rdp", 200 },
            { "/services/exp1", 200 },
            { "/services/htps", 404 },
            { "/contacts", 200 },
            { "/contacts/IESG", 200 },
            { "/contacts/Jon_Postel", 200 },
            { "/changes", 200 },
            { "/changes/1", 200 },
            { "/changes/1?page=200", 200 },
            { "/changes/5", 200 },
            { "/changes/20", 200 },
            { "/request", 200 },
            { "/request?kind=assign", 200 },
            { "/request?kind=assign&name=https&port=443&transport=tcp", 200 },
            { "/request?kind=de-assign&name=https", 200 },
            { "/request?kind=header", 200 },
            { "/request?kind=nothing", 400 },
            { "/error/500", 500 },
            { Table, 200 },
            { Table + "?search=8&page=41&skey=-1", 200 },
            { Table + "?search=nothing+like+it", 200 },
            { Table + "?page=9999", 404 },
        };

    [Theory, MemberData(nameof(Pages))]
    public async Task Looks_right_everywhere(string address, int status)
    {
        var server = full.Server;
        await using var context = await OpenAsync(server, new());
        var page = await context.NewPageAsync();
        var complaints = ComplaintsOf(page);
        var weight = WeightOf(page);

        var answer = await page.GotoAsync(address);

        Assert.Equal(status, answer!.Status);
        // IANA's page has a second one above its contacts.
        var titles = address.StartsWith(Table, StringComparison.Ordinal)
            ? "article > h1:first-child, .title h1"
            : "h1";
        await Looks.TakeAsync(page, NameOf(address), titles);

        Assert.Equal(status == 200 ? [] : [$"error: the answer is {status}"], complaints);
        Assert.InRange(await weight(), 1, MaxBytes);
    }

    [Theory]
    [InlineData(ForcedColors.None, ColorScheme.Light)]
    [InlineData(ForcedColors.None, ColorScheme.Dark)]
    [InlineData(ForcedColors.Active, ColorScheme.Light)]
    public async Task Has_more_contrast_where_it_is_wished(ForcedColors forced, ColorScheme scheme)
    {
        await using var context = await OpenAsync(
            full.Server,
            new()
            {
                ColorScheme = scheme,
                Contrast = Contrast.More,
                ForcedColors = forced,
            }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/ports/6003");

        await ShootAsync(page, $"/ports/6003 contrast {forced}", Desk, scheme);
        Assert.Equal([], (await page.RunAxe()).Violations.Select(violation => violation.Id));
        var edge = await page.Locator(".state")
            .First.EvaluateAsync<string>("e => getComputedStyle(e).borderTopStyle");
        Assert.Equal("solid", edge);
    }

    [Fact]
    public async Task Prints_without_what_paper_cannot_do()
    {
        await using var context = await OpenAsync(full.Server, new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/services/https");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await ShootAsync(page, "/services/https print", Desk, ColorScheme.Light);
        Assert.False(await page.Locator(".site nav").IsVisibleAsync());
        Assert.False(await page.Locator(".find").IsVisibleAsync());
        Assert.True(await page.Locator("h1").IsVisibleAsync());
    }

    [Fact]
    public async Task Needs_no_script()
    {
        await using var context = await OpenAsync(full.Server, new() { JavaScriptEnabled = false });
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
        await using var context = await OpenAsync(full.Server, new());
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
        await using var context = await OpenAsync(full.Server, new());
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

    Task<IBrowserContext> OpenAsync(RunningServer server, BrowserNewContextOptions options) =>
        chromium.OpenAsync(
            new(options)
            {
                BaseURL = server.Client.BaseAddress!.ToString(),
                ViewportSize = new() { Width = Desk, Height = 800 },
            }
        );

    // What the browser has to say against the page: its own script errors, and what the policy forbids.
    static List<string> ComplaintsOf(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(Said(message));
        };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }

    // A page that answers 404 is called a resource that failed to load.
    static string Said(IConsoleMessage message) =>
        message.Text.Split("status of ") is [_, var status]
        && status[..3] is var code
        && message.Text.StartsWith("Failed", StringComparison.Ordinal)
            ? $"error: the answer is {code}"
            : $"{message.Type}: {message.Text}";

    static Func<Task<int>> WeightOf(IPage page)
    {
        var answers = new List<IResponse>();
        page.Response += (_, answer) => answers.Add(answer);
        return async () =>
        {
            var bytes = 0;
            foreach (var answer in answers)
                bytes += (await answer.BodyAsync()).Length;
            return bytes;
        };
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

    static string NameOf(string address) =>
        address == "/"
            ? "home"
            : string.Concat(address.Skip(1).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    static async Task ShootAsync(IPage page, string address, int width, ColorScheme scheme)
    {
        var height = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        var file = $"{NameOf(address)}-{width}-{scheme.ToString().ToLowerInvariant()}.png";
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(Folder, file),
                FullPage = true,
                Clip = new() { Width = width, Height = Math.Min(height, MaxHeight) },
            }
        );
    }

    static string Folder { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots"));
}
