using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Server.Accounts;

/// <summary>What a token lets its bearer do.</summary>
enum TokenScope
{
    Read,
    Act,
}

/// <summary>Who calls, and by what right: a session's cookie, a token, or nothing. Read anew with each call.</summary>
sealed record Caller
{
    /// <summary>Somebody without session and token.</summary>
    public static Caller Nobody { get; } = new();

    /// <summary>The account with the offices in force; null for nobody.</summary>
    public Actor? Actor { get; init; }

    /// <summary>The scope of the token; null where it is a session.</summary>
    public TokenScope? Scope { get; init; }

    /// <summary>The number of the token; null where it is a session.</summary>
    public int? Token { get; init; }

    /// <summary>The offices held, whether or not they are in force.</summary>
    public Offices Held { get; init; }

    /// <summary>Whether the session, or the one that the token was made in, began with a second factor.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>Whether it is somebody with a session.</summary>
    public bool IsSession => Actor is not null && Scope is null;
}

/// <summary>What is stored of an account that rights depend on.</summary>
sealed record AccountFacts(
    int Account,
    string Name,
    string? Email,
    string? Organization,
    Offices Offices,
    AccountState State,
    string? Stamp,
    ImmutableArray<string> Claims
)
{
    /// <summary>The account as it may act: deciding offices only with a second factor, where that is required.</summary>
    public Caller ToCaller(bool hasSecondFactor, bool isFactorRequired) =>
        new()
        {
            Held = Offices,
            HasSecondFactor = hasSecondFactor,
            Actor = new Actor
            {
                Account = Account,
                Name = Name,
                Email = Email,
                Organization = Organization,
                Offices = hasSecondFactor || !isFactorRequired ? Offices : Offices & ~OfficeWords.Deciding,
                Claims = Claims,
            },
        };
}

/// <summary>Who calls, for endpoints and pages.</summary>
static class CallerOfContext
{
    extension(HttpContext context)
    {
        /// <summary>Who calls.</summary>
        public Caller Caller
        {
            get => context.Features.Get<Caller>() ?? Caller.Nobody;
            set => context.Features.Set(value);
        }

        /// <summary>The account that calls, or null.</summary>
        public Actor? FindActor() => context.Caller.Actor;

        /// <summary>The account that calls; only where the endpoint needs one.</summary>
        public Actor Actor =>
            context.Caller.Actor
            ?? throw new InvalidOperationException("the endpoint lets nobody in without an account");
    }
}
