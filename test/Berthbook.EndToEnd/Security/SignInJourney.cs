using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Api;
using Berthbook.Server.Accounts;

namespace Berthbook.Security;

/// <summary>Each way to sign in ends in a request that was submitted.</summary>
public class SignInJourney
{
    [Fact]
    public async Task A_password_leads_to_a_submitted_request()
    {
        await using var own = await OwnServer.StartAsync();
        var dee = await own.PersonAsync("dee");
        var page = new Visitor(own.Server);
        await page.SignInAsync(dee.Email);
        await SubmitAsync(own, page, "dee@example.net");
    }

    [Fact]
    public async Task A_second_factor_leads_to_a_submitted_request()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var page = new Visitor(own.Server);
        await page.SignInAsync(ada.Email);
        Assert.StartsWith("/account/second-factor", page.Address, StringComparison.Ordinal);
        // The password alone lets nobody in.
        await page.OpenAsync("/account");
        Assert.StartsWith("/account/sign-in", page.Address, StringComparison.Ordinal);
        await page.OpenAsync("/account/second-factor?to=/account");
        await page.SendAsync("/account/second-factor", ("secondFactor", own.CodeOf(ada.Key!)));
        await SubmitAsync(own, page, ada.Email);
    }

    [Fact]
    public async Task A_provider_leads_to_a_submitted_request()
    {
        await using var provider = await StandInProvider.StartAsync();
        await using var own = await OwnServer.StartAsync(settings =>
            settings with
            {
                OpenId = provider.Settings,
            }
        );
        provider.Claims["sub"] = "17";
        provider.Claims["email"] = "dee@example.net";
        provider.Claims["email_verified"] = true;
        provider.Claims["name"] = "Dee";
        var page = new Visitor(own.Server);
        await page.OpenAsync("/account/provider?to=/account");
        await StandInProvider.ReturnAsync(page);
        Assert.Equal("/account", page.Address);
        Assert.Equal(1, provider.Redeemed);
        await SubmitAsync(own, page, "dee@example.net");
    }

    // A token made in the session submits by the API, as a program of its owner would.
    static async Task SubmitAsync(OwnServer own, Visitor page, string email)
    {
        await page.OpenAsync("/account");
        await page.SendAsync("/account?handler=Token", ("name", "script"), ("scope", "act"), ("days", "1"));
        var token = page
            .Page.QuerySelectorAll("code")
            .Select(code => code.TextContent.Trim())
            .Single(text => text.StartsWith(AccessTokens.Prefix, StringComparison.Ordinal));
        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/requests")
        {
            Content = new StringContent(
                RequestsServer
                    .Asking("plum", email.Split('@')[0])
                    .Replace("harbour.example", "example.net", StringComparison.Ordinal),
                Encoding.UTF8,
                "application/json"
            ),
        };
        call.Headers.Authorization = new("Bearer", token);
        call.Headers.Add("Idempotency-Key", "one");
        using var answer = await own.Server.Client.SendAsync(call, OwnServer.Cancellation);
        var text = await answer.Content.ReadAsStringAsync(OwnServer.Cancellation);
        Assert.True((int)answer.StatusCode == 201, text);
        Assert.Equal("assigned", (string?)JsonNode.Parse(text)!["state"]);
        Assert.Equal(1, own.Count("SELECT count(*) FROM request WHERE state = 'assigned'"));
        Assert.Equal(
            1,
            own.Count(
                $"SELECT count(*) FROM request r JOIN account a ON a.id = r.applicant WHERE a.email = '{email}'"
            )
        );
    }
}
