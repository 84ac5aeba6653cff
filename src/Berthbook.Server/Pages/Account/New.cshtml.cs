using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>Makes an account; the answer is the same whether or not the address has one.</summary>
sealed class NewModel(CurrentRegistry current, Registration registration) : AccountPage(current)
{
    public override string Title => IsDone ? "Look into your mail" : "Make an account";

    /// <summary>What was given.</summary>
    public NewAccount Given { get; private set; } = new("", "", "", null);

    /// <summary>Whether it was taken.</summary>
    public bool IsDone { get; private set; }

    public void OnGet() => Remember(null);

    public async Task<IActionResult> OnPostAsync(
        string? email,
        string? password,
        string? name,
        string? organization
    )
    {
        Remember(null);
        Given = new(
            Text(email),
            password ?? "",
            Text(name),
            Text(organization) is { Length: > 0 } said ? said : null
        );
        if (await registration.RegisterAsync(Given) is { } refused)
            return Say(refused);
        IsDone = true;
        return Page();
    }
}
