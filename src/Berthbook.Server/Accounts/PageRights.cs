using Berthbook.Requests;

namespace Berthbook.Server.Accounts;

/// <summary>Who may use which page, by its address. A page that is not here is closed.</summary>
static class PageRights
{
    /// <summary>What a page needs, given its address as routes write it.</summary>
    public static IReadOnlyList<Requirement> Of(string route) =>
        route.Trim('/').Split('/') switch
        {
            [
                ""
                or "ports"
                or "services"
                or "contacts"
                or "changes"
                or "request"
                or "requests"
                or "error",
                ..,
            ] => [ForEverybody.Alone],
            [
                "account",
                "sign-in"
                or "new"
                or "confirm"
                or "reset"
                or "first"
                or "second-factor"
                or "provider"
                or "external",
                ..,
            ] => [ForEverybody.Alone],
            ["account", ..] => [new NeedsSession()],
            ["admin", "audit", ..] => [new NeedsSession(), new NeedsOffice(Offices.Auditor)],
            ["admin", ..] => [new NeedsSession(), new NeedsOffice(Offices.Administrator)],
            ["review", ..] => [new NeedsSession(), new NeedsOffice(OfficeWords.Experts)],
            ["desk", ..] => [new NeedsSession(), new NeedsOffice(Offices.Registrar | Offices.Approver)],
            _ => [],
        };

    /// <summary>Whether a page takes posts.</summary>
    public static bool TakesPosts(string route) =>
        route.Trim('/').Split('/')[0]
            is "request"
                or "requests"
                or "account"
                or "admin"
                or "review"
                or "desk";

    /// <summary>Whether posts to a page count against the network address that they come from.</summary>
    public static bool IsLimited(string route) =>
        route.Trim('/')
            is "account/sign-in"
                or "account/new"
                or "account/confirm"
                or "account/reset"
                or "account/first"
                or "account/second-factor";

    /// <summary>Whether only a registry of one's own has a page.</summary>
    public static bool IsOfOwn(PathString path) =>
        path.StartsWithSegments("/account")
        || path.StartsWithSegments("/admin")
        || path.StartsWithSegments("/requests")
        || path.StartsWithSegments("/review")
        || path.StartsWithSegments("/desk");
}
