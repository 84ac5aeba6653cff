using Berthbook.Requests;
using Microsoft.Playwright;

namespace Berthbook.Pages;

/// <summary>Pages of requests as people see them: on a phone and on a desk, in both themes, by keyboard.</summary>
public sealed class RequestsInABrowser(Chromium chromium) : IAsyncLifetime
{
    const int MaxBytes = 100_000;

    OfficesServer office = null!;
    int applicant;
    int expert;
    int registrar;

    public async ValueTask InitializeAsync()
    {
        office = await OfficesServer.StartAsync();
        applicant = await office.AddAsync("Ada Quay", email: "ada@harbour.example");
        expert = await office.AddAsync("Egon Expert", Offices.ExpertTcpUdp | Offices.ExpertSctp);
        registrar = await office.AddAsync(
            "Rita Registrar",
            Offices.Registrar | Offices.Approver,
            "rita@harbour.example"
        );
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Look_right_everywhere()
    {
        await SeedAsync();
        foreach (
            var (name, account, address, unfold) in new (string, int, string, string?)[]
            {
                ("list", 0, "/requests", null),
                ("list-narrowed", 0, "/requests?rule=A5", null),
                ("list-none", 0, "/requests?search=nothing+like+it", null),
                ("mine", applicant, "/requests?mine=true", null),
                ("public", 0, "/requests/1", null),
                ("assigned", 0, "/requests/3", null),
                ("applicant", applicant, "/requests/2", "#answer-form"),
                ("expert", expert, "/requests/1", "#recommend-form"),
                ("registrar", registrar, "/requests/4", "#assign-form"),
                ("submitted", applicant, "/requests/5", null),
                ("review", expert, "/review", null),
                ("desk", registrar, "/desk", null),
                ("form", applicant, "/request?kind=assign", null),
                ("form-by-mail", registrar, "/request?kind=assign&bymail=true", null),
                ("confirm", 0, "/requests/5/confirm?code=abc", null),
                ("unknown", 0, "/requests/999", null),
            }
        )
        {
            await using var context = await OpenAsync(new());
            var page = await context.NewPageAsync();
            var complaints = new List<string>();
            page.Console += (_, message) =>
            {
                if (message.Type is "error" or "warning" && name != "unknown")
                    complaints.Add(message.Text);
            };
            if (account > 0)
                await page.GotoAsync(OfficesServer.SessionOf(account));
            var bytes = 0;
            page.Response += async (_, answer) =>
            {
                if (answer.Ok)
                    Interlocked.Add(ref bytes, (await answer.BodyAsync()).Length);
            };
            await page.GotoAsync(address);
            if (unfold is not null)
                await page.EvaluateAsync(
                    $"() => document.querySelector('{unfold}').closest('details').open = true"
                );

            await Looks.TakeAsync(page, $"requests-{name}");
            Assert.Empty(complaints);
            Assert.InRange(bytes, 1, MaxBytes);
        }
    }

    [Fact]
    public async Task A_recommendation_is_given_by_keyboard_alone()
    {
        await SeedAsync();
        await using var context = await OpenAsync(new() { JavaScriptEnabled = true });
        var page = await context.NewPageAsync();
        await page.GotoAsync(OfficesServer.SessionOf(expert));
        await page.GotoAsync("/requests/1");
        // The link in the card unfolds the form.
        await page.Locator("#now a", new() { HasText = "Recommend" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#recommend-reason")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("recommend-reason", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.Keyboard.TypeAsync("No other number serves.");
        await page.Locator("#recommend-form .boxes summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Locator("#recommend-form button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#steps")).ToContainTextAsync("Recommended for it");
        Assert.Equal(RequestAction.Recommend, office.Store.Find(1)!.Steps[^1].Action);
    }

    // One request in each place that people look at.
    async Task SeedAsync()
    {
        var ada = Person(applicant, "ada@harbour.example", Offices.None);
        await SubmitAsync(ada, Asking("quayside", 8446, "ada@harbour.example"));
        await SubmitAsync(ada, Asking("lighthouse", 8450, "ada@harbour.example"));
        await SubmitAsync(ada, Asking("wharf", null, "ada@harbour.example"));
        await SubmitAsync(ada, Asking("breakwater", 8460, "ada@harbour.example"));
        await SubmitAsync(ada, Asking("mooring", 8470, "tom@harbour.example"));
        var egon = Person(expert, "egon@accounts.example", Offices.ExpertTcpUdp);
        var rita = Person(registrar, "rita@accounts.example", Offices.Registrar);
        await TakeAsync(
            2,
            egon,
            new(RequestAction.Ask) { Words = "How do ships find the\nlighthouse today?" }
        );
        await TakeAsync(
            4,
            egon,
            new(RequestAction.Recommend)
            {
                Words = "A service of its own, with a reason why no Dynamic Port serves.",
                Note = "I know the protocol from its draft.",
                IsFor = true,
                Criteria = ["A3", "P10"],
            }
        );
        await TakeAsync(4, rita, new(RequestAction.Approve) { Words = "As recommended." });
    }

    static Actor Person(int account, string email, Offices offices) =>
        new()
        {
            Account = account,
            Name = $"Person {account}",
            Email = email,
            Offices = offices,
        };

    static RequestDocument Asking(string name, ushort? port, string contact) =>
        new()
        {
            Kind = RequestKind.Assign,
            Name = name,
            Transports = [TransportProtocol.Tcp],
            Port = port is { } number ? new(new PortNumber(number)) : default,
            Assignee = new() { Name = "Harbour Works", Email = "ada@harbour.example" },
            Contact = new() { Name = "Ada Quay", Email = contact },
            Description = "Berth planning between harbours",
            Reference =
                "A client asks for a berth over TLS and gets an offer. Messages are JSON; the statement has them all, with their members and what each of them means to a harbour.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
            WhyNotDynamic = port is null
                ? null
                : "Harbours open one number in their packet filters years ahead and without DNS.",
        };

    async Task SubmitAsync(Actor by, RequestDocument document)
    {
        var outcome = await office.Store.SubmitAsync([document], false, new(by) { Name = "request.submit" });
        Assert.Null(outcome.Refusal);
    }

    async Task TakeAsync(int number, Actor by, RequestMove move)
    {
        var outcome = await office.Store.ChangeAsync(
            number,
            (request, hearing) => request.Take(move, by, hearing),
            null,
            new(by) { Name = "request.step" }
        );
        Assert.Null(outcome.Refusal);
    }

    Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options) =>
        chromium.OpenAsync(
            new(options)
            {
                BaseURL = office.Address.ToString(),
                ViewportSize = new() { Width = Looks.Desk, Height = 800 },
            }
        );
}
