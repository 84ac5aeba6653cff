using Berthbook.Journal;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Faults;

/// <summary>
/// What a folder holds after a disturbance, held against what was acknowledged: nothing lost, and nothing half done: an assigned
/// request has its one revision, its audit entries and each of its letters once, and nobody else has any.
/// </summary>
static class KeptFolder
{
    // The letters that a request owes by what it came to: receipt and review, approval, carrying out.
    static readonly Dictionary<string, int> Letters = new()
    {
        ["in-review"] = 2,
        ["approved"] = 3,
        ["assigned"] = 4,
    };

    sealed record Row(int Number, int Version, string State, string Name, int Steps, int? Revision);

    /// <summary>Each acknowledgement that is not kept, in words.</summary>
    public static List<string> Lost(
        string folder,
        IReadOnlyDictionary<string, (int Number, Reached Reached)> acknowledged
    )
    {
        using var connection = Open(folder);
        var rows = Rows(connection).ToDictionary(row => row.Number);
        var lost = new List<string>();
        foreach (var (name, (number, reached)) in acknowledged)
        {
            if (!rows.TryGetValue(number, out var row) || row.Name != name)
                lost.Add($"request {number} for {name} is not there");
            else if (ReachedBy(connection, row) < reached)
                lost.Add($"request {number} for {name} is {row.State}, acknowledged was {reached}");
        }
        return lost;
    }

    /// <summary>Each thing that is half done, in words.</summary>
    public static List<string> HalfDone(string folder)
    {
        var half = new List<string>();
        using (var connection = Open(folder))
        {
            var rows = Rows(connection);
            var audited = Audited(connection);
            var made = RevisionsMade(folder);
            var letters = Counts(
                connection,
                "SELECT request, count(*) FROM outbox WHERE request IS NOT NULL GROUP BY request"
            );
            var clocks = Counts(connection, "SELECT request, count(*) FROM clock GROUP BY request");
            foreach (var row in rows)
            {
                var isAssigned = row.State == "assigned";
                if (isAssigned != row.Revision is not null)
                    half.Add($"request {row.Number} is {row.State} with revision {row.Revision}");
                if (
                    !made.GetValueOrDefault(row.Number, [])
                        .SequenceEqual(row.Revision is { } one ? [one] : [])
                )
                    half.Add(
                        $"request {row.Number} made the revisions {string.Join(", ", made.GetValueOrDefault(row.Number, []))}"
                    );
                if (
                    !audited
                        .GetValueOrDefault(row.Number, [])
                        .Order()
                        .SequenceEqual(Enumerable.Range(1, row.Version))
                )
                    half.Add(
                        $"request {row.Number} of version {row.Version} has {audited.GetValueOrDefault(row.Number, []).Count} audit entries"
                    );
                // A name alone is granted at once: a receipt and a decision.
                var owed = isAssigned && row.Version == 1 ? 2 : Letters[row.State];
                if (letters.GetValueOrDefault(row.Number) != owed)
                    half.Add(
                        $"request {row.Number} ({row.State}) has {letters.GetValueOrDefault(row.Number)} letters, owed are {owed}"
                    );
                var running = row.State == "in-review" && row.Steps == 1 ? 3 : 0;
                if (clocks.GetValueOrDefault(row.Number) != running)
                    half.Add(
                        $"request {row.Number} ({row.State}, {row.Steps} steps) has {clocks.GetValueOrDefault(row.Number)} clocks"
                    );
            }
            var numbers = rows.Select(row => row.Number).ToHashSet();
            half.AddRange(
                made.Keys.Except(numbers).Select(number => $"a revision without its request {number}")
            );
            half.AddRange(
                audited.Keys.Except(numbers).Select(number => $"an audit entry without its request {number}")
            );
            half.AddRange(
                letters.Keys.Except(numbers).Select(number => $"a letter without its request {number}")
            );
            half.AddRange(
                rows.GroupBy(row => row.Name)
                    .Where(same => same.Count() > 1)
                    .Select(same =>
                        $"{same.Key} has the requests {string.Join(", ", same.Select(row => row.Number))}"
                    )
            );
        }
        var report = RegistryStore.Verify(folder);
        half.AddRange(report.Faults);
        return half;
    }

    static Reached ReachedBy(SqliteConnection connection, Row row)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT count(*) FROM request_step WHERE request = @request AND action = 'recommend'";
        command.Parameters.AddWithValue("@request", row.Number);
        return row.State switch
        {
            "assigned" => Reached.Assigned,
            "approved" => Reached.Approved,
            _ => Convert.ToInt32(command.ExecuteScalar(), null) > 0 ? Reached.Recommended : Reached.Submitted,
        };
    }

    static List<Row> Rows(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT number, version, state, json_extract(CAST(document AS TEXT), '$.name'),
                (SELECT count(*) FROM request_step WHERE request = request.number),
                (SELECT max(revision) FROM request_step WHERE request = request.number)
            FROM request
            """;
        using var reader = command.ExecuteReader();
        var rows = new List<Row>();
        while (reader.Read())
            rows.Add(
                new(
                    reader.GetInt32(0),
                    reader.GetInt32(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    reader.GetInt32(4),
                    reader.IsDBNull(5) ? null : reader.GetInt32(5)
                )
            );
        return rows;
    }

    // The versions of each request that were entered as done.
    static Dictionary<int, List<int>> Audited(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, hash, bytes FROM audit ORDER BY number";
        using var reader = command.ExecuteReader();
        var versions = new Dictionary<int, List<int>>();
        var previous = new string('0', 64);
        while (reader.Read())
        {
            var entry = AuditEntry.Read(reader.GetFieldValue<byte[]>(2), reader.GetInt32(0), previous);
            previous = entry.Hash;
            if (entry is not { IsAllowed: true, Request: { } request, Version: { } version })
                continue;
            if (!versions.TryGetValue(request, out var known))
                versions[request] = known = [];
            known.Add(version);
        }
        return versions;
    }

    static Dictionary<int, List<int>> RevisionsMade(string folder)
    {
        using var store = RegistryStore.OpenForReading(folder);
        return store
            .History.Revisions.Where(revision => revision.Request is not null)
            .GroupBy(revision => revision.Request!.Value)
            .ToDictionary(made => made.Key, made => made.Select(revision => revision.Number).ToList());
    }

    static Dictionary<int, int> Counts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var counts = new Dictionary<int, int>();
        while (reader.Read())
            counts.Add(reader.GetInt32(0), reader.GetInt32(1));
        return counts;
    }

    /// <summary>A connection beside those of the server.</summary>
    public static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder, "registry.db"),
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 30,
            }.ToString()
        );
        connection.Open();
        return connection;
    }
}
