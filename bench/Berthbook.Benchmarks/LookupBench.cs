using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Berthbook.Benchmarks;

/// <summary>
/// Port numbers and names to records: the index, .NET's own tables and a binary search with the same records, in turn.
/// 262,144 questions drawn before, each round asked several times over, since a round begins after a collection.
/// </summary>
static class LookupBench
{
    const int Questions = 1 << 18;
    const int Passes = 8;

    // A lookup ends with the list in hand; what is then done with its records is the asker's, and the same for all.
    static ImmutableArray<RegistryRecord> None => ImmutableArray<RegistryRecord>.Empty;

    public static void Run(Measured measured)
    {
        var index = new RegistryIndex(measured.Registry);
        Ports(index, measured.Rounds);
        Names(index, measured.Rounds);
        Console.WriteLine(
            $"Bytes allocated by {4 * Questions:N0} lookups of the index: {Allocated(index)}\n"
        );
        Files(index, measured.Rounds);
    }

    static void Ports(RegistryIndex index, int rounds)
    {
        // One table with all that the index answers, and one with what is assigned alone, as is the binary search.
        var all = new Dictionary<int, ImmutableArray<RegistryRecord>>();
        var table = new Dictionary<int, ImmutableArray<RegistryRecord>>();
        for (var key = 0; key < 4 << 16; key++)
        {
            if (index.Find(PortOf(key), TransportOf(key)) is [_, ..] records)
                all.Add(key, records);
            if (index.Listed(PortOf(key), TransportOf(key)) == PortState.Assigned)
                table.Add(key, index.Find(PortOf(key), TransportOf(key)));
        }
        var frozen = all.ToFrozenDictionary();
        var few = table.ToFrozenDictionary();
        var sorted = table.Keys.Order().ToArray();
        var lists = sorted.Select(key => table[key]).ToArray();
        var random = new Random(443);
        var any = Enumerable.Range(0, Questions).Select(_ => random.Next(2 << 16)).ToArray();
        var assigned = any.Select(_ => sorted[random.Next(sorted.Length)]).ToArray();
        foreach (
            var (words, keys) in new[]
            {
                ("random numbers of TCP and UDP", any),
                ("assigned numbers", assigned),
            }
        )
        {
            var times = Rounds.Of(
                rounds,
                Asked("FrozenDictionary<int, …>", () => Sum(frozen, keys)),
                Asked("the same, of assigned numbers alone", () => Sum(few, keys)),
                Asked("binary search", () => Sum(sorted, lists, keys)),
                Asked("Berthbook", () => Sum(index, keys))
            );
            Print(
                $"Port number to records, {words}, ns",
                times,
                "FrozenDictionary<int, …>",
                "the same, of assigned numbers alone",
                "binary search"
            );
        }
    }

    static void Names(RegistryIndex index, int rounds)
    {
        var table = index.Names.ToDictionary(
            name => name,
            name => index.Find(name),
            StringComparer.OrdinalIgnoreCase
        );
        var frozen = table.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        var spans = frozen.GetAlternateLookup<ReadOnlySpan<char>>();
        var random = new Random(443);
        var names = index.Names.Select((name, i) => i % 2 == 0 ? name.ToUpperInvariant() : name).ToArray();
        var asked = Enumerable.Range(0, Questions).Select(_ => names[random.Next(names.Length)]).ToArray();
        var utf8 = names.ToDictionary(name => name, Encoding.UTF8.GetBytes);
        var bytes = asked.Select(name => utf8[name]).ToArray();
        const string peer = "FrozenDictionary OrdinalIgnoreCase, string";
        var times = Rounds.Of(
            rounds,
            Asked(peer, () => Sum(frozen, asked)),
            Asked("the same, by span", () => Sum(spans, asked)),
            Asked("Berthbook, UTF-16", () => Sum(index, asked)),
            Asked("Berthbook, UTF-8", () => Sum(index, bytes))
        );
        Print($"Name to records, half upper-case, {names.Length:N0} names, ns", times, peer);
    }

    static Case Asked(string name, Action pass) =>
        new(
            name,
            () =>
            {
                for (var i = 0; i < Passes; i++)
                    pass();
            }
        );

