using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Berthbook.Server.Pages.Account;

/// <summary>One's own account: who one is, how one signs in, tokens, claims, and its end.</summary>
sealed class IndexModel(
    CurrentRegistry current,
    Settings settings,
    Administration administration,
    AccessTokens tokens,
    ContactClaims claims,
    Passwords passwords,
    SecondFactor factor,
    OwnAccount own,
    Closing closing
) : AccountPage(current)
{
    public override string Title => "Your account";

    public ListedAccount Account { get; private set; } = null!;

    /// <summary>The offices that are in force now.</summary>
    public Offices InForce => HttpContext.Actor.Offices;

    public bool HasDecidingOffice =>
        (Account.Offices & OfficeWords.Deciding) != 0 && settings.RequiresSecondFactor;

    public IReadOnlyList<AccessToken> Tokens { get; private set; } = [];

    public ImmutableArray<ContactClaim> Claims { get; private set; } = [];

    /// <summary>A token that was just made, shown once.</summary>
    public NewToken? Made { get; private set; }

    /// <summary>What was done, in words.</summary>
    public string? Done { get; private set; }

    /// <summary>The provider that is tied to the account, or may be; null where there is none.</summary>
    public string? Provider => settings.OpenId?.Name;

    public bool IsTied { get; private set; }

    public void OnGet() => Load();

    public IActionResult OnPostDetails(string? name, string? organization) =>
        Show(own.Change(HttpContext.Actor, Text(name), Text(organization)), "Your data is changed.");

    public async Task<IActionResult> OnPostPasswordAsync(string? current, string? password)
    {
        var (account, refused) = await passwords.ChangeAsync(
            HttpContext.Actor.Account,
            current ?? "",
            password ?? ""
        );
        if (account is not null)
            await Sessions.BeginAsync(HttpContext, account, HttpContext.Caller.HasSecondFactor);
        return Show(refused, "The password is changed; your other sessions have ended.");
    }

    public async Task<IActionResult> OnPostFactorAsync(string? current)
    {
        var number = HttpContext.Actor.Account;
        if (await passwords.CheckAsync(number, current ?? "") is { } refused)
            return Show(refused, "");
        await factor.RemoveAsync(number);
        return LocalRedirect("/account/sign-in");
    }

    public IActionResult OnPostToken(string? name, string? scope, string? days)
    {
        var caller = HttpContext.Caller;
        if (
            Text(name) is not { Length: > 0 and <= 100 } called
            || !TokenWords.TryParse(scope ?? "", out var wanted)
            || !int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var lasts)
            || lasts is < 1 or > AccessTokens.MaxDays
        )
            return Show(OwnAccount.BadToken, "");
        var (token, refused) = tokens.Make(
            caller.Actor!.Account,
            called,
            wanted,
            lasts,
            caller.HasSecondFactor
        );
        Made = token;
        return Show(refused, "The token is made. It is shown only now:");
    }

    public IActionResult OnPostDeleteToken(int id)
    {
        tokens.Delete(HttpContext.Actor, id);
        return Show(null, "The token is deleted.");
    }

    public IActionResult OnPostClaim(string? contact, string? statement) =>
        Show(
            claims
                .Ask(HttpContext.Actor, Text(contact), Text(statement) is { Length: > 0 } said ? said : null)
                .Refused,
            "The claim is made. You will be told by mail."
        );

    public IActionResult OnPostDecide(int number, string? answer, string? evidence) =>
        Show(
            claims.Decide(
                HttpContext.Actor,
                number,
                answer == "confirm",
                Text(evidence) is { Length: > 0 } said ? said : null
            ),
            answer == "confirm" ? "The claim is confirmed." : "The claim is denied."
        );

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        own.NoteSignOut(HttpContext.Actor);
        await Sessions.EndAsync(HttpContext);
        return LocalRedirect("/");
    }

    public async Task<IActionResult> OnPostEndSessionsAsync()
    {
        var account = await own.EndSessionsAsync(HttpContext.Actor);
        await Sessions.BeginAsync(HttpContext, account, HttpContext.Caller.HasSecondFactor);
        return Show(null, "Your other sessions have ended.");
    }

    public async Task<IActionResult> OnPostCloseAsync(string? current)
    {
        if (await own.CheckAsync(HttpContext.Actor, current ?? "") is { } wrong)
            return Show(wrong, "");
        if (closing.Close(HttpContext.Actor) is { } refused)
            return Show(refused, "");
        await Sessions.EndAsync(HttpContext);
        return LocalRedirect("/");
    }

    PageResult Show(Refused? refused, string done)
    {
        Load();
        if (refused is not null)
            return Say(refused with { Field = null });
        Done = done;
        return Page();
    }

    void Load()
    {
        var actor = HttpContext.Actor;
        Account = administration.Find(actor.Account)!;
        Tokens = tokens.Of(actor.Account);
        Claims = claims.For(actor);
        IsTied = Provider is not null && own.IsTied(actor.Account);
    }
}
