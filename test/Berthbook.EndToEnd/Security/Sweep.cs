using System.Security.Cryptography;
using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Security;

/// <summary>What the sweeps over all endpoints share.</summary>
static class Sweep
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every endpoint that has an address.</summary>
    public static List<RouteEndpoint> Endpoints(RunningServer server) =>
        [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>The address of an endpoint with values for its parameters.</summary>
    public static string AddressOf(RouteEndpoint endpoint, Func<string, string> valueOf) =>
        "/"
        + string.Join(
            '/',
            endpoint.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternParameterPart parameter => valueOf(parameter.Name),
                            _ => "",
                        }
                    )
                )
            )
        );

    /// <summary>The cookie of a session that begins now, as after a sign-in with a second factor.</summary>
    public static async Task<string> SessionAsync(RunningServer server, int account)
    {
        using var scope = server.Services.CreateScope();
        var stored = await scope.ServiceProvider.GetRequiredService<AccountWriting>().FindAsync(account);
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await Sessions.BeginAsync(context, stored!, hasSecondFactor: true);
        return context.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    /// <summary>A digest of every row of every table, but for the tables named.</summary>
    public static Dictionary<string, HashSet<string>> Rows(RunningServer server, params string[] without)
    {
        var folder = server.Services.GetRequiredService<Server.Settings>().Data;
        using var connection = new SqliteConnection($"Data Source={folder}/registry.db;Pooling=False");
        connection.Open();
        var tables = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            if (!without.Contains(table) && !table.StartsWith("sqlite_", StringComparison.Ordinal))
                tables.Add(table, [.. Read(connection, $"SELECT * FROM \"{table}\"")]);
        }
        return tables;
    }

    /// <summary>The tables whose rows differ.</summary>
    public static List<string> Differing(
        Dictionary<string, HashSet<string>> before,
        Dictionary<string, HashSet<string>> after
    ) => [.. before.Where(table => !table.Value.SetEquals(after[table.Key])).Select(table => table.Key)];

    static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        // The use of a token is no attempt of its own.
                        .Where(i => reader.GetName(i) != "last_used")
                        .Select(i =>
                            reader.GetValue(i) is byte[] bytes
                                ? Convert.ToHexString(SHA256.HashData(bytes))
                                : $"{reader.GetValue(i)}"
                        )
                )
            );
        return rows;
    }
}

/// <summary>Counts how often a password reaches the hash.</summary>
sealed class CountedHashes(IPasswordHasher<Account> inner) : IPasswordHasher<Account>
{
    int count;
    int made;

    /// <summary>How many passwords were compared.</summary>
    public int Count => count;

    /// <summary>How many were compared or made.</summary>
    public int All => count + made;

    public string HashPassword(Account user, string password)
    {
        Interlocked.Increment(ref made);
        return inner.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(
        Account user,
        string hashedPassword,
        string providedPassword
    )
    {
        Interlocked.Increment(ref count);
        return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
