using System.Net;

namespace Berthbook.Server.Accounts;

/// <summary>Signing in by an OpenID provider.</summary>
public class OpenIdJourney
{
    [Fact]
    public async Task Makes_an_account_for_an_address_that_the_provider_verified()
    {
        await using var provider = await StandInProvider.StartAsync();
        await using var own = await StartAsync(provider);
        Say(provider, "17", "dee@example.net", isVerified: true);
        var dee = await ComeAsync(own);
        Assert.Equal("/account", dee.Address);
        Assert.Equal(HttpStatusCode.OK, dee.Status);
        Assert.Equal(1, provider.Redeemed);
        // The same account the next time, whatever the address is then.
        Say(provider, "17", "other@example.net", isVerified: true);
        await ComeAsync(own);
        Assert.Equal(1, own.Count("SELECT count(*) FROM account"));
    }

    [Fact]
    public async Task Ties_an_account_by_an_address_only_where_both_sides_confirmed_it()
    {
        await using var provider = await StandInProvider.StartAsync();
        await using var own = await StartAsync(provider);
        await own.PersonAsync("dee");
        Say(provider, "17", "dee@example.net", isVerified: false);
        Assert.Equal(HttpStatusCode.Forbidden, (await ComeAsync(own)).Status);
        // Somebody took the address here and never confirmed it.
        await own.CallAsync(
            "POST",
            "accounts",
            new
            {
                email = "eve@example.net",
                password = OwnServer.Password,
                name = "E",
            },
            expect: 201
        );
        Say(provider, "18", "eve@example.net", isVerified: true);
        Assert.Equal(HttpStatusCode.Forbidden, (await ComeAsync(own)).Status);
        Assert.Equal(0, own.Count("SELECT count(*) FROM account_login"));
        Say(provider, "17", "dee@example.net", isVerified: true);
        Assert.Equal("/account", (await ComeAsync(own)).Address);
    }

    [Fact]
    public async Task Ties_the_account_of_who_is_signed_in_once_they_say_so()
    {
        await using var provider = await StandInProvider.StartAsync();
        await using var own = await StartAsync(provider);
        await own.PersonAsync("dee");
        Say(provider, "17", "d@elsewhere.example", isVerified: false);
        var dee = new Visitor(own.Server);
        await dee.SignInAsync("dee@example.net");
        await dee.OpenAsync("/account/provider?to=/account");
        await StandInProvider.ReturnAsync(dee);
        Assert.Equal(0, own.Count("SELECT count(*) FROM account_login"));
        await dee.SendAsync("/account/external");
        Assert.Equal("/account", dee.Address);
        Assert.Equal("/account", (await ComeAsync(own)).Address);
        Assert.Equal(1, own.Count("SELECT count(*) FROM account"));
    }

    [Fact]
    public async Task Asks_for_the_second_factor_that_the_provider_did_not()
    {
        await using var provider = await StandInProvider.StartAsync();
        await using var own = await StartAsync(provider);
        var ada = await own.AdministratorAsync();
        Say(provider, "17", ada.Email, isVerified: true);
        var page = await ComeAsync(own);
        Assert.StartsWith("/account/second-factor", page.Address, StringComparison.Ordinal);
        await page.SendAsync("/account/second-factor", ("secondFactor", own.CodeOf(ada.Key!)));
        await page.OpenAsync("/admin");
        Assert.Equal(HttpStatusCode.OK, page.Status);

        provider.Claims["amr"] = new[] { "pwd", "mfa" };
        page = await ComeAsync(own);
        await page.OpenAsync("/admin");
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task Refuses_an_answer_that_it_did_not_ask_for()
    {
        await using var provider = await StandInProvider.StartAsync();
        await using var own = await StartAsync(provider);
        Say(provider, "17", "dee@example.net", isVerified: true);
        var (one, other) = (new Visitor(own.Server), new Visitor(own.Server));
        await one.OpenAsync("/account/provider");
        // The answer to one browser is brought by another.
        var stolen = one.Answer.Headers.Location;
        await other.OpenAsync("/account/sign-in");
        other.Answer.Headers.Location = stolen;
        await StandInProvider.ReturnAsync(other);
        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Equal(0, own.Count("SELECT count(*) FROM account"));
    }

    static Task<OwnServer> StartAsync(StandInProvider provider) =>
        OwnServer.StartAsync(settings => settings with { OpenId = provider.Settings });

    static void Say(StandInProvider provider, string subject, string email, bool isVerified)
    {
        provider.Claims["sub"] = subject;
        provider.Claims["email"] = email;
        provider.Claims["email_verified"] = isVerified;
        provider.Claims["name"] = "Dee";
    }

    static async Task<Visitor> ComeAsync(OwnServer own)
    {
        var visitor = new Visitor(own.Server);
        await visitor.OpenAsync("/account/sign-in");
        await visitor.OpenAsync("/account/provider?to=/account");
        await StandInProvider.ReturnAsync(visitor);
        return visitor;
    }
}
