using System.Collections.Immutable;
using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Account;

/// <summary>Sets up the second factor: the key, the first code, the recovery codes.</summary>
sealed class FactorModel(CurrentRegistry current, SecondFactor factor, AccountWriting accounts)
    : AccountPage(current)
{
    public override string Title => Codes.IsEmpty ? "Set up a second factor" : "Keep these recovery codes";

    /// <summary>The key that an authenticator is to learn.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The same as a link that an authenticator on this device opens.</summary>
    public string Link { get; private set; } = "";

    /// <summary>The recovery codes, shown once; empty before the factor is in force.</summary>
    public ImmutableArray<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await BeginAsync() ? Page() : LocalRedirect("/account");

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        var actor = HttpContext.Actor;
        var (codes, refused) = await factor.ConfirmAsync(actor.Account, Text(code), token: null);
        if (refused is not null)
            return await BeginAsync() ? Say(refused) : LocalRedirect("/account");
        Codes = codes;
        // The stamp is another now, and whoever gave the code is here.
        await Sessions.BeginAsync(
            HttpContext,
            (await accounts.FindAsync(actor.Account))!,
            hasSecondFactor: true
        );
        return Page();
    }

    async Task<bool> BeginAsync()
    {
        var actor = HttpContext.Actor;
        if (await factor.BeginAsync(actor.Account) is not { } key)
            return false;
        Key = string.Join(' ', key.Chunk(4).Select(part => new string(part)));
        Link = SecondFactor.LinkOf(key, Registry.Header.Title, actor.Email ?? actor.Name);
        return true;
    }
}
