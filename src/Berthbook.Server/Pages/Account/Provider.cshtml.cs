using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>Leads to the provider. A link, not a form: what a form is answered with may not leave this site.</summary>
sealed class ProviderModel(CurrentRegistry current, Settings settings) : AccountPage(current)
{
    public override string Title => "Sign in";

    public IActionResult OnGet(string? to)
    {
        Remember(to);
        if (settings.OpenId is null)
            return NotFound();
        return Challenge(
            new Microsoft.AspNetCore.Authentication.AuthenticationProperties
            {
                RedirectUri = $"/account/external?to={Uri.EscapeDataString(To)}",
            },
            OpenIdSignIn.Scheme
        );
    }
}