    static void Files(RegistryIndex index, int rounds)
    {
        var path = Path.Combine(Path.GetTempPath(), $"berthbook-bench-{Environment.ProcessId}.index");
        using (var written = File.Create(path))
            IndexFile.Write(index, new() { Words = "bench" }, written);
        var random = new Random(443);
        const int repeats = 200;
        var opened = Rounds.Of(
            rounds,
            new("open", () => Repeat(repeats, path, _ => 0)),
            new(
                "open, first port number",
                () =>
                    Repeat(
                        repeats,
                        path,
                        file => file.Find(PortOf(random.Next(1 << 16)), TransportProtocol.Tcp).Length
                    )
            ),
            new("open, first name (https)", () => Repeat(repeats, path, file => file.Find("https").Length)),
            new(
                "open, the whole registry",
                () => Repeat(repeats / 50, path, file => file.Read().Records.Length)
            )
        );
        Console.WriteLine($"### Index file, {new FileInfo(path).Length:N0} bytes\n");
        Console.WriteLine("| case | median us | fastest us |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, (median, fastest)) in opened)
        {
            var each =
                1000.0 / (name.EndsWith("registry", StringComparison.Ordinal) ? repeats / 50 : repeats);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {median * each:f1} | {fastest * each:f1} |"
                )
            );
        }
        Console.WriteLine();
        File.Delete(path);
    }

    static void Repeat(int times, string path, Func<IndexFile, int> ask)
    {
        var found = 0;
        for (var i = 0; i < times; i++)
        {
            using var file = IndexFile.Open(path);
            found += ask(file);
        }
        GC.KeepAlive(found);
    }

    static long Allocated(RegistryIndex index)
    {
        var keys = Enumerable.Range(0, Questions).ToArray();
        var names = index.Names.ToArray();
        var asked = keys.Select((_, i) => names[i % names.Length]).ToArray();
        Sum(index, keys);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Sum(index, keys);
        Sum(index, keys);
        Sum(index, asked);
        Sum(index, asked);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static void Sum(FrozenDictionary<int, ImmutableArray<RegistryRecord>> frozen, int[] keys)
    {
        var found = 0;
        foreach (var key in keys)
            found += frozen.TryGetValue(key, out var records) && records != None ? 1 : 0;
        GC.KeepAlive(found);
    }

    static void Sum(int[] sorted, ImmutableArray<RegistryRecord>[] lists, int[] keys)
    {
        var found = 0;
        foreach (var key in keys)
        {
            var (low, high) = (0, sorted.Length - 1);
            while (low <= high)
            {
                var middle = (low + high) >> 1;
                if (sorted[middle] == key)
                {
                    found += lists[middle] != None ? 1 : 0;
                    break;
                }
                if (sorted[middle] < key)
                    low = middle + 1;
                else
                    high = middle - 1;
            }
        }
        GC.KeepAlive(found);
    }

    static void Sum(RegistryIndex index, int[] keys)
    {
        var found = 0;
        foreach (var key in keys)
            found += index.Find(PortOf(key), TransportOf(key)) != None ? 1 : 0;
        GC.KeepAlive(found);
    }

    static void Sum(FrozenDictionary<string, ImmutableArray<RegistryRecord>> frozen, string[] names)
    {
        var found = 0;
        foreach (var name in names)
            found += frozen.TryGetValue(name, out var records) && records != None ? 1 : 0;
        GC.KeepAlive(found);
    }

    static void Sum(
        FrozenDictionary<string, ImmutableArray<RegistryRecord>>.AlternateLookup<ReadOnlySpan<char>> frozen,
        string[] names
    )
    {
        var found = 0;
        foreach (var name in names)
            found += frozen.TryGetValue(name, out var records) && records != None ? 1 : 0;
        GC.KeepAlive(found);
    }

    static void Sum(RegistryIndex index, string[] names)
    {
        var found = 0;
        foreach (var name in names)
            found += index.Find(name.AsSpan()) != None ? 1 : 0;
        GC.KeepAlive(found);
    }

    static void Sum(RegistryIndex index, byte[][] names)
    {
        var found = 0;
        foreach (var name in names)
            found += index.Find(name) != None ? 1 : 0;
        GC.KeepAlive(found);
    }

    static void Print(
        string title,
        Dictionary<string, (double Median, double Fastest)> times,
        params string[] peers
    )
    {
        Console.WriteLine($"### {title}\n");
        Console.WriteLine(
            $"| case | median | fastest |{string.Concat(peers.Select(peer => $" ratio to {peer} |"))}"
        );
        Console.WriteLine($"|---|---|---|{string.Concat(Enumerable.Repeat("---|", peers.Length))}");
        foreach (var (name, (median, fastest)) in times)
        {
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {median * 1e6 / Questions / Passes:f2} | {fastest * 1e6 / Questions / Passes:f2} |"
            );
            foreach (var peer in peers)
                row += string.Create(CultureInfo.InvariantCulture, $" {median / times[peer].Median:f3} |");
            Console.WriteLine(row);
        }
        Console.WriteLine();
    }

    static PortNumber PortOf(int key) => new(unchecked((ushort)key));

    static TransportProtocol TransportOf(int key) => (TransportProtocol)((key >> 16) & 3);
}
