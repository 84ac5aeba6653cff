using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>
/// What comes of the provider's answer: a session, or, for somebody who is signed in, the question whether to tie the two.
/// </summary>
sealed class ExternalModel(CurrentRegistry current, IServiceProvider services, Settings settings)
    : AccountPage(current)
{
    public override string Title => "Sign in";

    /// <summary>What the provider says, where it is to be tied to the account that is signed in.</summary>
    public Vouched? Vouched { get; private set; }

    public string Provider => settings.OpenId?.Name ?? "";

    public async Task<IActionResult> OnGetAsync(string? to, bool failed)
    {
        Remember(to);
        if (settings.OpenId is null)
            return NotFound();
        var provider = services.GetRequiredService<OpenIdSignIn>();
        if (failed || await provider.ReadAsync(HttpContext) is not { } vouched)
            return Refuse(
                StatusCodes.Status403Forbidden,
                $"{Provider} did not sign you in.",
                new Link("/account/sign-in", "Sign in")
            );
        if (HttpContext.FindActor() is not null)
        {
            Vouched = vouched;
            return Page();
        }
        await HttpContext.SignOutAsync(Sessions.External);
        var (account, refused) = await provider.FindAsync(vouched);
        if (account is null)
            return Refuse(refused!.Kind.Status, refused.Words, new Link("/account/sign-in", "Sign in"));
        if (account.TwoFactorEnabled && !vouched.HasSecondFactor)
        {
            await Sessions.BeginHalfAsync(HttpContext, account);
            return LocalRedirect($"/account/second-factor?to={Uri.EscapeDataString(To)}");
        }
        await services.GetRequiredService<SigningIn>().WelcomeAsync(account, "provider");
        await Sessions.BeginAsync(HttpContext, account, vouched.HasSecondFactor);
        return LocalRedirect(To);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (settings.OpenId is null)
            return NotFound();
        var provider = services.GetRequiredService<OpenIdSignIn>();
        if (
            HttpContext.FindActor() is not { } actor
            || await provider.ReadAsync(HttpContext) is not { } vouched
        )
            return LocalRedirect("/account/sign-in");
        await HttpContext.SignOutAsync(Sessions.External);
        return await provider.TieAsync(actor.Account, vouched) is { } refused
            ? Refuse(refused.Kind.Status, refused.Words, new Link("/account", "Your account"))
            : LocalRedirect("/account");
    }
}
