using System.Net;
using AngleSharp;
using Berthbook.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Pages;

/// <summary>Pages of requests without script: who sees what, who does what, and what comes of it.</summary>
public sealed class RequestsOverHttpTests : IAsyncLifetime
{
    const string Applicant = "ada@harbour.example";
    const string Document = """
        kind=assign&name=quayside&transports=tcp&port=8446&assignee.name=Harbour+Works&assignee.email=ada@harbour.example
        &contact.name=Ada+Quay&contact.email=ada@harbour.example&description=Berth+planning+between+harbours
        &reference=A+client+asks+for+a+berth+over+TLS+and+gets+an+offer.+Messages+are+JSON.&proprietary=false&broadcast=false
        &multicast=false&anycast=false&whyNotDynamic=Harbours+open+one+number+in+their+filters+years+ahead.
        """;

    OfficesServer office = null!;
    int applicant;
    int expert;
    int registrar;

    public async ValueTask InitializeAsync()
    {
        office = await OfficesServer.StartAsync();
        applicant = await office.AddAsync("Ada Quay", email: Applicant);
        expert = await office.AddAsync("Egon Expert", Offices.ExpertTcpUdp);
        registrar = await office.AddAsync("Rita Registrar", Offices.Registrar);
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_user_port_goes_from_the_form_to_the_registry()
    {
        using var asking = await SubmittedAsync();
        Assert.Equal("/requests/1", asking.Path);
        Assert.Contains("In review", Said(asking), StringComparison.Ordinal);

        using var reviewing = await office.OpenAsync(expert);
        var queue = await reviewing.GetAsync("/review");
        Assert.Equal("/requests/1", queue.QuerySelector(".work a")!.GetAttribute("href"));
        await reviewing.GetAsync("/requests/1");
        await reviewing.SubmitAsync(
            "#recommend-form",
            [
                ("for", "true"),
                ("reason", "It is a service of its own."),
                ("criteria", "A3"),
                ("criteria", "P10"),
            ]
        );
        Assert.Equal((HttpStatusCode.OK, "/requests/1"), (reviewing.Status, reviewing.Path));
        Assert.Contains("Recommended for it", reviewing.Text, StringComparison.Ordinal);

        using var deciding = await office.OpenAsync(registrar);
        var desk = await deciding.GetAsync("/desk");
        Assert.Contains("TCP/UDP recommends for it", desk.Body!.TextContent, StringComparison.Ordinal);
        await deciding.GetAsync("/requests/1");
        await deciding.SubmitAsync("#approve-form", []);
        Assert.Contains("Approved", Said(deciding), StringComparison.Ordinal);

        await deciding.SubmitAsync("#assign-form", [("references", "RFC9110")], "Show the effect");
        Assert.Contains(
            "RFC9110",
            deciding.Page.QuerySelector(".preview")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(RequestState.Approved, office.Store.Find(1)!.State);
        await deciding.SubmitAsync("#assign-form", [], "Carry it out");
        Assert.Contains("Assigned", Said(deciding), StringComparison.Ordinal);
        Assert.NotEmpty(deciding.Page.QuerySelectorAll("#effect .changes li"));

        using var looking = await office.OpenAsync(0);
        var port = await looking.GetAsync("/ports/8446/tcp");
        Assert.Contains("quayside", port.Body!.TextContent, StringComparison.Ordinal);
        var csv = await office.Server.Client.GetStringAsync(
            new Uri(
                "/assignments/service-names-port-numbers/service-names-port-numbers.csv",
                UriKind.Relative
            ),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("quayside,8446,tcp", csv, StringComparison.Ordinal);
        Assert.Contains("RFC9110", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lookingsees_what_is_asked_and_nothing_private()
    {
        using var asking = await SubmittedAsync();
        await asking.GetAsync("/requests/1");
        Assert.Contains(Applicant, asking.Text, StringComparison.Ordinal);
        using var asked = await office.OpenAsync(registrar);
        await asked.GetAsync("/requests/1");
        await asked.SubmitAsync("#ask-form", [("reason", "How many harbours are there?")]);
        Assert.Contains("How many harbours", asked.Text, StringComparison.Ordinal);

        foreach (var account in (int[])[0, await office.AddAsync("Otto Other")])
        {
            using var looking = await office.OpenAsync(account);
            foreach (var path in (string[])["/requests/1", "/requests", "/requests?search=quayside"])
            {
                var page = await looking.GetAsync(path);
                Assert.Equal(HttpStatusCode.OK, looking.Status);
                var all = page.ToHtml();
                Assert.Contains("quayside", all, StringComparison.Ordinal);
                foreach (
                    var secret in (string[])[Applicant, "Ada Quay", "Ada_Quay", "How many harbours", "mailto"]
                )
                    Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
                Assert.Empty(page.QuerySelectorAll("form[method=post]"));
            }
        }
    }

    [Fact]
    public async Task A_button_pressed_twice_does_it_once()
    {
        using var asking = await SubmittedAsync();
        using var reviewing = await office.OpenAsync(expert);
        var page = await reviewing.GetAsync("/requests/1");
        var fields = page.QuerySelectorAll("#recommend-form input[type=hidden]")
            .Select(field => new KeyValuePair<string, string>(
                field.GetAttribute("name")!,
                field.GetAttribute("value")!
            ))
            .Concat([new("for", "false"), new("reason", "no"), new("criteria", "V5")])
            .ToList();

        for (var i = 0; i < 2; i++)
        {
            await reviewing.PostAsync("/requests/1?act=recommend", fields);
            Assert.Equal((HttpStatusCode.OK, "/requests/1"), (reviewing.Status, reviewing.Path));
        }
        Assert.Single(office.Store.Find(1)!.Steps, step => step.Action == RequestAction.Recommend);
        // The same key with something else, and another key with the version of before.
        fields.Add(new("note", "more"));
        await reviewing.PostAsync("/requests/1?act=recommend", fields);
        Assert.Equal(HttpStatusCode.Conflict, reviewing.Status);
        fields.RemoveAll(field => field.Key == "call");
        fields.Add(new("call", "another"));
        await reviewing.PostAsync("/requests/1?act=recommend", fields);
        Assert.Equal(HttpStatusCode.Conflict, reviewing.Status);
        Assert.Contains("since you opened this page", reviewing.Text, StringComparison.Ordinal);
        Assert.Equal("no", reviewing.Page.QuerySelector("#recommend-reason")!.TextContent.Trim());
    }

    [Theory]
    [InlineData("recommend", "for=true&criteria=A3", 400, "A11", "recommend-reason")]
    [InlineData("recommend", "for=true&reason=why", 400, "A11", null)]
    [InlineData("approve", "", 403, "A5", null)]
    [InlineData("assign", "registered=yesterday", 400, null, "assign-registered")]
    [InlineData("answer", "reason=x", 409, "A10", null)]
    [InlineData("fly", "", 400, null, null)]
    public async Task Says_beside_the_form_why_it_was_refused(
        string action,
        string fields,
        int status,
        string? rule,
        string? wrong
    )
    {
        using var asking = await SubmittedAsync();
        using var reviewing = await office.OpenAsync(expert);
        var page = await reviewing.GetAsync("/requests/1");
        var form = page.QuerySelectorAll("#recommend-form input[type=hidden]")
            .Select(field => new KeyValuePair<string, string>(
                field.GetAttribute("name")!,
                field.GetAttribute("value")!
            ))
            .Concat(
                fields
                    .Split('&', StringSplitOptions.RemoveEmptyEntries)
                    .Select(field => new KeyValuePair<string, string>(
                        field.Split('=')[0],
                        field.Split('=')[1]
                    ))
            );

        await reviewing.PostAsync($"/requests/1?act={action}", form);

        Assert.Equal(status, (int)reviewing.Status);
        if (rule is not null)
        {
            var link = reviewing.Page.QuerySelector(".refused .cited a")!.GetAttribute("href")!;
            Assert.Equal($"#rule-{rule}", link);
            Assert.NotNull(reviewing.Page.QuerySelector(link));
        }
        if (wrong is not null)
            Assert.Equal("true", reviewing.Page.GetElementById(wrong)!.GetAttribute("aria-invalid"));
        Assert.Equal(1, office.Store.Find(1)!.Version);
    }

    [Fact]
    public async Task Who_may_not_see_a_request_is_told_what_is_told_of_none()
    {
        using var asking = await office.OpenAsync(applicant);
        await asking.PostAsync("/request", Fields(Document));
        await asking.SubmitAsync("#request", [], "Keep as a draft");
        Assert.Equal("/requests/1", asking.Path);
        Assert.Contains("Draft", Said(asking), StringComparison.Ordinal);

        foreach (var account in (int[])[0, expert, registrar])
        {
            using var looking = await office.OpenAsync(account);
            var none = (await looking.GetAsync("/requests/2")).Body!.TextContent.Replace('2', '1');
            Assert.Equal(HttpStatusCode.NotFound, looking.Status);
            var draft = (await looking.GetAsync("/requests/1")).Body!.TextContent.Replace('2', '1');
            Assert.Equal(HttpStatusCode.NotFound, looking.Status);
            Assert.Equal(none, draft);
            Assert.DoesNotContain(
                "quayside",
                (await looking.GetAsync("/requests")).ToHtml(),
                StringComparison.Ordinal
            );
        }
        await asking.GetAsync("/requests/1");
        await asking.SubmitAsync("#submit-form", []);
        Assert.Contains("In review", Said(asking), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_confirms_an_address_only_by_its_button()
    {
        using var asking = await office.OpenAsync(applicant);
        await asking.PostAsync(
            "/request",
            Fields(Document.Replace("contact.email=ada@", "contact.email=tom@", StringComparison.Ordinal))
        );
        await asking.SubmitAsync("#request", [], "Submit");
        Assert.Contains("Submitted", Said(asking), StringComparison.Ordinal);
        Assert.Contains("tom@harbour.example", Said(asking), StringComparison.Ordinal);
        var code = Storage.MailedCode.Make();
        await office
            .Server.Services.GetRequiredService<Storage.RegistryStore>()
            .Writer.RunAsync(connection =>
            {
                Storage.MailedCode.Add(
                    connection,
                    code,
                    1,
                    "tom@harbour.example",
                    office.Server.Clock.GetUtcNow().AddDays(1)
                );
                return 0;
            });

        using var confirming = await office.OpenAsync(0);
        await confirming.GetAsync($"/requests/1/confirm?code={code}x");
        await confirming.SubmitAsync("main form", []);
        Assert.Equal(HttpStatusCode.NotFound, confirming.Status);
        await confirming.GetAsync($"/requests/1/confirm?code={code}");
        Assert.Equal(RequestState.Submitted, office.Store.Find(1)!.State);
        await confirming.SubmitAsync("main form", []);
        Assert.Contains("the request counts", confirming.Text, StringComparison.Ordinal);
        Assert.Equal(RequestState.InReview, office.Store.Find(1)!.State);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_state_rule_and_words()
    {
        using var asking = await SubmittedAsync();
        await asking.PostAsync(
            "/request",
            Fields(
                Document
                    .Replace("quayside", "wharf", StringComparison.Ordinal)
                    .Replace("port=8446&", "", StringComparison.Ordinal)
                    .Replace(
                        "&whyNotDynamic=Harbours+open+one+number+in+their+filters+years+ahead.",
                        "",
                        StringComparison.Ordinal
                    )
            )
        );
        await asking.SubmitAsync("#request", [], "Submit");
        Assert.Contains("Assigned", Said(asking), StringComparison.Ordinal);

        foreach (
            var (query, rows) in new (string, string[])[]
            {
                ("", ["2", "1"]),
                ("?state=assigned", ["2"]),
                ("?state=in-review", ["1"]),
                ("?search=QUAY", ["1"]),
                ("?search=nothing", []),
                ("?mine=true", ["2", "1"]),
                ("?rule=a5", ["2"]),
            }
        )
        {
            var page = await asking.GetAsync("/requests" + query);
            Assert.Equal(rows, page.QuerySelectorAll("main tbody th").Select(row => row.TextContent.Trim()));
        }
        foreach (var query in (string[])["?state=none", "?rule=Z9", "?page=0", "?page=2"])
        {
            await asking.GetAsync("/requests" + query);
            Assert.True(asking.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, query);
        }
    }

    [Fact]
    public async Task Whoever_did_not_sign_in_is_asked_to_and_finds_the_form_again()
    {
        using var asking = await office.OpenAsync(0);
        await asking.PostAsync("/request", Fields(Document));
        await asking.SubmitAsync("#request", [], "Sign in to submit");
        var back = Uri.UnescapeDataString(asking.Path.Split("to=")[1]);
        Assert.StartsWith("/request?kept=", back, StringComparison.Ordinal);

        await asking.GetAsync(OfficesServer.SessionOf(applicant));
        await asking.GetAsync(back);
        Assert.Equal("quayside", asking.Page.QuerySelector("#f-name")!.GetAttribute("value"));
        await asking.SubmitAsync("#request", [], "Submit");
        Assert.Equal("/requests/1", asking.Path);
    }

    [Fact]
    public async Task A_form_from_elsewhere_submits_nothing()
    {
        using var asking = await office.OpenAsync(applicant);
        await asking.PostAsync("/request?submit", Fields(Document));
        Assert.Equal(HttpStatusCode.BadRequest, asking.Status);
        await asking.PostAsync("/requests/1?act=withdraw", [new("version", "1"), new("call", "a")]);
        Assert.Equal(HttpStatusCode.BadRequest, asking.Status);
        Assert.Null(office.Store.Find(1));
    }

    [Fact]
    public async Task A_request_that_came_by_mail_is_entered_by_the_registrar()
    {
        using var entering = await office.OpenAsync(registrar);
        await entering.GetAsync("/desk");
        await entering.GetAsync(entering.Page.QuerySelector("main a[href*=bymail]")!.GetAttribute("href")!);
        await entering.GetAsync(entering.Page.QuerySelector(".kinds a")!.GetAttribute("href")!);
        await entering.SubmitAsync(
            "#request",
            Fields(Document).Select(field => (field.Key, field.Value)),
            "Submit"
        );
        Assert.Equal("/requests/1", entering.Path);
        var request = office.Store.Find(1)!;
        Assert.Equal((0, registrar), (request.Applicant, request.EnteredBy));
        // Nobody's address is confirmed by the account of the registrar.
        Assert.Equal(RequestState.Submitted, request.State);
    }

    [Fact]
    public async Task Work_is_shown_to_whom_it_is_for()
    {
        using var asking = await SubmittedAsync();
        foreach (
            var (account, path, status) in new[]
            {
                (applicant, "/review", 403),
                (applicant, "/desk", 403),
                (expert, "/review", 200),
                (expert, "/desk", 403),
                (registrar, "/review", 403),
                (registrar, "/desk", 200),
            }
        )
        {
            using var looking = await office.OpenAsync(account);
            await looking.GetAsync(path);
            Assert.Equal((account, path, status), (account, path, (int)looking.Status));
            var links = looking
                .Page.QuerySelectorAll(".site nav a")
                .Select(link => link.GetAttribute("href"))
                .ToList();
            Assert.Equal(account == expert, links.Contains("/review"));
            Assert.Equal(account == registrar, links.Contains("/desk"));
        }
    }

    static string Said(PlainBrowser browser) =>
        browser.Page.QuerySelector("#now")?.TextContent ?? browser.Text;

    static List<KeyValuePair<string, string>> Fields(string form) =>
        [
            .. form.Replace("\n", "", StringComparison.Ordinal)
                .Split('&')
                .Select(field => field.Split('='))
                .Select(field => new KeyValuePair<string, string>(
                    field[0].Trim(),
                    field[1].Replace('+', ' ')
                )),
        ];

    async Task<PlainBrowser> SubmittedAsync()
    {
        var browser = await office.OpenAsync(applicant);
        await browser.PostAsync("/request", Fields(Document));
        await browser.SubmitAsync("#request", [], "Submit");
        return browser;
    }
}
