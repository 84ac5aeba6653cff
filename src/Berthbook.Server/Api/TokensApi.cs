using System.Collections.Immutable;
using Berthbook.Server.Accounts;

namespace Berthbook.Server.Api;

/// <summary>A token without its secret.</summary>
sealed record TokenReply(
    int Id,
    string Name,
    string Scope,
    DateTimeOffset Created,
    DateTimeOffset Expires,
    DateTimeOffset? LastUsed,
    bool SecondFactor
);

/// <summary>A token that was just made; the only answer that has the token itself.</summary>
sealed record NewTokenReply(int Id, string Token, string Name, string Scope, DateTimeOffset Expires);

/// <summary>Personal access tokens.</summary>
static class TokensApi
{
    /// <summary>What everything needs that changes something.</summary>
    public static readonly ImmutableArray<object> Acting =
    [
        new NeedsAccount(),
        new NeedsScope(TokenScope.Act),
    ];

    /// <summary>How those are refused who are known, or not.</summary>
    public static readonly ImmutableArray<ProblemKind> Refusing =
    [
        ProblemKind.Unknown,
        ProblemKind.Forbidden,
        ProblemKind.Conflict,
        ProblemKind.TooMany,
    ];

    static readonly BodyShape Wanted = new(
        "NewToken",
        new("name", "What the token is called, for its owner to tell it from others.", Most: 100),
        new("scope", "read: reads what its account may see; act: does what its account may do."),
        new(
            "days",
            $"How many days it lasts, at most {AccessTokens.MaxDays}.",
            Kind: BodyMemberKind.Number,
            Most: AccessTokens.MaxDays
        ),
        new("email", "The e-mail address of the account, where no token is sent.", false),
        new("password", "The password of the account, where no token is sent.", false),
        new("secondFactor", "The code of the second factor, where the account has one.", false)
    );

    static readonly ApiOperation Make = new(
        "makeToken",
        "/tokens",
        "Makes a token, with an e-mail address and a password or with another token of scope act",
        typeof(NewTokenReply),
        MakeAsync
    )
    {
        Body = Wanted.ToBody(),
        Status = StatusCodes.Status201Created,
        Requirements = [ForEverybody.Alone, Limited.ByAddress],
        Problems = Refusing,
        IsOfOwn = true,
    };

    static readonly ApiOperation List = new(
        "listTokens",
        "/tokens",
        "One's own tokens, without their secrets",
        typeof(ListReply<TokenReply>),
        ListAll
    )
    {
        Query = [Parameter.Page, Parameter.PageSize],
        Requirements = [new NeedsAccount()],
        Problems = [ProblemKind.Unknown],
        IsOfTheMoment = true,
        IsOfOwn = true,
    };

    static readonly ApiOperation Delete = new(
        "deleteToken",
        "/tokens/{id}",
        "Deletes a token; it ends at once",
        typeof(void),
        DeleteOne
    )
    {
        Segments = [new("id", "The number of the token.", ParameterType.Text)],
        Verb = HttpMethods.Delete,
        Requirements = Acting,
        Status = StatusCodes.Status204NoContent,
        MayBeMissing = true,
        IsOfOwn = true,
    };

    public static IReadOnlyList<ApiOperation> All { get; } = [Make, List, Delete];

    static async ValueTask<Answer> MakeAsync(Call call)
    {
        var (values, fault) = Wanted.Read(call.Body);
        if (fault is not null)
            return fault;
        if (!TokenWords.TryParse(values["scope"], out var scope))
            return Answer.Malformed("scope", "'scope' takes read or act");
        var (account, hasFactor, refused) = await IdentifyAsync(call, values);
        if (refused is not null)
            return call.Refuse(refused);
        var (token, tooMany) = call.Of<AccessTokens>()
            .Make(account, values["name"], scope, values.Number("days"), hasFactor);
        return token is null
            ? call.Refuse(tooMany!)
            : Answer.Created(
                new(token.Id, token.Secret, token.Name, TokenWords.Of(token.Scope), token.Expires),
                AccountsJson.Default.NewTokenReply
            );
    }

    static async Task<(int Account, bool HasFactor, Refused? Refused)> IdentifyAsync(
        Call call,
        BodyValues values
    )
    {
        if (values.Find("email") is not { } email || values.Find("password") is not { } password)
        {
            var caller = call.Context.Caller;
            var refused = Acting
                .Cast<Requirement>()
                .Select(need => need.Judge(caller))
                .FirstOrDefault(said => said is not null);
            return (caller.Actor?.Account ?? 0, caller.HasSecondFactor, refused);
        }
        var signing = call.Of<SigningIn>();
        var (account, wrong) = await signing.CheckPasswordAsync(email, password);
        if (account is null)
            return (0, false, wrong);
        if (!account.TwoFactorEnabled)
        {
            await signing.WelcomeAsync(account, "password");
            return (account.Id, false, null);
        }
        if (values.Find("secondFactor") is not { } code)
            return (0, false, signing.Note(account, SigningIn.CodeMissing));
        if (await signing.CheckSecondFactorAsync(account, code) is { } other)
            return (0, false, other);
        await signing.WelcomeAsync(account, "password and second factor");
        return (account.Id, true, null);
    }

    static Answer ListAll(Call call)
    {
        var paging = call.Query.Paging();
        if (call.Refusal is { } refusal)
            return refusal;
        return Answer.Ok(
            ListReply.Of([.. call.Of<AccessTokens>().Of(call.Context.Actor.Account)], paging, ReplyOf),
            AccountsJson.Default.ListReplyTokenReply
        );
    }

    static Answer DeleteOne(Call call) =>
        call.Of<AccessTokens>().Delete(call.Context.Actor, call.Number("id"))
            ? Answer.Done
            : Answer.NotFound($"You have no token {call.Segment("id")}.");

    static TokenReply ReplyOf(AccessToken token) =>
        new(
            token.Id,
            token.Name,
            TokenWords.Of(token.Scope),
            token.Created,
            token.Expires,
            token.LastUsed,
            token.HasSecondFactor
        );
}
