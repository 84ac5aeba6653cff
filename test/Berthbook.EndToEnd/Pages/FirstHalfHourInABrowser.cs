using System.Text.RegularExpressions;
using Berthbook.Formats;
using Berthbook.Server.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Berthbook.Pages;

/// <summary>
/// The first half hour of an operator, in a browser: from an empty registry of one's own to a name assigned at once and a
/// User Port through its experts, both published.
/// </summary>
public sealed partial class FirstHalfHourInABrowser(Chromium chromium) : IAsyncLifetime
{
    const string Password = "harbour lights at dusk";
    const string Published = "/assignments/service-names-port-numbers/service-names-port-numbers";

    RunningServer server = null!;
    IPage admin = null!;

    public async ValueTask InitializeAsync()
    {
        using var file = new MemoryStream();
        XmlFormat.Write(EmptyRegistry.Create("Harbour registry", new(2026, 8, 31)), file);
        server = await RunningServer.StartAsync([file.ToArray()]);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Ends_with_the_first_own_assignments_published()
    {
        admin = await OpenAsync();
        await BecomeAdministratorAsync();
        var registrar = await PersonAsync("ivy", "", "registrar");
        var sctp = await PersonAsync("gus", "", "expert:sctp");
        var colleague = await PersonAsync("finn", "Dee Instruments", "expert:tcp-udp");
        var expert = await PersonAsync("eve", "", "expert:tcp-udp");
        var dee = await PersonAsync("dee", "Dee Instruments");

        // Another name, so that there is a place to come to before it and after it.
        await AskAsync(dee, "a-buoy", null);
        await AskAsync(dee, "z-buoy", null);
        await AskAsync(dee, "harbour-gauge", null);
        await Expect(dee, "#now").ToContainTextAsync("Assigned");
        await PublishedEverywhereAsync("harbour-gauge");
        var names = (await TextAsync(Published + ".csv"))
            .Split('\n')
            .Select(row => row.Split(',')[0])
            .Where(name => name.EndsWith("-buoy", StringComparison.Ordinal) || name == "harbour-gauge");
        Assert.Equal(["a-buoy", "harbour-gauge", "z-buoy"], names);

        var address = await AskAsync(dee, "harbour-feed", "45060");
        await Expect(dee, "#now").ToContainTextAsync("In review");
        Assert.Equal(403, await RecommendAnywayAsync(sctp, address));
        Assert.Equal(403, await RecommendAnywayAsync(colleague, address));
        await colleague.GotoAsync("/review");
        await Expect(colleague, ".warning").ToContainTextAsync("Dee Instruments");

        await expert.GotoAsync("/review");
        await expert.GetByRole(AriaRole.Link, new() { Name = "harbour-feed" }).ClickAsync();
        await expert.Locator("#now a", new() { HasText = "Recommend" }).ClickAsync();
        await expert.Locator("#recommend-form input[name=for][value=true]").CheckAsync();
        await expert.Locator("#recommend-reason").FillAsync("A stable service of its own.");
        await expert.Locator("#recommend-form summary", new() { HasText = "Requests" }).ClickAsync();
        await expert.Locator("#recommend-form input[value=A3]").CheckAsync();
        await PressAsync(expert, "#recommend-form", "Recommend");
        await Expect(expert, "#steps").ToContainTextAsync("Recommended for it");

        await registrar.GotoAsync("/desk");
        await registrar.GetByRole(AriaRole.Link, new() { Name = "harbour-feed" }).ClickAsync();
        await registrar.Locator("#now a", new() { HasText = "Approve" }).ClickAsync();
        await registrar.Locator("#approve-reason").FillAsync("As the expert says.");
        await PressAsync(registrar, "#approve-form", "Approve");
        await Expect(registrar, "#now").ToContainTextAsync("Approved");
        await registrar.Locator("#now a", new() { HasText = "Carry it out" }).ClickAsync();
        await PressAsync(registrar, "#assign-form", "Show the effect");
        await Expect(registrar, ".preview").ToContainTextAsync("45060");
        await PressAsync(registrar, "#assign-form", "Carry it out");
        await Expect(registrar, "#now").ToContainTextAsync("Assigned");
        await PublishedEverywhereAsync("harbour-feed");
        Assert.Contains(
            "harbour-feed,45060,tcp",
            await TextAsync(Published + ".csv"),
            StringComparison.Ordinal
        );

        // Everybody reads how it was decided, and with which rules.
        var anybody = await OpenAsync();
        await anybody.GotoAsync("/requests?rule=A3");
        await Expect(anybody, "main tbody").ToContainTextAsync("harbour-feed");
        await anybody.GotoAsync(address);
        await Expect(anybody, "#steps").ToContainTextAsync("A stable service of its own.");
        Assert.DoesNotContain("dee@example.net", await anybody.ContentAsync(), StringComparison.Ordinal);
    }

    async Task BecomeAdministratorAsync()
    {
        var code = server.Services.GetRequiredService<AdminLinks>().Make(isRecovery: false);
        await admin.GotoAsync($"/account/first?code={code}");
        await admin.Locator("#email").FillAsync("ada@example.net");
        await admin.Locator("#name").FillAsync("Ada Keeper");
        await admin.Locator("#password").FillAsync(Password);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Become the administrator" }).ClickAsync();
        await FactorAsync(admin);
    }

    // Makes an account, reads the letter as the administrator does, and takes the office that is given.
    async Task<IPage> PersonAsync(string name, string organization, string? office = null)
    {
        var page = await OpenAsync();
        await page.GotoAsync("/account/new");
        await page.Locator("#email").FillAsync($"{name}@example.net");
        await page.Locator("#name").FillAsync($"Person {name}");
        await page.Locator("#organization").FillAsync(organization);
        await page.Locator("#password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await admin.GotoAsync("/admin/outbox");
        var letters = await admin.Locator("main").InnerTextAsync();
        var letter = letters[letters.IndexOf($"{name}@example.net", StringComparison.Ordinal)..];
        var code = CodeInLetter.Match(letter).Groups[1].Value;
        await page.GotoAsync($"/account/confirm?email={name}@example.net&code={code}");
        await page.Locator("#password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await SignInAsync(page, name, null);
        if (office is null)
            return page;
        var key = await FactorAsync(page);
        await admin.GotoAsync("/admin");
        await admin.GetByRole(AriaRole.Link, new() { Name = $"Person {name}" }).ClickAsync();
        await admin.Locator($"input[value='{office}']").CheckAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Give these offices" }).ClickAsync();
        await SignInAsync(page, name, key);
        return page;
    }

    async Task SignInAsync(IPage page, string name, string? key)
    {
        await page.GotoAsync("/account/sign-in");
        await page.Locator("#email").FillAsync($"{name}@example.net");
        await page.Locator("#password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        if (key is null)
            return;
        await page.Locator("#secondFactor").FillAsync(CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    async Task<string> FactorAsync(IPage page)
    {
        await page.GotoAsync("/account/factor");
        var key = (await page.Locator("#key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("#code").FillAsync(CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it in force" }).ClickAsync();
        await Assertions.Expect(page.Locator(".codes")).ToBeVisibleAsync();
        return key;
    }

    // What an authenticator shows half a minute later than before.
    string CodeOf(string key)
    {
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        return Totp.CodeOf(key, Totp.StepOf(server.Clock.GetUtcNow()));
    }

    static async Task<string> AskAsync(IPage page, string name, string? port)
    {
        await page.GotoAsync("/request?kind=assign");
        await page.Locator("#f-name").FillAsync(name);
        await page.GetByLabel("TCP", new() { Exact = true }).CheckAsync();
        if (port is not null)
        {
            await page.Locator("#f-port").FillAsync(port);
            await page.Locator("#f-whyNotDynamic").FillAsync("Gauges behind filters listen at one number.");
        }
        await page.Locator("#f-assignee-name").FillAsync("Dee Instruments");
        await page.Locator("#f-assignee-email").FillAsync("dee@example.net");
        await page.Locator("#f-contact-name").FillAsync("Dee Example");
        await page.Locator("#f-contact-email").FillAsync("dee@example.net");
        await page.Locator("#f-description").FillAsync("Readings of harbour gauges");
        await page.Locator("#f-reference").FillAsync("Readings in JSON over a stream, one a line.");
        foreach (var field in (string[])["proprietary", "broadcast", "multicast", "anycast"])
            await page.Locator($"input[name={field}][value=false]").CheckAsync();
        await PressAsync(page, "#request", "Submit");
        await Assertions.Expect(page.Locator("#now")).ToBeVisibleAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    // No form is offered to who may not review, so what a form would send is sent.
    async Task<int> RecommendAnywayAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        Assert.Equal(0, await page.Locator("#recommend-form").CountAsync());
        await page.GotoAsync("/request?kind=assign");
        var token = await page.Locator("#request input[name=form]").InputValueAsync();
        var form = page.APIRequest.CreateFormData();
        foreach (
            var (name, value) in new[]
            {
                ("form", token),
                ("version", "1"),
                ("call", "0123456789abcdef"),
                ("for", "true"),
                ("reason", "Anyway."),
                ("criteria", "A3"),
            }
        )
            form.Set(name, value);
        var answer = await page.APIRequest.PostAsync(
            $"{address}?act=recommend",
            new()
            {
                Form = form,
                Headers = [new("Origin", server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority))],
            }
        );
        Assert.Contains("A11", await answer.TextAsync(), StringComparison.Ordinal);
        return answer.Status;
    }

    async Task PublishedEverywhereAsync(string name)
    {
        foreach (var place in (string[])[".csv", ".xml", ".txt", $".xhtml?search={name}"])
            Assert.Contains(name, await TextAsync(Published + place), StringComparison.Ordinal);
        Assert.Contains(name, await TextAsync($"/api/v1/services/{name}"), StringComparison.Ordinal);
    }

    Task<string> TextAsync(string address) =>
        server.Client.GetStringAsync(
            new Uri(address, UriKind.Relative),
            TestContext.Current.CancellationToken
        );

    static Task PressAsync(IPage page, string form, string button) =>
        page.Locator(form).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    static ILocatorAssertions Expect(IPage page, string selector) =>
        Assertions.Expect(page.Locator(selector));

    async Task<IPage> OpenAsync()
    {
        var context = await chromium.OpenAsync(
            new()
            {
                BaseURL = server.Client.BaseAddress!.ToString(),
                ViewportSize = new() { Width = 1280, Height = 800 },
            }
        );
        return await context.NewPageAsync();
    }

    [GeneratedRegex(@"(?:[?&]code=|the code\s+)([^&\s]+)")]
    static partial Regex CodeInLetter { get; }
}
