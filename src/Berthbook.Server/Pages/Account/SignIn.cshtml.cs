using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>Signs in by e-mail address and password, or leads to the provider.</summary>
sealed class SignInModel(CurrentRegistry current, Settings settings, SigningIn signing) : AccountPage(current)
{
    public override string Title => "Sign in";

    /// <summary>What the provider is called by which people may sign in as well; null for none.</summary>
    public string? Provider => settings.OpenId?.Name;

    /// <summary>The address that was given.</summary>
    public string? Email { get; private set; }

    public void OnGet(string? to) => Remember(to);

    public async Task<IActionResult> OnPostAsync(string? email, string? password, string? to)
    {
        Remember(to);
        Email = Text(email);
        var (account, refused) = await signing.CheckPasswordAsync(Email, password ?? "");
        if (account is null)
            return Say(refused!);
        if (account.TwoFactorEnabled)
        {
            await Sessions.BeginHalfAsync(HttpContext, account);
            return LocalRedirect($"/account/second-factor?to={Uri.EscapeDataString(To)}");
        }
        await signing.WelcomeAsync(account, "password");
        await Sessions.BeginAsync(HttpContext, account, hasSecondFactor: false);
        return LocalRedirect(To);
    }
}
