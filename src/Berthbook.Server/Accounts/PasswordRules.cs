using Berthbook.Server.Api;
using Microsoft.AspNetCore.Identity;

namespace Berthbook.Server.Accounts;

/// <summary>What passwords have to be, and whether one is right, in the same time whether or not there is one.</summary>
sealed class PasswordRules
{
    /// <summary>The fewest characters; nothing else is asked of them.</summary>
    public const int Shortest = 12;

    /// <summary>The most characters.</summary>
    public const int Longest = 256;

    readonly IPasswordHasher<Account> hasher;
    readonly string nobodys;

    public PasswordRules(IPasswordHasher<Account> hasher)
    {
        this.hasher = hasher;
        nobodys = hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
    }

    /// <summary>Why a new password does not do, or null.</summary>
    public static Refused? Judge(string password) =>
        password.Length is >= Shortest and <= Longest
            ? null
            : new(
                ProblemKind.Malformed,
                "password",
                $"A password has {Shortest} to {Longest} characters, any of them; several words do well.",
                "password"
            );

    /// <summary>What is stored of a password.</summary>
    public string HashOf(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>Whether a password is an account's; takes as long where there is no account.</summary>
    public bool IsRight(Account? account, string password)
    {
        var isRight =
            hasher.VerifyHashedPassword(Nobody, account?.PasswordHash ?? nobodys, password)
            != PasswordVerificationResult.Failed;
        return isRight && account?.PasswordHash is not null;
    }

    static readonly Account Nobody = new() { Name = "" };
}
