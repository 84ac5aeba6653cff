using System.Security.Cryptography;
using System.Text;
using Berthbook.Requests;
using Berthbook.Server.Api;
using Microsoft.Data.Sqlite;

namespace Berthbook.Server.Accounts;

/// <summary>One-time links that make an administrator: for whoever runs the server, who sees its console.</summary>
sealed class AdminLinks(AccountsDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How long a link is good.</summary>
    public static TimeSpan Lasts { get; } = TimeSpan.FromHours(24);

    /// <summary>What is said to a code that is not good.</summary>
    public static Refused Wrong { get; } =
        new(
            ProblemKind.Forbidden,
            "code",
            "This link was used, is older than a day, or a newer one was made; berth-server admin-link prints another.",
            "code"
        );

    /// <summary>
    /// The code of a new link; older ones are void. Null where there is an administrator, unless it is to help out.
    /// </summary>
    public string? Make(bool isRecovery)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return database.Write(connection =>
        {
            if (!isRecovery && HasAdministrator(connection))
                return null;
            connection.Run("DELETE FROM one_time_code WHERE purpose = @purpose", ("@purpose", Purpose));
            connection.Run(
                "INSERT INTO one_time_code (hash, purpose, expires) VALUES (@hash, @purpose, @expires)",
                ("@hash", HashOf(code)),
                ("@purpose", Purpose),
                ("@expires", (clock.GetUtcNow() + Lasts).ToUnixTimeMilliseconds())
            );
            audit.Note(connection, new(0, "admin-link.make", "", true));
            return code;
        });
    }

    /// <summary>The address to open.</summary>
    public static string LinkOf(Settings settings, string code)
    {
        var place =
            settings.PublicUrl?.GetLeftPart(UriPartial.Authority)
            ?? settings
                .Urls[0]
                .Replace("://+", "://localhost", StringComparison.Ordinal)
                .Replace("://*", "://localhost", StringComparison.Ordinal);
        return $"{place.TrimEnd('/')}/account/first?code={code}";
    }

    /// <summary>Whether a code is good, within a transaction; it is not good again.</summary>
    public static bool Redeem(SqliteConnection connection, string code, DateTimeOffset now) =>
        connection.Run(
            "DELETE FROM one_time_code WHERE hash = @hash AND purpose = @purpose AND expires > @now",
            ("@hash", HashOf(code)),
            ("@purpose", Purpose),
            ("@now", now.ToUnixTimeMilliseconds())
        ) == 1;

    /// <summary>Whether a code is good, without using it.</summary>
    public bool IsGood(string code) =>
        database.Read(connection =>
            connection.Number(
                "SELECT count(*) FROM one_time_code WHERE hash = @hash AND purpose = @purpose AND expires > @now",
                ("@hash", HashOf(code)),
                ("@purpose", Purpose),
                ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds())
            ) == 1
        );

    /// <summary>Whether an active account is an administrator.</summary>
    public static bool HasAdministrator(SqliteConnection connection, int besides = 0) =>
        connection.Number(
            "SELECT count(*) FROM account WHERE state = 'active' AND (offices & @office) <> 0 AND id <> @besides",
            ("@office", (int)Offices.Administrator),
            ("@besides", besides)
        ) > 0;

    const string Purpose = "administrator";

    static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
