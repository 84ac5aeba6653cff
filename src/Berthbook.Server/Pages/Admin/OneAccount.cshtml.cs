using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Admin;

/// <summary>One account: its offices, and whether it may be used.</summary>
sealed class OneAccountModel(CurrentRegistry current, Administration administration) : RegistryPage(current)
{
    public override string Title => $"Account {Account.Id}: {Account.Name}";

    public override string? Twin => null;

    public override IReadOnlyList<Link> Trail => [new("/admin", "Accounts")];

    public ListedAccount Account { get; private set; } = null!;

    /// <summary>Why a change was refused, or null.</summary>
    public Refused? Said { get; private set; }

    /// <summary>What was done, in words.</summary>
    public string? Done { get; private set; }

    public IActionResult OnGet(int id) => Show(id);

    public async Task<IActionResult> OnPostOfficesAsync(int id, string[] office)
    {
        var offices = Offices.None;
        foreach (var word in office)
        {
            if (!OfficeWords.TryParse(word, out var known))
                return Refuse(StatusCodes.Status400BadRequest, $"There is no office {Words.Cut(word)}.");
            offices |= known;
        }
        Said = await administration.SetOfficesAsync(HttpContext.Actor, id, offices);
        Done = "The offices are changed; the account's sessions have ended.";
        return Show(id);
    }

    public async Task<IActionResult> OnPostDeactivateAsync(int id)
    {
        Said = await administration.DeactivateAsync(HttpContext.Actor, id);
        Done = "The account is deactivated.";
        return Show(id);
    }

    public async Task<IActionResult> OnPostReactivateAsync(int id)
    {
        Said = await administration.ReactivateAsync(HttpContext.Actor, id);
        Done = "The account may be used again.";
        return Show(id);
    }

    IActionResult Show(int id)
    {
        if (administration.Find(id) is not { } account)
            return Refuse(
                StatusCodes.Status404NotFound,
                "There is no such account.",
                new Link("/admin", "Accounts")
            );
        Account = account;
        if (Said is not null)
            Done = null;
        return Page();
    }
}
