using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>
/// Confirms an address by a button, since programs that look through mail open links, and by the password, since somebody
/// else may have made the account.
/// </summary>
sealed class ConfirmModel(CurrentRegistry current, Registration registration) : AccountPage(current)
{
    public override string Title => IsDone ? "Confirmed" : "Confirm your e-mail address";

    public string Email { get; private set; } = "";

    public string Code { get; private set; } = "";

    public bool IsDone { get; private set; }

    public void OnGet(string? email, string? code) => Take(email, code);

    public async Task<IActionResult> OnPostAsync(string? email, string? code, string? password)
    {
        Take(email, code);
        if (await registration.ConfirmAsync(Email, Code, password ?? "") is { } refused)
            return Say(refused);
        IsDone = true;
        return Page();
    }

    void Take(string? email, string? code)
    {
        Remember(null);
        (Email, Code) = (Text(email), Text(code));
    }
}
