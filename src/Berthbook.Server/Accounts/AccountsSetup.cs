using Berthbook.Server.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Berthbook.Server.Accounts;

/// <summary>What accounts are made of; only a registry of one's own has them.</summary>
static class AccountsSetup
{
    public static void AddAccounts(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<AccountsDatabase>();
        services.AddSingleton<AccountReading>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<RefusedAttempts>();
        services.AddSingleton<Sessions>();
        if (settings.Mode == RegistryMode.Mirror)
        {
            services.KeepNoKeys();
            return;
        }
        services.Configure<MvcOptions>(mvc => mvc.Filters.Add<ForgedPosts>());
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<AccountLetters>();
        services.AddSingleton<AdminLinks>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<Closing>();
        services.AddSingleton<ContactClaims>();
        services.AddScoped<AccountWriting>();
        services.AddScoped<Administration>();
        services.AddScoped<OwnAccount>();
        services.AddScoped<Passwords>();
        services.AddScoped<Registration>();
        services.AddScoped<SecondFactor>();
        services.AddScoped<SigningIn>();
        services.AddDbContext<AccountsContext>(
            (provider, options) =>
            {
                var database = provider.GetRequiredService<AccountsDatabase>();
                options.UseSqlite(database.ConnectionString).AddInterceptors(database);
            }
        );
        services
            .AddIdentityCore<Account>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = "";
                identity.Password.RequiredLength = PasswordRules.Shortest;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddUserStore<UserOnlyStore<Account, AccountsContext, int>>()
            .AddTokenProvider<DataProtectorTokenProvider<Account>>(TokenOptions.DefaultProvider);
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
        services.Configure<DataProtectionTokenProviderOptions>(codes =>
            codes.TokenLifespan = TimeSpan.FromDays(1)
        );
        services.KeepKeys(settings);
        var authentication = services
            .AddAuthentication()
            .AddCookie(Sessions.Whole, cookie => Shape(cookie, settings, Sessions.Whole, Sessions.Longest))
            .AddCookie(Sessions.Half, cookie => Shape(cookie, settings, Sessions.Half, Sessions.HalfLongest))
            .AddCookie(
                Sessions.External,
                cookie => Shape(cookie, settings, Sessions.External, Sessions.HalfLongest)
            );
        if (settings.OpenId is not null)
            services.AddScoped<OpenIdSignIn>();
        OpenIdSignIn.Add(authentication, settings);
        services.Configure<AntiforgeryOptions>(form =>
        {
            Shape(form.Cookie, settings, "form");
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.FormFieldName = "form";
            // The guard says more of it.
            form.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>The addresses of accounts that are no pages.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder app, Settings settings)
    {
        if (settings is { Mode: RegistryMode.Own, OpenId: not null })
            app.MapGet(OpenIdSignIn.Callback, OpenIdSignIn.AnswerAsync).ExcludeFromDescription();
    }

    /// <summary>The name of a cookie: under <c>__Host-</c>, which browsers hold to one host over https, where it is that.</summary>
    public static void Shape(CookieBuilder cookie, Settings settings, string name)
    {
        cookie.Name = (settings.IsHttps ? "__Host-berthbook-" : "berthbook-") + name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    static void Shape(CookieAuthenticationOptions options, Settings settings, string name, TimeSpan longest)
    {
        Shape(options.Cookie, settings, name);
        options.ExpireTimeSpan = longest;
        options.SlidingExpiration = false;
    }
}
