using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Sessions of the pages: a cookie with the account's number and stamp, and whether it began with a second factor. What
/// the account may do is never in it.
/// </summary>
sealed class Sessions(AccountReading accounts)
{
    /// <summary>The cookie of those who are signed in.</summary>
    public const string Whole = "session";

    /// <summary>The cookie of those whose password was right and whose second factor is still asked for.</summary>
    public const string Half = "half";

    /// <summary>The cookie between the provider's answer and what is made of it.</summary>
    public const string External = "external";

    /// <summary>How long a session lasts at most.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(12);

    /// <summary>How long one may look for the second factor.</summary>
    public static TimeSpan HalfLongest { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Begins a session, a new one whatever the browser had.</summary>
    public static Task BeginAsync(HttpContext context, Account account, bool hasSecondFactor) =>
        SignInAsync(context, Whole, account, hasSecondFactor);

    /// <summary>Begins what only the second factor makes a session.</summary>
    public static Task BeginHalfAsync(HttpContext context, Account account) =>
        SignInAsync(context, Half, account, hasSecondFactor: false);

    /// <summary>Ends the session of this browser.</summary>
    public static async Task EndAsync(HttpContext context)
    {
        await context.SignOutAsync(Whole);
        await context.SignOutAsync(Half);
        await context.SignOutAsync(External);
    }

    /// <summary>Who has the session of a request; nobody where there is none, or it has ended.</summary>
    public async Task<Caller> FindAsync(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Whole);
        if (ticket.Principal is not { } principal || Read(principal) is not var (account, stamp, hasFactor))
            return Caller.Nobody;
        if (accounts.OfSession(account, stamp, hasFactor) is not { } caller)
            return Caller.Nobody;
        // Ties the tokens of forms to the account.
        context.User = principal;
        return caller;
    }

    /// <summary>The account whose second factor is asked for, or null.</summary>
    public async Task<int?> FindHalfAsync(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Half);
        return
            ticket.Principal is { } principal
            && Read(principal) is var (account, stamp, _)
            && accounts.OfSession(account, stamp, hasSecondFactor: false) is not null
            ? account
            : null;
    }

    const string Number = ClaimTypes.NameIdentifier;
    const string Stamp = "stamp";
    const string Factor = "factor";

    static Task SignInAsync(HttpContext context, string scheme, Account account, bool hasSecondFactor)
    {
        List<Claim> claims =
        [
            new(Number, account.Id.ToString(CultureInfo.InvariantCulture)),
            new(Stamp, account.SecurityStamp!),
        ];
        if (hasSecondFactor)
            claims.Add(new(Factor, "given"));
        return context.SignInAsync(scheme, new(new ClaimsIdentity(claims, scheme)));
    }

    static (int Account, string Stamp, bool HasFactor)? Read(ClaimsPrincipal principal) =>
        int.TryParse(principal.FindFirstValue(Number), CultureInfo.InvariantCulture, out var account)
        && principal.FindFirstValue(Stamp) is { Length: > 0 } stamp
            ? (account, stamp, principal.HasClaim(claim => claim.Type == Factor))
            : null;
}
