using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Berthbook.Requests;
using Microsoft.Data.Sqlite;

namespace Berthbook.Authorization;

/// <summary>
/// Those who try: an account each, put into the database with a token. The order is that of the columns of the expected
/// answers.
/// </summary>
sealed class Subjects
{
    /// <summary>The names of all, as the files of expected answers head their columns.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "nobody",
        "owner",
        "other",
        "holder",
        "expert",
        "colleague",
        "sctp",
        "dccp",
        "approver",
        "registrar",
        "admin",
        "auditor",
        "one-factor",
        "stopped",
        "expired",
        "read-only",
    ];

    readonly Dictionary<string, (int Account, string? Token)> known = new(StringComparer.Ordinal);

    /// <summary>The clerk who owns what only a registrar asks for.</summary>
    public const string Clerk = "clerk";

    /// <summary>The number of an account.</summary>
    public int AccountOf(string name) => known[name].Account;

    /// <summary>The token of a subject; null for nobody.</summary>
    public string? TokenOf(string name) => known[name].Token;

    /// <summary>The subject as it acts.</summary>
    public Actor ActorOf(string name) => actors[name];

    readonly Dictionary<string, Actor> actors = new(StringComparer.Ordinal);

    /// <summary>Makes all accounts in a server's database.</summary>
    public static async Task<Subjects> MakeAsync(RunningServer server)
    {
        var subjects = new Subjects();
        var now = server.Clock.GetUtcNow();
        await server.Store.Writer.RunAsync(connection =>
        {
            subjects.known["nobody"] = (0, null);
            subjects.Add(connection, now, "owner", Offices.None, organization: "Dee Instruments");
            subjects.Add(connection, now, "other", Offices.None);
            subjects.Add(connection, now, "holder", Offices.None, claim: "Ada_Holder");
            subjects.Add(connection, now, "expert", Offices.ExpertTcpUdp);
            subjects.Add(connection, now, "colleague", Offices.ExpertTcpUdp, organization: "Dee Instruments");
            subjects.Add(connection, now, "sctp", Offices.ExpertSctp);
            subjects.Add(connection, now, "dccp", Offices.ExpertDccp);
            subjects.Add(connection, now, "approver", Offices.Approver);
            subjects.Add(connection, now, "registrar", Offices.Registrar);
            subjects.Add(connection, now, "admin", Offices.Administrator);
            subjects.Add(connection, now, "auditor", Offices.Auditor);
            subjects.Add(connection, now, "one-factor", (Offices)63, hasFactor: false);
            subjects.Add(connection, now, "stopped", (Offices)63, state: "deactivated");
            subjects.Add(connection, now, "expired", (Offices)63, days: -1);
            subjects.Add(connection, now, "read-only", (Offices)63, scope: "read");
            subjects.Add(connection, now, Clerk, Offices.Registrar);
            return true;
        });
        return subjects;
    }

    void Add(
        SqliteConnection connection,
        DateTimeOffset now,
        string name,
        Offices offices,
        string? organization = null,
        string? claim = null,
        string state = "active",
        bool hasFactor = true,
        int days = 30,
        string scope = "act"
    )
    {
        var email = $"{name}@example.net";
        var secret = "bbt_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var account = (int)Scalar(
            connection,
            """
            INSERT INTO account (user_name, normalized_user_name, name, organization, email, normalized_email,
                email_confirmed, security_stamp, two_factor_enabled, lockout_enabled, access_failed_count, offices, state, created)
            VALUES (@email, upper(@email), @name, @organization, @email, upper(@email), 1, 'stamp', @factor, 1, 0, @offices,
                @state, @now)
            RETURNING id
            """,
            ("@email", email),
            ("@name", $"The {name}"),
            ("@organization", (object?)organization ?? DBNull.Value),
            ("@factor", hasFactor),
            ("@offices", (int)offices),
            ("@state", state),
            ("@now", now.ToUnixTimeMilliseconds())
        );
        Scalar(
            connection,
            """
            INSERT INTO access_token (account, hash, name, scope, is_second_factor, created, expires)
            VALUES (@account, @hash, 'test', @scope, @factor, @now, @expires)
            RETURNING id
            """,
            ("@account", account),
            ("@hash", SHA256.HashData(Encoding.UTF8.GetBytes(secret))),
            ("@scope", scope),
            ("@factor", hasFactor),
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@expires", now.AddDays(days).ToUnixTimeMilliseconds())
        );
        if (claim is not null)
            Scalar(
                connection,
                "INSERT INTO claim (account, contact, state, asked) VALUES (@account, @contact, 'confirmed', @now) RETURNING number",
                ("@account", account),
                ("@contact", claim),
                ("@now", now.ToUnixTimeMilliseconds())
            );
        known[name] = (account, secret);
        actors[name] = new()
        {
            Account = account,
            Name = $"The {name}",
            Email = email,
            Organization = organization,
            Offices = offices,
            Claims = claim is null ? [] : [claim],
        };
    }

    static long Scalar(
        SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object Value)> values
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return (long)command.ExecuteScalar()!;
    }
}
