using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Berthbook.Storage;

/// <summary>A registry of one's own in a folder of its own, with the store of its requests.</summary>
sealed class OwnRegistry : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("berthbook-requests-").FullName;

    public OwnRegistry(
        Registry? first = null,
        RuleBook? rules = null,
        bool isAlwaysFresh = false,
        bool isNeverFresh = false
    )
    {
        Registry = RegistryStore.Open(folder, Clock);
        first = Differ.Identify(null, first ?? EmptyRegistry.Create("Harbour", new(2026, 3, 1)), 1);
        Registry.Append(new(Differ.Compare(null, first), "test", "the registry begins", Clock.GetUtcNow()));
        Requests = new(
            Registry,
            RuleSettings.Default,
            Clock,
            rules ?? RuleBook.Standard,
            new(Registry, RuleSettings.Default) { IsAlwaysFresh = isAlwaysFresh, IsNeverFresh = isNeverFresh }
        );
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero));

    public RegistryStore Registry { get; private set; }

    public RequestStore Requests { get; private set; }

    public static Actor Ada { get; } =
        new()
        {
            Account = 1,
            Name = "Ada Example",
            Email = "ada@example.com",
        };

    public static Actor Bob { get; } =
        new()
        {
            Account = 2,
            Name = "Bob Example",
            Email = "bob@example.net",
        };

    public static Actor Registrar { get; } =
        new()
        {
            Account = 3,
            Name = "Rita Registrar",
            Email = "rita@example.org",
            Offices = Offices.Registrar,
        };

    public static Actor Expert { get; } =
        new()
        {
            Account = 4,
            Name = "Eve Expert",
            Email = "eve@example.edu",
            Offices = Offices.ExpertTcpUdp,
        };

    /// <summary>A complete request of somebody for a name, and perhaps a number.</summary>
    public static RequestDocument Asking(Actor by, string name, int? port = null) =>
        new()
        {
            Kind = RequestKind.Assign,
            Name = name,
            Transports = [TransportProtocol.Tcp],
            Port = port is { } number ? new(new PortNumber((ushort)number)) : default,
            Assignee = new() { Name = by.Name, Email = by.Email },
            Contact = new() { Name = by.Name, Email = by.Email },
            Description = $"Fruit of the kind {name}",
            Reference = "Reports how ripe the fruit in a store is, over a connection that stays open.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
            WhyNotDynamic = port is null ? null : "Stores are found before anything can tell them a number.",
        };

    public static RequestCall Call(Actor by, string name = "request.test") => new(by) { Name = name };

    public static IdempotencyKey Key(string text, byte content = 1) => new(text, [content]);

    public async Task<CallOutcome> SubmitAsync(Actor by, params RequestDocument[] documents) =>
        await Requests.SubmitAsync(documents, isDraft: false, Call(by, "request.submit"));

    public async Task<CallOutcome> TakeAsync(int number, Actor by, RequestMove move) =>
        await Requests.ChangeAsync(
            number,
            (request, hearing) => request.Take(move, by, hearing),
            null,
            Call(by, $"request.{move.Action.Word()}")
        );

    /// <summary>What is in a column of the database, over another connection.</summary>
    public List<string> Rows(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return rows;
    }

    /// <summary>Changes the database behind the store's back.</summary>
    public void Change(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Closes and opens it again, as a restart does.</summary>
    public void Restart()
    {
        Requests.Dispose();
        Registry.Dispose();
        Registry = RegistryStore.Open(folder, Clock);
        Requests = new(Registry, RuleSettings.Default, Clock);
    }

    /// <summary>What is wrong with the journal and the audit.</summary>
    public IReadOnlyList<string> Faults => Registry.Verify().Faults;

    public ImmutableArray<RegistryRecord> Named(string name) =>
        [
            .. Registry.History.Current!.Records.Where(record =>
                string.Equals(record.Name?.Text, name, StringComparison.OrdinalIgnoreCase)
            ),
        ];

    public void Dispose()
    {
        Requests.Dispose();
        Registry.Dispose();
        Directory.Delete(folder, true);
    }

    SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={folder}/registry.db;Pooling=False");
        connection.Open();
        return connection;
    }
}
