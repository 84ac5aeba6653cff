using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Faults;

/// <summary>A folder with an empty registry of one's own, and accounts with tokens that need no signing in.</summary>
static class OwnFolder
{
    /// <summary>How many applicants there are: accounts 1 to 8.</summary>
    public const int Applicants = 8;

    public const int Expert = 9;
    public const int Registrar = 10;
    public const int Administrator = 11;

    /// <summary>Makes the folder.</summary>
    public static void Make(string folder)
    {
        using var store = RegistryStore.Open(folder, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        var registry = EmptyRegistry.Create("Harbour Ports", DateOnly.FromDateTime(now.UtcDateTime));
        var identified = Differ.Identify(null, registry, store.History.NextRecordId);
        store.Append(new(Differ.Compare(null, identified), "operator", "begin", now));
        store.Writer.Run(connection =>
        {
            AddAccounts(connection, now);
            return 0;
        });
    }

    /// <summary>Adds the accounts and their tokens to a registry that is there.</summary>
    public static void AddAccounts(SqliteConnection connection, DateTimeOffset now)
    {
        for (var account = 1; account <= Administrator; account++)
            Add(connection, account, now);
    }

    /// <summary>The token of an account.</summary>
    public static string TokenOf(int account) => $"{AccessTokens.Prefix}{account:x64}";

    /// <summary>The address of an account.</summary>
    public static string AddressOf(int account) => $"account-{account}@example.org";

    static void Add(SqliteConnection connection, int account, DateTimeOffset now)
    {
        var offices =
            account == Expert ? Offices.ExpertTcpUdp
            : account == Registrar ? Offices.Registrar
            : account == Administrator ? Offices.Administrator
            : Offices.None;
        Run(
            connection,
            """
            INSERT INTO account (id, name, email, email_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, offices, state, created)
            VALUES (@id, @name, @email, 1, 1, 0, 0, @offices, 'active', 0)
            """,
            ("@id", account),
            ("@name", $"Somebody {account}"),
            ("@email", AddressOf(account)),
            ("@offices", (int)offices)
        );
        Run(
            connection,
            """
            INSERT INTO access_token (account, hash, name, scope, is_second_factor, created, expires)
            VALUES (@account, @hash, 'test', 'act', 1, 0, @expires)
            """,
            ("@account", account),
            ("@hash", AccessTokens.HashOf(TokenOf(account))),
            ("@expires", now.AddDays(30).ToUnixTimeMilliseconds())
        );
    }

    static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
