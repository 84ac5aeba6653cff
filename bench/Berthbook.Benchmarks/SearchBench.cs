using System.Globalization;
using Berthbook.Search;
using Microsoft.Data.Sqlite;

namespace Berthbook.Benchmarks;

/// <summary>
/// Searches beside SQLite's FTS5 with trigrams, on the same text: name and description of every record with one port
/// number. The text and our times are written for the peers that run on node (<c>bench/search.mjs</c>).
/// </summary>
static class SearchBench
{
    const int Repeats = 50;
    const int Limit = 10;
    const string Folder = "artifacts/bench";

    static readonly string[] Words = ["mail", "http", "remote desk", "domain name", "database"];
    static readonly string[] Misspelt = ["postgers", "kerberso", "telent", "bittorent"];

    public static void Run(Measured measured)
    {
        var lines = Lines(measured.Registry);
        var search = new RegistrySearch(lines);
        using var peer = Fts5(lines);
        Require(search, lines, peer);
        Directory.CreateDirectory(Folder);
        File.WriteAllLines(
            Path.Combine(Folder, "search-lines.tsv"),
            lines.Records.Select(record => $"{record.Name}\t{record.Description.OneLine}")
        );
        var ours = new List<string>();
        Console.WriteLine(
            $"### Search, {lines.Records.Length:N0} lines of name and description, us a query\n"
        );
        Console.WriteLine(
            "| query | SQLite FTS5 trigram, count | top 10 ranked | Berthbook, top 10 ranked with count | ratio to count | to ranked |"
        );
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var query in Words.Concat(Misspelt))
        {
            var match = Misspelt.Contains(query)
                ? string.Join(
                    " OR ",
                    Enumerable.Range(0, query.Length - 2).Select(i => Quoted(query.Substring(i, 3)))
                )
                : string.Join(" AND ", query.Split(' ').Select(Quoted));
            var times = Rounds.Of(
                measured.Rounds,
                new("count", () => Repeat(() => Count(peer, match))),
                new("ranked", () => Repeat(() => Ranked(peer, match))),
                new("ours", () => Repeat(() => search.Find(query, Limit).Total))
            );
            var (count, ranked, own) = (Each(times["count"]), Each(times["ranked"]), Each(times["ours"]));
            ours.Add(Row($"{query}\t{own:f1}\t{search.Find(query, 1).Items[0].Title}"));
            Console.WriteLine(
                Row(
                    $"| {query} | {count:f1} | {ranked:f1} | {own:f1} | {own / count:f2} | {own / ranked:f2} |"
                )
            );
        }
        Console.WriteLine();
        File.WriteAllLines(Path.Combine(Folder, "search-times.tsv"), ours);
        Whole(measured);
    }

    // What it costs to be ready, and a search of all text that there is.
    static void Whole(Measured measured)
    {
        var search = new RegistrySearch(measured.Registry);
        var times = Rounds.Of(
            measured.Rounds,
            new("build", () => _ = new RegistrySearch(measured.Registry)),
            new("mail", () => Repeat(() => search.Find("mail", Limit).Total)),
            new("443", () => Repeat(() => search.Find("443", Limit).Total)),
            new("postgers", () => Repeat(() => search.Find("postgers", Limit).Total)),
            new("e", () => Repeat(() => search.Find("e", Limit).Total))
        );
        Console.WriteLine($"### Search, all text of {measured.Registry.Records.Length:N0} records\n");
        Console.WriteLine(
            Row($"- ready after {times["build"].Median:f1} ms (fastest {times["build"].Fastest:f1})")
        );
        foreach (var (query, time) in times.Skip(1))
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            search.Find(query, Limit);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Console.WriteLine(
                Row(
                    $"- {query}: {Each(time):f1} us, {search.Find(query, 1).Total} found, {bytes:N0} bytes allocated"
                )
            );
        }
        Console.WriteLine();
    }

    // The same lines as tables of ports have: a name, one number, a transport protocol.
    static Registry Lines(Registry registry) =>
        new(
            registry.Header,
            [
                .. registry
                    .Records.Where(record =>
                        record is { Name: not null, Transport: not null, Number.IsSingle: true }
                    )
                    .DistinctBy(record => (record.Number, record.Transport))
                    .Select(record => new RegistryRecord
                    {
                        Name = record.Name,
                        Number = record.Number,
                        Transport = record.Transport,
                        Description = new(record.Description.OneLine),
                    }),
            ],
            []
        );

    static SqliteConnection Fts5(Registry lines)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        Run(connection, "CREATE VIRTUAL TABLE line USING fts5(name, description, tokenize='trigram')");
        using (var insert = connection.CreateCommand())
        {
            insert.CommandText = "INSERT INTO line (name, description) VALUES (@name, @description)";
            var name = insert.Parameters.Add("@name", SqliteType.Text);
            var description = insert.Parameters.Add("@description", SqliteType.Text);
            foreach (var record in lines.Records)
            {
                (name.Value, description.Value) = (record.Name!.Value.Text, record.Description.OneLine);
                insert.ExecuteNonQuery();
            }
        }
        Run(connection, "INSERT INTO line (line) VALUES ('optimize')");
        transaction.Commit();
        return connection;
    }

    static long Count(SqliteConnection peer, string match)
    {
        using var command = peer.CreateCommand();
        command.CommandText = "SELECT count(*) FROM line WHERE line MATCH @match";
        command.Parameters.AddWithValue("@match", match);
        return (long)command.ExecuteScalar()!;
    }

    static long Ranked(SqliteConnection peer, string match)
    {
        using var command = peer.CreateCommand();
        command.CommandText = "SELECT name FROM line WHERE line MATCH @match ORDER BY rank LIMIT 10";
        command.Parameters.AddWithValue("@match", match);
        using var reader = command.ExecuteReader();
        var letters = 0L;
        while (reader.Read())
            letters += reader.GetString(0).Length;
        return letters;
    }

    // Both find every line that a plain scan finds.
    static void Require(RegistrySearch search, Registry lines, SqliteConnection peer)
    {
        foreach (var word in Words.Where(word => !word.Contains(' ')))
        {
            var plain = lines
                .Records.Where(record =>
                    record.Name!.Value.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
                    || record.Description.OneLine.Contains(word, StringComparison.OrdinalIgnoreCase)
                )
                .ToList();
            var found = search.Covered(word);
            if (!plain.All(found.Contains) || Count(peer, Quoted(word)) != plain.Count)
                throw new InvalidOperationException($"not every line with {word} is found");
        }
    }

    static void Repeat(Func<long> query)
    {
        var sum = 0L;
        for (var i = 0; i < Repeats; i++)
            sum += query();
        GC.KeepAlive(sum);
    }

    static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    static string Quoted(string word) => $"\"{word}\"";

    static double Each((double Median, double Fastest) time) => time.Median * 1000 / Repeats;

    static string Row(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
