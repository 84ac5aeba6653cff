using Microsoft.Playwright;

namespace Berthbook.Pages;

/// <summary>The form of requests as people use it: with script and without, by mouse and by keyboard, on any screen.</summary>
public class RequestInABrowser(FullSizeServer full, Chromium chromium)
{
    const int Phone = 360;
    const int Desk = 1280;

    // Somebody asks for a User Port on TCP.
    static readonly (string Name, string Text)[] Whole =
    [
        ("name", "quayside"),
        ("port", "8446"),
        ("assignee.name", "Harbour Works"),
        ("assignee.email", "office@harbour.example"),
        ("contact.name", "Ada Quay"),
        ("contact.email", "ada@harbour.example"),
        ("description", "Berth planning between harbours"),
        (
            "reference",
            "A client asks for a berth over TLS and gets an offer. Messages are JSON; the draft has them all."
        ),
        ("whyNotDynamic", "Harbours open one number in their packet filters years ahead and without DNS."),
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Says_while_it_is_typed_what_the_button_would_say(ColorScheme scheme)
    {
        await using var context = await OpenAsync(new() { ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var complaints = ComplaintsOf(page);
        await page.GotoAsync("/request?kind=assign");

        await page.GetByLabel("Service name", new() { Exact = true }).PressSequentiallyAsync("https");
        await Expect(page, "#n-name").ToContainTextAsync("https");
        await Expect(page, "#n-name").ToContainTextAsync("N3");
        await Expect(page, "#f-name").ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page, "#said").ToHaveTextAsync("Refused as it is");
        await Expect(page, "#f-name").ToBeFocusedAsync();
        await ShootAsync(page, "taken", scheme);

        await FillAsync(page);
        await Expect(page, "#said").ToHaveTextAsync("Complete");
        await Expect(page, "#decides").ToContainTextAsync("Expert Review");
        await Expect(page, "#effect").ToContainTextAsync("quayside");
        await Expect(page, "#effect .diff").Not.ToHaveCountAsync(0);
        await Expect(page, "#next li").Not.ToHaveCountAsync(0);
        await ShootAsync(page, "complete", scheme);
        Assert.Empty(await Looks.ViolationsAsync(page));

        var typed = await SaidAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync("/request#answer");
        Assert.Equal(typed, await SaidAsync(page));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Asks_only_what_the_chosen_path_needs()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/request?kind=assign");
        await Expect(page, "#f-serviceCodes").ToBeHiddenAsync();
        await Expect(page, "#f-whyNotDynamic").ToBeHiddenAsync();

        await page.GetByLabel("DCCP", new() { Exact = true }).CheckAsync();
        await Expect(page, "#f-serviceCodes").ToBeVisibleAsync();
        await page.GetByLabel("DCCP", new() { Exact = true }).UncheckAsync();
        await Expect(page, "#f-serviceCodes").ToBeHiddenAsync();

        await page.GetByLabel("TCP", new() { Exact = true }).CheckAsync();
        await page.FillAsync("#f-port", "8446");
        await Expect(page, "#f-whyNotDynamic").ToBeVisibleAsync();
        await Expect(page, "#f-whyNotUser").ToBeHiddenAsync();

        await page.FillAsync("#f-port", "700");
        await Expect(page, "#f-whyNotUser").ToBeVisibleAsync();
        await Expect(page, "#f-specification").ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_free_number_is_picked_where_the_wish_is_taken()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/request?kind=assign&transport=tcp&port=8080");
        var button = page.Locator("#free button").First;
        var number = await button.InnerTextAsync();

        await button.ClickAsync();

        await Expect(page, "#f-port").ToHaveValueAsync(number);
        await Expect(page, "#f-port").ToBeFocusedAsync();
        await Expect(page, "#free").ToContainTextAsync($"{number} is free on TCP");
    }

    [Fact]
    public async Task Is_filled_in_by_keyboard_alone()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/request?kind=assign");

        await page.Locator("#f-name").FocusAsync();
        await page.Keyboard.TypeAsync("quayside");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("f-transports", await FocusAsync(page));
        await page.Keyboard.PressAsync("Space");
        for (var i = 0; i < 4; i++)
            await page.Keyboard.PressAsync("Tab");
        Assert.Equal("f-port", await FocusAsync(page));
        await page.Keyboard.TypeAsync("8080");
        await Expect(page, "#free").ToContainTextAsync("near 8080");
        await page.Keyboard.PressAsync("Tab");
        Assert.StartsWith("take-", await FocusAsync(page), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("f-port", await FocusAsync(page));
        await Expect(page, "#f-port").Not.ToHaveValueAsync("8080");

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync("/request#answer");
        await Expect(page, "#f-name").ToHaveValueAsync("quayside");
    }

    [Fact]
    public async Task Needs_no_script()
    {
        await using var context = await OpenAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/request");
        await page.GetByRole(AriaRole.Link, new() { Name = "Assign a service name" }).ClickAsync();
        // Every member stands there, since nothing could bring it into sight.
        await Expect(page, "#f-serviceCodes").ToBeVisibleAsync();

        await FillAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await Expect(page, "#said").ToHaveTextAsync("Complete");
        await page.Locator("#free button").First.ClickAsync();
        await Expect(page, "#f-port").Not.ToHaveValueAsync("8080");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"' onmouseover=\"alert(1)\" x='")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</textarea><script>alert(1)</script>")]
    public async Task Hostile_text_stays_text_while_it_is_typed(string text)
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        var complaints = ComplaintsOf(page);
        page.Dialog += (_, dialog) => complaints.Add($"dialog: {dialog.Message}");
        await page.GotoAsync("/request?kind=assign");

        foreach (
            var field in (string[])
                ["#f-name", "#f-port", "#f-description", "#f-reference", "#f-assignee-name"]
        )
            await page.FillAsync(field, text);
        await Expect(page, "#said").ToHaveTextAsync("Cannot be read");
        await page.FillAsync("#f-port", "");
        await Expect(page, "#said").Not.ToHaveTextAsync("Cannot be read");

        Assert.Equal(0, await page.Locator("main script, main img, [onmouseover], [onerror]").CountAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Prints_what_was_asked_and_said()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/request?kind=assign&name=https&port=443&transport=tcp");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page, "#f-name").ToBeVisibleAsync();
        await Expect(page, "#findings").ToBeVisibleAsync();
        Assert.False(await page.Locator("#request button").Last.IsVisibleAsync());
        await ShootAsync(page, "print", ColorScheme.Light);
    }

    [Fact]
    public async Task Says_how_long_a_key_waits_for_its_answer()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/request?kind=assign&transport=tcp");

        var waits = await page.EvaluateAsync<double[]>(
            """
            async () => {
              const port = document.getElementById('f-port');
              const waits = [];
              for (let number = 8000; number < 8012; number++) {
                const start = performance.now();
                const answered = new Promise(done => {
                  const watch = new MutationObserver(() => { watch.disconnect(); done(); });
                  watch.observe(document.querySelector('.request'), { childList: true, subtree: true });
                });
                port.value = number;
                port.dispatchEvent(new Event('input', { bubbles: true }));
                await answered;
                waits.push(performance.now() - start);
              }
              return waits;
            }
            """
        );

        await Expect(page, "#free").ToContainTextAsync("8011");
        var sorted = waits.Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"from key to answer: {sorted[sorted.Count / 2]:0} ms in the middle, {sorted[^1]:0} ms at most"
        );
    }

