using Microsoft.Playwright;

namespace Berthbook.Pages;

/// <summary>Opens pages of the registry in full, and looks at them. A class of tests for each kind of page: they run beside each other.</summary>
public abstract class PageTests(FullSizeServer full, Chromium chromium)
{
    protected const string Table = "/assignments/service-names-port-numbers/service-names-port-numbers.xhtml";

    const int MaxBytes = 100_000;

    /// <summary>The page has its status, looks right on phone and desk, is light, and the browser has no complaint.</summary>
    protected async Task LooksRightAsync(string address, int status)
    {
        await using var context = await OpenAsync(new());
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

    protected Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options) =>
        chromium.OpenAsync(
            new(options)
            {
                BaseURL = full.Server.Client.BaseAddress!.ToString(),
                ViewportSize = new() { Width = Looks.Desk, Height = 800 },
            }
        );

    protected static string NameOf(string address) =>
        address == "/"
            ? "home"
            : string.Concat(address.Skip(1).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

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
}
