using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>Asks for the second factor, after the password was right.</summary>
sealed class SecondFactorModel(
    CurrentRegistry current,
    Sessions sessions,
    SigningIn signing,
    AccountWriting accounts
) : AccountPage(current)
{
    public override string Title => "Second factor";

    public async Task<IActionResult> OnGetAsync(string? to)
    {
        Remember(to);
        return await sessions.FindHalfAsync(HttpContext) is null ? Again() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string? secondFactor, string? to)
    {
        Remember(to);
        if (
            await sessions.FindHalfAsync(HttpContext) is not { } number
            || await accounts.FindAsync(number) is not { } account
        )
            return Again();
        if (await signing.CheckSecondFactorAsync(account, Text(secondFactor)) is { } refused)
            return Say(refused);
        await signing.WelcomeAsync(account, "password and second factor");
        await Sessions.EndAsync(HttpContext);
        await Sessions.BeginAsync(HttpContext, account, hasSecondFactor: true);
        return LocalRedirect(To);
    }

    LocalRedirectResult Again() => LocalRedirect($"/account/sign-in?to={Uri.EscapeDataString(To)}");
}
