using Berthbook.Requests;
using Berthbook.Server.Api;

namespace Berthbook.Server.Accounts;

/// <summary>Why somebody may not do something.</summary>
/// <param name="Kind">The kind of answer.</param>
/// <param name="Rule">What refuses it, as the audit says: <c>account</c>, <c>office</c>, <c>password</c>.</param>
/// <param name="Words">What is wrong and what to do.</param>
/// <param name="Field">The member or field that is wrong, or null.</param>
sealed record Refused(ProblemKind Kind, string Rule, string Words, string? Field = null)
{
    /// <summary>After which time to try again; null where time does not help.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>As the API answers it.</summary>
    public Answer ToAnswer() =>
        Field is null
            ? Answer.Problem(Kind, Words)
            : Answer.Problem(Kind, Words, new Fault(null, null, Field, Words));
}

/// <summary>
/// Who may use an endpoint, as its metadata: each requirement is an object of its own and judged by itself. An endpoint
/// without any is closed.
/// </summary>
abstract record Requirement
{
    /// <summary>Why a caller is refused, or null.</summary>
    public abstract Refused? Judge(Caller caller);
}

/// <summary>Everybody may use it.</summary>
sealed record ForEverybody : Requirement
{
    public static ForEverybody Alone { get; } = new();

    public override Refused? Judge(Caller caller) => null;
}

/// <summary>Somebody with a token may use it.</summary>
sealed record NeedsAccount : Requirement
{
    public override Refused? Judge(Caller caller) =>
        caller.Actor is null
            ? new(
                ProblemKind.Unknown,
                "account",
                "This needs an account: send a token, Authorization: Bearer bbt_… (POST /api/v1/tokens makes one)."
            )
            : null;
}

/// <summary>Somebody who signed in on the pages may use it.</summary>
sealed record NeedsSession : Requirement
{
    public override Refused? Judge(Caller caller) =>
        caller.IsSession
            ? null
            : new(ProblemKind.Unknown, "session", "This page is for those who signed in.");
}

/// <summary>A token of a scope, or of a wider one, is needed.</summary>
sealed record NeedsScope(TokenScope Scope) : Requirement
{
    public override Refused? Judge(Caller caller) =>
        caller.IsSession || caller.Scope >= Scope
            ? null
            : new(ProblemKind.Forbidden, "scope", $"This needs a token of scope {TokenWords.Of(Scope)}.");
}

/// <summary>One of some offices is needed, and in force.</summary>
sealed record NeedsOffice(Offices Offices) : Requirement
{
    public override Refused? Judge(Caller caller)
    {
        if (caller.Actor?.IsAny(Offices) == true)
            return null;
        var words = string.Join(" or ", Offices.Words());
        return new(
            ProblemKind.Forbidden,
            "office",
            (caller.Held & Offices) != 0
                ? $"You hold the office {string.Join(" and ", (caller.Held & Offices).Words())}, which is in force only with a "
                    + "second factor: set one up under /account, then sign in with it or make a new token with it."
                : $"This needs the office {words}; an administrator gives it."
        );
    }
}

/// <summary>The words for scopes, in the database and in answers.</summary>
static class TokenWords
{
    public static string Of(TokenScope scope) => scope == TokenScope.Act ? "act" : "read";

    public static TokenScope ScopeOf(string word) => word == "act" ? TokenScope.Act : TokenScope.Read;

    public static bool TryParse(string word, out TokenScope scope)
    {
        scope = ScopeOf(word);
        return word is "act" or "read";
    }
}
