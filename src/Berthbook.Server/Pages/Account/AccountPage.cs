using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Berthbook.Server.Pages.Account;

/// <summary>What the pages around an account share: why a form was refused, and no twin as JSON.</summary>
abstract class AccountPage(CurrentRegistry current) : RegistryPage(current)
{
    /// <summary>Why what was sent was refused; null where nothing was.</summary>
    public Refused? Said { get; private set; }

    /// <summary>Where the reader wanted to go, a page of this registry.</summary>
    public string To { get; private set; } = "/account";

    public override string? Twin => null;

    /// <summary>Shows the form again with why it was refused.</summary>
    protected PageResult Say(Refused refused)
    {
        Said = refused;
        Response.StatusCode =
            refused.Kind.Status is StatusCodes.Status429TooManyRequests
                ? StatusCodes.Status429TooManyRequests
                : StatusCodes.Status200OK;
        if (refused.Wait is { } wait)
            Response.Headers.RetryAfter = AddressLimits.Seconds(wait);
        return Page();
    }

    /// <summary>Takes where to go to from the address; only a page of this registry.</summary>
    protected void Remember(string? to)
    {
        Response.Headers.CacheControl = Caching.Nobody;
        if (to is not null && Url.IsLocalUrl(to) && to[0] == '/')
            To = to;
    }

    /// <summary>A text of a form, trimmed; empty where there is none.</summary>
    protected static string Text(string? given) => given?.Trim() ?? "";
}
