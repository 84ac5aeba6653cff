using System.Globalization;
using System.Text;
using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Rules;
using Berthbook.Server;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Berthbook.Faults;

/// <summary>
/// The server over a copy of a folder, with nothing running in the background, whose every connection that writes is watched.
/// </summary>
sealed class InterleavedWorld : IAsyncDisposable
{
    // So many connections of the accounts an operation has at once, at most.
    const int Connections = 3;

    // What is random, or hashed over what is random; times are the same in all of them.
    static readonly Dictionary<string, string[]> Random = new()
    {
        ["revision"] = ["hash", "bytes"],
        ["personal_text"] = ["commitment", "salt"],
        ["erasure"] = ["hash", "bytes"],
        ["audit"] = ["hash", "bytes"],
        ["audit_text"] = ["commitment", "salt"],
        ["mailed_code"] = ["hash"],
        ["outbox"] = ["message_id", "body"],
        ["account"] = ["security_stamp", "concurrency_stamp", "password_hash"],
    };

    readonly string folder;
    readonly WebApplication app;

    public InterleavedWorld(string template, DateTimeOffset? now = null, bool isSplitting = false)
    {
        Clock = new(now ?? Now);
        folder = Directory.CreateTempSubdirectory("berthbook-interleaved-").FullName;
        File.Copy(Path.Combine(template, "registry.db"), Path.Combine(folder, "registry.db"));
        Store = RegistryStore.Open(folder, Clock);
        var settings = new Settings
        {
            Data = folder,
            Urls = ["http://127.0.0.1:0"],
            LogLevel = LogLevel.None,
            OpenId = new(new("https://provider.example/"), "berthbook", null, "Provider", false),
        };
        Current = new(Snapshot.Of(Store.History, settings.Rules));
        // Built and never started: what runs in the background would come between.
        app = Program.Build(settings, Store, Current, Clock);
        Gate = new() { IsSplitting = isSplitting };
        Gate.Watch(Store.Connection);
        var database = app.Services.GetRequiredService<AccountsDatabase>();
        var watched = Enumerable
            .Range(0, Connections)
            .Select(_ => new SqliteConnection(database.ConnectionString))
            .ToList();
        foreach (var connection in watched)
        {
            connection.Open();
            Gate.Watch(connection);
        }
        // Back in the pool, from which the accounts take theirs.
        foreach (var connection in watched)
            connection.Dispose();
    }

    /// <summary>The day on which all that is held against each other happens.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; }

    public RegistryStore Store { get; }

    public CurrentRegistry Current { get; }

    public StatementGate Gate { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Ends when what was committed is served.</summary>
    public Task SettledAsync() => Current.ServedAsync(Store.History.Revisions.Length);

    /// <summary>Everything that is stored and served, but times and what is random, a line each.</summary>
    public string Read()
    {
        var lines = new List<string>();
        using var connection = KeptFolder.Open(folder);
        foreach (
            var table in Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        )
        {
            var columns = Rows(connection, $"SELECT name FROM pragma_table_info('{table}')")
                .Except(Random.GetValueOrDefault(table, []));
            lines.AddRange(
                Rows(connection, $"SELECT {string.Join(", ", columns)} FROM {table}")
                    .Order(StringComparer.Ordinal)
                    .Select(row => $"{table}: {row}")
            );
        }
        lines.AddRange(Audit(connection));
        foreach (var revision in Store.History.Revisions)
            lines.Add(
                $"revision {revision.Number} of {revision.Request}: {revision.Who} {revision.Why} {revision.Changes.Length}"
            );
        lines.Add(Encoding.UTF8.GetString(CsvFormat.Write(Store.History.Current!)));
        lines.AddRange(RegistryStore.Verify(folder).Faults.Select(fault => $"fault: {fault}"));
        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Store.Dispose();
        Gate.Dispose();
        Directory.Delete(folder, true);
    }

    static List<string> Audit(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT bytes FROM audit ORDER BY number";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            var entry = AuditEntry.Read(reader.GetFieldValue<byte[]>(0));
            lines.Add(
                $"audited {entry.Number} after {entry.LastRevision.Number}: {entry.Account} {entry.Action} {entry.Subject} {entry.IsAllowed} {entry.Rule} {entry.Request} {entry.Version}"
            );
        }
        return lines;
    }

    static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var cells = Enumerable
                .Range(0, reader.FieldCount)
                .Select(column =>
                    reader.GetValue(column) is byte[] bytes
                        ? Encoding.UTF8.GetString(bytes)
                        : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)
                );
            rows.Add(string.Join(" | ", cells));
        }
        return rows;
    }
}
