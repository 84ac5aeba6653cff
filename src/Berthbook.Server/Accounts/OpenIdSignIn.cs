using System.Security.Claims;
using Berthbook.Server.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Berthbook.Server.Accounts;

/// <summary>What a provider says of somebody.</summary>
sealed record Vouched(string Subject, string? Email, bool IsEmailVerified, string Name, bool HasSecondFactor);

/// <summary>
/// Signs in by an OpenID provider (code with PKCE). Somebody new is tied to an account only by being signed in to it, or by
/// an address that the provider verified and the account confirmed by itself.
/// </summary>
sealed class OpenIdSignIn(
    Settings settings,
    AccountWriting accounts,
    UserManager<Account> users,
    SigningIn signing,
    AuditTrail audit,
    TimeProvider clock
)
{
    /// <summary>The scheme of the provider.</summary>
    public const string Scheme = "openid";

    /// <summary>Where the provider sends people back to.</summary>
    public const string Callback = "/account/openid";

    /// <summary>What the provider just said, or null.</summary>
    public async Task<Vouched?> ReadAsync(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Sessions.External);
        if (ticket.Principal is not { } principal || principal.FindFirstValue("sub") is not { } subject)
            return null;
        var email = principal.FindFirstValue("email");
        return new(
            subject,
            email,
            principal.FindFirstValue("email_verified") is "true" or "True",
            principal.FindFirstValue("name") ?? email ?? "somebody",
            settings.OpenId!.IsSecondFactorTrusted
                || principal.FindAll("amr").Any(claim => claim.Value is "mfa" or "otp" or "hwk")
        );
    }

    /// <summary>The account that somebody is let into, or why not.</summary>
    public async Task<(Account? Account, Refused? Refused)> FindAsync(Vouched vouched)
    {
        var account = await accounts.ChangeAsync(async _ =>
            await users.FindByLoginAsync(Scheme, vouched.Subject)
        );
        if (account is null)
        {
            if (
                vouched.Email is not { } email
                || !vouched.IsEmailVerified
                || Registration.JudgeEmail(email) is not null
            )
                return (null, signing.Note(null, NotVerified));
            account = await TieByAddressAsync(vouched, email);
        }
        if (account is null)
            return (null, signing.Note(null, NotConfirmed));
        return account.State == AccountState.Active
            ? (account, null)
            : (null, signing.Note(account, SigningIn.Deactivated));
    }

    /// <summary>Ties the account of somebody who is signed in to what the provider says.</summary>
    public Task<Refused?> TieAsync(int number, Vouched vouched) =>
        accounts.ChangeAsync<Refused?>(async connection =>
        {
            if (await users.FindByLoginAsync(Scheme, vouched.Subject) is { } other)
                return other.Id == number ? null : OfAnother;
            await TieAsync((await accounts.FindAsync(number))!, vouched);
            audit.Note(connection, new(number, "account.tie", $"account {number}", true));
            return null;
        });

    /// <summary>Adds the provider to what people may sign in by.</summary>
    public static void Add(AuthenticationBuilder authentication, Settings settings)
    {
        if (settings.OpenId is not { } provider)
            return;
        authentication.AddOpenIdConnect(
            Scheme,
            provider.Name,
            options =>
            {
                options.Authority = provider.Authority.AbsoluteUri.TrimEnd('/');
                options.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
                options.ClientId = provider.ClientId;
                options.ClientSecret = provider.ClientSecret;
                options.ResponseType = OpenIdConnectResponseType.Code;
                // An answer by address, so that no cookie has to be sent with a post of another site.
                options.ResponseMode = OpenIdConnectResponseMode.Query;
                options.UsePkce = true;
                options.CallbackPath = Callback;
                options.SignInScheme = Sessions.External;
                options.MapInboundClaims = false;
                options.GetClaimsFromUserInfoEndpoint = false;
                options.SaveTokens = false;
                options.Scope.Clear();
                foreach (var scope in (string[])["openid", "profile", "email"])
                    options.Scope.Add(scope);
                Shape(options.CorrelationCookie, settings, "openid-");
                Shape(options.NonceCookie, settings, "nonce-");
                options.Events.OnRemoteFailure = context =>
                {
                    context.HandleResponse();
                    context.Response.Redirect("/account/external?failed=true");
                    return Task.CompletedTask;
                };
            }
        );
    }

    /// <summary>Answers the provider's answer: an endpoint like every other.</summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        var handlers = context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        if (
            await handlers.GetHandlerAsync(context, Scheme) is not IAuthenticationRequestHandler handler
            || !await handler.HandleRequestAsync()
        )
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    static readonly Refused NotVerified = new(
        ProblemKind.Forbidden,
        "provider",
        "The provider does not vouch for an e-mail address of yours. Make an account here, sign in, and tie it to the provider."
    );

    static readonly Refused NotConfirmed = new(
        ProblemKind.Forbidden,
        "provider",
        "There is an account with your e-mail address that did not confirm it. Confirm it, or choose another password for it, "
            + "and come again."
    );

    static readonly Refused OfAnother = new(
        ProblemKind.Conflict,
        "provider",
        "The provider's account is tied to another account here."
    );

    static void Shape(CookieBuilder cookie, Settings settings, string name)
    {
        AccountsSetup.Shape(cookie, settings, name);
        cookie.Expiration = null;
    }

    Task<IdentityResult> TieAsync(Account account, Vouched vouched) =>
        users.AddLoginAsync(account, new(Scheme, vouched.Subject, settings.OpenId!.Name));

    // Null where an account has the address and did not confirm it.
    Task<Account?> TieByAddressAsync(Vouched vouched, string email) =>
        accounts.ChangeAsync(async connection =>
        {
            // Twice at once: the other call tied it meanwhile.
            if (await users.FindByLoginAsync(Scheme, vouched.Subject) is { } tied)
                return tied;
            var account = await accounts.FindAsync(email);
            if (account is { EmailConfirmed: false })
                return null;
            if (account is null)
            {
                account = new()
                {
                    UserName = email,
                    Email = email,
                    EmailConfirmed = true,
                    Name = vouched.Name.Length <= 200 ? vouched.Name : vouched.Name[..200],
                    Created = clock.GetUtcNow(),
                };
                AccountWriting.Require(await users.CreateAsync(account));
                audit.Note(connection, new(account.Id, "account.make", $"account {account.Id}", true));
            }
            AccountWriting.Require(await TieAsync(account, vouched));
            audit.Note(connection, new(account.Id, "account.tie", $"account {account.Id}", true));
            return account;
        });
}
