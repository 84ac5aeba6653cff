using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Berthbook.Server.Api;
using Microsoft.Data.Sqlite;
using QRCoder;

namespace Berthbook.Server.Accounts;

/// <summary>The second factor of accounts: an authenticator's codes, and recovery codes of which only hashes are kept.</summary>
sealed class SecondFactor(
    AccountWriting accounts,
    AuditTrail audit,
    AccountLetters letters,
    TimeProvider clock
)
{
    /// <summary>How many recovery codes an account gets.</summary>
    public const int RecoveryCodes = 10;

    /// <summary>The key that an authenticator is to learn; it counts once a code of it was given. Null where there is a factor.</summary>
    public async Task<string?> BeginAsync(int account) =>
        await accounts.ChangeAsync(async connection =>
        {
            if (await accounts.FindAsync(account) is not { TwoFactorEnabled: false })
                return null;
            var key = Find(connection, account, Pending);
            if (key is null)
            {
                key = Totp.NewKey();
                Put(connection, account, Pending, key);
                audit.Note(connection, new(account, "second-factor.begin", Subject(account), true));
            }
            return key;
        });

    /// <summary>What authenticators read from a link or a picture.</summary>
    public static string LinkOf(string key, string issuer, string email) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(email)}?secret={key}&issuer={Uri.EscapeDataString(issuer)}";

    /// <summary>A picture of a link, to be photographed by an authenticator: an address that holds the whole of it.</summary>
    public static string PictureOf(string link)
    {
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var drawing = new SvgQRCode(code).GetGraphic(4);
        return $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing))}";
    }

    /// <summary>
    /// Puts the factor in force with a code of the key that was begun; gives recovery codes. Other sessions end; a token that
    /// it was done with counts as made with the factor.
    /// </summary>
    public Task<(ImmutableArray<string> Codes, Refused? Refused)> ConfirmAsync(
        int account,
        string code,
        int? token
    ) =>
        accounts.ChangeAsync<(ImmutableArray<string>, Refused?)>(async connection =>
        {
            if (await accounts.FindAsync(account) is not { TwoFactorEnabled: false } stored)
                return ([], AlreadyThere);
            if (
                Find(connection, account, Pending) is not { } key
                || Totp.Match(key, Trim(code), clock.GetUtcNow(), 0) is not { } step
            )
            {
                audit.Note(
                    connection,
                    new(account, "second-factor.confirm", Subject(account), false, "second-factor")
                );
                return ([], SigningIn.WrongCode with { Kind = ProblemKind.Malformed, Field = "code" });
            }
            ImmutableArray<string> codes =
            [
                .. Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode()),
            ];
            Remove(connection, account, Pending);
            Put(connection, account, Key, key);
            // The code that showed it to work may still be the one to sign in with.
            Put(connection, account, Used, (step - 1).ToString(CultureInfo.InvariantCulture));
            Put(connection, account, Recovery, string.Join(' ', codes.Select(HashOf)));
            stored.TwoFactorEnabled = true;
            await accounts.SaveAnewAsync(stored);
            connection.Run("UPDATE access_token SET is_second_factor = 1 WHERE id = @id", ("@id", token));
            letters.Tell(connection, stored, "A second factor was added to your account.");
            audit.Note(connection, new(account, "second-factor.confirm", Subject(account), true));
            return (codes, null);
        });

    /// <summary>Takes the factor away; offices that need one are no longer in force.</summary>
    public Task RemoveAsync(int account) =>
        accounts.ChangeAsync(async connection =>
        {
            if (await accounts.FindAsync(account) is not { TwoFactorEnabled: true } stored)
                return false;
            await DropAsync(connection, stored);
            letters.Tell(connection, stored, "The second factor was removed from your account.");
            audit.Note(connection, new(account, "second-factor.remove", Subject(account), true));
            return true;
        });

    /// <summary>Takes the factor away within a transaction, and ends what was begun with it.</summary>
    public Task DropAsync(SqliteConnection connection, Account account)
    {
        connection.Run("DELETE FROM account_secret WHERE account = @account", ("@account", account.Id));
        connection.Run(
            "UPDATE access_token SET is_second_factor = 0 WHERE account = @account",
            ("@account", account.Id)
        );
        account.TwoFactorEnabled = false;
        return accounts.SaveAnewAsync(account);
    }

    /// <summary>Whether a code is good now, within a transaction; it is not good again.</summary>
    public bool Redeem(SqliteConnection connection, int account, string code)
    {
        code = Trim(code);
        if (Find(connection, account, Key) is { } key && code.Length == 6)
        {
            var last = long.Parse(Find(connection, account, Used) ?? "0", CultureInfo.InvariantCulture);
            if (Totp.Match(key, code, clock.GetUtcNow(), last) is not { } step)
                return false;
            Put(connection, account, Used, step.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        var hashes =
            Find(connection, account, Recovery)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var given = HashOf(code);
        if (!hashes.Contains(given))
            return false;
        Put(connection, account, Recovery, string.Join(' ', hashes.Where(hash => hash != given)));
        return true;
    }

    public static readonly Refused AlreadyThere = new(
        ProblemKind.Conflict,
        "second-factor",
        "The account has a second factor. To change it, remove it first, on the page /account."
    );

    const string Provider = "berthbook";
    const string Pending = "pending";
    const string Key = "key";
    const string Used = "used";
    const string Recovery = "recovery";

    static string Subject(int account) => $"account {account}";

    static string Trim(string code) =>
        new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);

    // 80 bits: no hash of it is found by trying.
    static string NewRecoveryCode()
    {
        var letters = Totp.Base32(RandomNumberGenerator.GetBytes(10));
        return string.Join('-', letters.Chunk(4).Select(part => new string(part)));
    }

    static string HashOf(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Trim(code))));

    static string? Find(SqliteConnection connection, int account, string name) =>
        connection
            .Query(
                "SELECT value FROM account_secret WHERE account = @account AND provider = @provider AND name = @name",
                row => row.TextOrNull(0),
                ("@account", account),
                ("@provider", Provider),
                ("@name", name)
            )
            .SingleOrDefault();

    static void Put(SqliteConnection connection, int account, string name, string value) =>
        connection.Run(
            """
            INSERT INTO account_secret (account, provider, name, value) VALUES (@account, @provider, @name, @value)
            ON CONFLICT (account, provider, name) DO UPDATE SET value = excluded.value
            """,
            ("@account", account),
            ("@provider", Provider),
            ("@name", name),
            ("@value", value)
        );

    static void Remove(SqliteConnection connection, int account, string name) =>
        connection.Run(
            "DELETE FROM account_secret WHERE account = @account AND provider = @provider AND name = @name",
            ("@account", account),
            ("@provider", Provider),
            ("@name", name)
        );
}
