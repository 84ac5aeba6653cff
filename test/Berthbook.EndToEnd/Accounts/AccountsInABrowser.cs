using Berthbook.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Berthbook.Server.Accounts;

/// <summary>The pages of accounts as people see them: on a phone and on a desk, in both themes, without script.</summary>
public class AccountsInABrowser(Chromium chromium)
{
    [Fact]
    public async Task Look_right_everywhere()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        await using var context = await chromium.OpenAsync(
            new()
            {
                BaseURL = own.Server.Client.BaseAddress!.ToString(),
                ViewportSize = new() { Width = 1280, Height = 800 },
            }
        );
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(message.Text);
        };
        foreach (
            var place in new[]
            {
                "/account/sign-in",
                "/account/new",
                "/account/confirm?email=a@b.example&code=x",
                "/account/reset",
            }
        )
        {
            await page.GotoAsync(place);
            await LookAsync(page);
        }
        await page.GotoAsync("/account/new");
        await page.Locator("#email").FillAsync("dee@example.net");
        await page.Locator("#name").FillAsync("Dee");
        await page.Locator("#password").FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await LookAsync(page, "wrong");

        var code = own.Server.Services.GetRequiredService<AdminLinks>().Make(isRecovery: false);
        await page.GotoAsync($"/account/first?code={code}");
        await LookAsync(page);
        await page.Locator("#email").FillAsync("ada@example.net");
        await page.Locator("#name").FillAsync("Ada Keeper");
        await page.Locator("#password").FillAsync(OwnServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Become the administrator" }).ClickAsync();
        await LookAsync(page);
        var key = (await page.Locator("#key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("#code").FillAsync(own.CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it in force" }).ClickAsync();
        await LookAsync(page, "codes");

        await page.GotoAsync("/account");
        await page.GetByText("Make a token").First.ClickAsync();
        await page.Locator("#token-name").FillAsync("build");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await LookAsync(page);
        foreach (var place in new[] { "/admin", "/admin/accounts/1", "/admin/audit" })
        {
            await page.GotoAsync(place);
            await LookAsync(page);
        }
        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/account");
        await page.Locator("#email").FillAsync("ada@example.net");
        await page.Locator("#password").FillAsync(OwnServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await LookAsync(page);
        await page.Locator("#secondFactor").FillAsync(own.CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        Assert.Equal("/account", new Uri(page.Url).AbsolutePath);
        // The auditor's page is no administrator's.
        Assert.All(complaints, said => Assert.Contains("403", said, StringComparison.Ordinal));
    }

    static Task LookAsync(IPage page, string more = "") =>
        Looks.TakeAsync(page, new Uri(page.Url).AbsolutePath.Trim('/').Replace('/', '-') + more);
}