    static async Task FillAsync(IPage page)
    {
        foreach (var (name, text) in Whole)
        {
            if (name == "port")
                await page.GetByLabel("TCP", new() { Exact = true }).CheckAsync();
            var field = page.Locator($"[name='{name}']");
            await field.FillAsync(text);
        }
        foreach (var name in (string[])["proprietary", "broadcast", "multicast", "anycast"])
            await page.Locator($"[name='{name}'][value=false]").CheckAsync();
    }

    Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options) =>
        chromium.OpenAsync(
            new(options)
            {
                BaseURL = full.Server.Client.BaseAddress!.ToString(),
                ViewportSize = new() { Width = Desk, Height = 800 },
            }
        );

    static ILocatorAssertions Expect(IPage page, string place) => Assertions.Expect(page.Locator(place));

    static List<string> ComplaintsOf(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }

    // What stands in the answer, however it is laid out.
    static Task<string> SaidAsync(IPage page) =>
        page.EvaluateAsync<string>(
            "() => answer.textContent.split(' ').filter(word => word.trim()).join(' ')"
        );

    static Task<string> FocusAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.activeElement.id");

    static async Task ShootAsync(IPage page, string name, ColorScheme scheme)
    {
        foreach (var width in (int[])[Phone, Desk])
        {
            await page.SetViewportSizeAsync(width, 800);
            Assert.True(
                await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"),
                $"the form is wider than {width}"
            );
            var file = $"request-{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png";
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, file), FullPage = true });
        }
    }

    static string Folder { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots"));
}
