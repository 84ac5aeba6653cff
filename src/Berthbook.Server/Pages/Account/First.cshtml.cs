using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>Makes the first administrator, with the code of <c>admin-link</c>.</summary>
sealed class FirstModel(CurrentRegistry current, AdminLinks links, Registration registration)
    : AccountPage(current)
{
    public override string Title => "Become the administrator";

    public string Code { get; private set; } = "";

    /// <summary>What was given.</summary>
    public NewAccount Given { get; private set; } = new("", "", "", null);

    public IActionResult OnGet(string? code)
    {
        Remember(null);
        Code = Text(code);
        return links.IsGood(Code) ? Page() : Refuse(StatusCodes.Status403Forbidden, AdminLinks.Wrong.Words);
    }

    public async Task<IActionResult> OnPostAsync(string? code, string? email, string? name, string? password)
    {
        Remember(null);
        Code = Text(code);
        Given = new(Text(email), password ?? "", Text(name), null);
        var (account, refused) = await registration.MakeAdministratorAsync(Given, Code);
        if (account is null)
            return refused!.Kind.Status == StatusCodes.Status403Forbidden
                ? Refuse(refused.Kind.Status, refused.Words)
                : Say(refused);
        await Sessions.BeginAsync(HttpContext, account, hasSecondFactor: false);
        return LocalRedirect("/account/factor");
    }
}
