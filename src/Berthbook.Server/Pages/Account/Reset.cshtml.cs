using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>Chooses another password: asks for a letter, then takes its code.</summary>
sealed class ResetModel(CurrentRegistry current, Passwords passwords) : AccountPage(current)
{
    public override string Title => "Choose another password";

    public string Email { get; private set; } = "";

    /// <summary>The code of the letter; empty where one is still to be asked for.</summary>
    public string Code { get; private set; } = "";

    public bool IsSent { get; private set; }

    public bool IsDone { get; private set; }

    public void OnGet(string? email, string? code) => Take(email, code);

    public async Task<IActionResult> OnPostAsync(string? email, string? code, string? password)
    {
        Take(email, code);
        var refused =
            Code.Length == 0
                ? await passwords.AskResetAsync(Email)
                : await passwords.ResetAsync(Email, Code, password ?? "");
        if (refused is not null)
            return Say(refused);
        (IsSent, IsDone) = (Code.Length == 0, Code.Length > 0);
        return Page();
    }

    void Take(string? email, string? code)
    {
        Remember(null);
        (Email, Code) = (Text(email), Text(code));
    }
}
