using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Server.Accounts;

/// <summary>Accounts as people meet them: without script, by forms and cookies.</summary>
public class AccountsOnPagesTests
{
    [Fact]
    public async Task Leads_from_the_console_s_link_to_an_administrator_with_a_second_factor()
    {
        await using var own = await OwnServer.StartAsync();
        var code = own.Server.Services.GetRequiredService<AdminLinks>().Make(isRecovery: false);
        var ada = new Visitor(own.Server);
        await ada.OpenAsync($"/account/first?code={code}");
        await ada.SendAsync(
            "/account/first",
            ("email", "ada@example.net"),
            ("name", "Ada"),
            ("password", OwnServer.Password)
        );
        Assert.Equal("/account/factor", ada.Address);

        var key = ada.Page.QuerySelector("#key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        await ada.SendAsync("/account/factor", ("code", own.CodeOf(key)));
        Assert.Equal(10, ada.Page.QuerySelectorAll(".codes code").Length);
        var recovery = ada.Page.QuerySelector(".codes code")!.TextContent;
        await ada.OpenAsync("/admin");
        Assert.Equal(HttpStatusCode.OK, ada.Status);

        // The link is used up, for whoever finds it later.
        var eve = new Visitor(own.Server);
        await eve.OpenAsync($"/account/first?code={code}");
        Assert.Equal(HttpStatusCode.Forbidden, eve.Status);

        var again = new Visitor(own.Server);
        await again.OpenAsync("/admin");
        Assert.StartsWith("/account/sign-in?to=%2Fadmin", again.Address, StringComparison.Ordinal);
        await again.SendAsync(
            "/account/sign-in",
            ("email", "ada@example.net"),
            ("password", OwnServer.Password)
        );
        Assert.StartsWith("/account/second-factor", again.Address, StringComparison.Ordinal);
        await again.OpenAsync("/admin");
        Assert.StartsWith("/account/sign-in", again.Address, StringComparison.Ordinal);
        await again.OpenAsync("/account/second-factor?to=/admin");
        await again.SendAsync("/account/second-factor", ("secondFactor", recovery));
        Assert.Equal("/admin", again.Address);
        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    [Fact]
    public async Task Makes_an_account_confirms_it_and_signs_in()
    {
        await using var own = await OwnServer.StartAsync();
        var dee = new Visitor(own.Server);
        await dee.OpenAsync("/account/new");
        await dee.SendAsync(
            "/account/new",
            ("email", "dee@example.net"),
            ("name", "Dee"),
            ("password", "short")
        );
        Assert.Equal("true", dee.Page.QuerySelector("#password")!.GetAttribute("aria-invalid"));
        Assert.Equal("dee@example.net", dee.Page.QuerySelector("#email")!.GetAttribute("value"));
        await dee.SendAsync(
            "/account/new",
            ("email", "dee@example.net"),
            ("name", "Dee"),
            ("password", OwnServer.Password)
        );
        // To look at the link confirms nothing.
        await dee.OpenAsync(
            $"/account/confirm?email=dee@example.net&code={own.MailedCode("dee@example.net")}"
        );
        Assert.Equal(0, own.Count("SELECT count(*) FROM account WHERE email_confirmed"));
        await dee.SendAsync("/account/confirm", ("password", OwnServer.Password));
        await dee.SignInAsync("dee@example.net");
        Assert.Equal("/account", dee.Address);
        Assert.Contains("Dee", dee.Page.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.True(dee.Answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Resets_a_password_and_ends_sessions_and_tokens()
    {
        await using var own = await OwnServer.StartAsync();
        var person = await own.PersonAsync("dee");
        var open = new Visitor(own.Server);
        await open.SignInAsync(person.Email);
        var dee = new Visitor(own.Server);
        await dee.OpenAsync("/account/reset");
        await dee.SendAsync("/account/reset", ("email", person.Email));
        var code = own.MailedCode(person.Email);
        await dee.OpenAsync($"/account/reset?email={person.Email}&code={code}");
        await dee.SendAsync("/account/reset", ("password", "another harbour at dawn"));
        await open.OpenAsync("/account");
        Assert.StartsWith("/account/sign-in", open.Address, StringComparison.Ordinal);
        await own.CallAsync("GET", "account", token: person.Token, expect: 401);
        await dee.SignInAsync(person.Email, "another harbour at dawn");
        Assert.Equal("/account", dee.Address);
        // The code is good once.
        await dee.OpenAsync($"/account/reset?email={person.Email}&code={code}");
        await dee.SendAsync("/account/reset", ("password", "yet another harbour here"));
        Assert.NotNull(dee.Page.QuerySelector("#code[aria-invalid]"));
    }

    [Fact]
    public async Task Ends_a_session_the_moment_that_password_office_or_state_change()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var person = await own.PersonAsync("dee");
        Func<Visitor, Task>[] changes =
        [
            async other =>
            {
                await other.SendAsync(
                    "/account?handler=Password",
                    ("current", OwnServer.Password),
                    ("password", OwnServer.Password)
                );
                await other.OpenAsync("/account");
                Assert.Equal("/account", other.Address);
            },
            other => other.SendAsync("/account?handler=EndSessions"),
            _ =>
                own.CallAsync(
                    "PUT",
                    $"accounts/{person.Id}/offices",
                    new { offices = new[] { "auditor" } },
                    ada.Token
                ),
            _ => own.CallAsync("POST", $"accounts/{person.Id}/deactivate", token: ada.Token),
        ];
        foreach (var change in changes)
        {
            var (one, other) = (new Visitor(own.Server), new Visitor(own.Server));
            await one.SignInAsync(person.Email);
            await other.SignInAsync(person.Email);
            await one.OpenAsync("/account");
            Assert.Equal("/account", one.Address);
            await change(other);
            await one.OpenAsync("/account");
            Assert.StartsWith("/account/sign-in", one.Address, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Administers_accounts_on_a_page_and_shows_the_audit_to_the_auditor()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var dee = await own.PersonAsync("dee");
        var page = new Visitor(own.Server);
        await page.SignInAsync(ada.Email);
        await page.SendAsync("/account/second-factor", ("secondFactor", own.CodeOf(ada.Key!)));
        await page.OpenAsync("/admin/audit");
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("auditor", page.Page.QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
        await page.OpenAsync($"/admin/accounts/{dee.Id}");
        await page.SendAsync($"/admin/accounts/{dee.Id}?handler=Offices", ("office", "auditor"));
        Assert.NotNull(page.Page.QuerySelector("[value=auditor][checked]"));

        var auditor = new Visitor(own.Server);
        await auditor.SignInAsync(dee.Email);
        await auditor.OpenAsync("/admin");
        Assert.Equal(HttpStatusCode.Forbidden, auditor.Status);
        await auditor.OpenAsync($"/admin/audit?action=account.offices");
        Assert.Equal(1, auditor.Page.QuerySelectorAll("tbody tr").Length);
        Assert.Contains(
            $"account {dee.Id} auditor",
            auditor.Page.Body!.TextContent,
            StringComparison.Ordinal
        );
        await auditor.OpenAsync("/admin/audit?export=true");
        var lines = (await auditor.Answer.Content.ReadAsStringAsync(OwnServer.Cancellation))
            .TrimEnd()
            .Split('\n');
        Assert.Equal(own.Count("SELECT count(*) FROM audit"), lines.Length);
    }

    [Fact]
    public async Task Takes_no_post_of_another_site_and_none_without_the_form_s_token()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        var dee = new Visitor(own.Server);
        await dee.SignInAsync("dee@example.net");
        await dee.SendWithAsync(
            "/account?handler=Details",
            ("Sec-Fetch-Site", "cross-site"),
            ("name", "Eve")
        );
        Assert.Equal(HttpStatusCode.Forbidden, dee.Status);
        await dee.OpenAsync("/account");
        await dee.SendWithAsync(
            "/account?handler=Details",
            ("Origin", "https://evil.example"),
            ("name", "Eve")
        );
        Assert.Equal(HttpStatusCode.Forbidden, dee.Status);
        await dee.OpenAsync("/account");
        await dee.SendAsync("/account?handler=Details", ("name", "Eve"), ("form", "forged"));
        Assert.Equal(HttpStatusCode.BadRequest, dee.Status);
        Assert.Equal(0, own.Count("SELECT count(*) FROM account WHERE name = 'Eve'"));
        await dee.OpenAsync("/account");
        await dee.SendWithAsync(
            "/account?handler=Details",
            ("Sec-Fetch-Site", "same-origin"),
            ("name", "Dee D.")
        );
        Assert.Equal(1, own.Count("SELECT count(*) FROM account WHERE name = 'Dee D.'"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Leads_nobody_to_another_site(string to)
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        var dee = new Visitor(own.Server);
        await dee.OpenAsync($"/account/sign-in?to={Uri.EscapeDataString(to)}");
        await dee.SendAsync(
            "/account/sign-in",
            ("email", "dee@example.net"),
            ("password", OwnServer.Password)
        );
        Assert.Equal("/account", dee.Address);
    }

    [Fact]
    public async Task Holds_cookies_to_the_host_where_people_come_by_https()
    {
        await using var own = await OwnServer.StartAsync(settings =>
            settings with
            {
                PublicUrl = new("https://ports.example.net"),
            }
        );
        own.Server.Client.DefaultRequestHeaders.Host = "ports.example.net";
        await own.PersonAsync("dee");
        var dee = new Visitor(own.Server);
        await dee.OpenAsync("/account/sign-in");
        var form = Assert.Single(dee.Answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-berthbook-form=", form, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", form, StringComparison.Ordinal);
        var page = dee.Page;
        using var answer = await own.Server.Client.SendAsync(
            new(HttpMethod.Post, "/account/sign-in")
            {
                Headers = { { "Cookie", form.Split(';')[0] } },
                Content = new FormUrlEncodedContent([
                    new("form", page.QuerySelector("[name=form]")!.GetAttribute("value")),
                    new("email", "dee@example.net"),
                    new("password", OwnServer.Password),
                ]),
            },
            OwnServer.Cancellation
        );
        var session = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-berthbook-session=", session, StringComparison.Ordinal);
        foreach (var flag in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            Assert.Contains(flag, session, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith(
            "https://ports.example.net/",
            ReadLink(own.Letters("dee@example.net")[0]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Has_no_accounts_in_a_mirror()
    {
        await using var own = await OwnServer.StartAsync(settings =>
            settings with
            {
                Upstream = new("http://127.0.0.1:9/registry.xml"),
            }
        );
        foreach (
            var address in new[]
            {
                "/account",
                "/account/sign-in",
                "/admin",
                "/api/v1/account",
                "/api/v1/tokens",
            }
        )
        {
            using var answer = await own.Server.Client.GetAsync(address, OwnServer.Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    static string ReadLink(string letter) =>
        letter.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal));
}
