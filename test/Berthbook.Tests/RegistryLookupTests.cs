using System.Collections.Immutable;
using System.Text;
using Berthbook.Formats;
using CsCheck;
using static Berthbook.SmallRegistry;

namespace Berthbook;

/// <summary>What every lookup must answer, asked of the index in memory and of the index file alike.</summary>
public sealed class RegistryLookupTests : IDisposable
{
    readonly List<WrittenIndex> written = [];

    public void Dispose() => written.ForEach(file => file.Dispose());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Agrees_with_a_scan_of_IANA_s_CSV_on_every_name_in_either_case(bool isFile)
    {
        var (lookup, rows) = Pair(isFile);
        var byName = rows.Where(row => row.Name.Length > 0)
            .GroupBy(row => row.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        Assert.Equal(7_305, byName.Count);
        foreach (var name in byName)
        {
            var expected = name.Select(Joined).ToList();
            Assert.Equal(expected, lookup.Find(name.Key).Select(Joined));
            Assert.Equal(expected, lookup.Find(name.Key.ToUpperInvariant()).Select(Joined));
            Assert.Equal(expected, lookup.Find(Encoding.UTF8.GetBytes(name.Key)).Select(Joined));
        }
        Assert.Equal(byName.Select(name => name.Key), lookup.Names);
        Assert.Equal(rows.Count, lookup.RecordCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Agrees_with_a_scan_of_IANA_s_CSV_on_every_number_and_transport(bool isFile)
    {
        var (lookup, rows) = Pair(isFile);
        var records = Gathered(rows);
        foreach (var transport in TransportProtocols.All)
        {
            for (var port = 0; port < PortNumber.Count; port++)
            {
                var number = new PortNumber((ushort)port);
                var listed = records[(int)transport][port];
                if (
                    !Enumerable.SequenceEqual(
                        listed.Select(Joined),
                        lookup.Find(number, transport).Select(Joined)
                    )
                )
                    Assert.Fail($"{port}/{transport} has other records than the CSV");
                var own = Listed(listed);
                var effective = PlainScan.Effective(port, own, records.Select(all => Listed(all[port])));
                if (
                    (own, effective)
                    != (lookup.Listed(number, transport), lookup.Effective(number, transport))
                )
                    Assert.Fail(
                        $"{port}/{transport} is {own}, {effective}, not {lookup.Status(number, transport)}"
                    );
            }
        }
    }

    [Theory]
    [InlineData("whois++", "whoispp")]
    [InlineData("914C/g", "914c-g")]
    [InlineData("914c/G", "914c-g")]
    [InlineData("sql*net", "sql-net")]
    [InlineData("www", "http")]
    [InlineData("ether-s-i-o-d-z39.50", null)]
    [InlineData("https", null)]
    public void Old_spellings_and_duplicates_lead_to_the_primary_name_N4_N5(string name, string? primary)
    {
        foreach (var isFile in new[] { false, true })
        {
            var (lookup, _) = Pair(isFile);
            Assert.Equal(primary, lookup.PrimaryOf(name));
            if (primary is not null)
                Assert.Contains(name, lookup.AliasesOf(primary), StringComparer.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void File_and_index_know_the_same_aliases()
    {
        var (index, _) = Pair(false);
        var (file, _) = Pair(true);
        foreach (var name in index.Names.Append("nobody").Append(""))
        {
            Assert.Equal(index.PrimaryOf(name), file.PrimaryOf(name));
            Assert.Equal(index.AliasesOf(name), file.AliasesOf(name));
        }
    }

    [Fact]
    public void Agrees_with_a_scan_on_any_small_registry() =>
        Records.Sample(
            records =>
            {
                var registry = Of([.. records]);
                using var file = new WrittenIndex(registry);
                Check(new RegistryIndex(registry), registry);
                Check(file.File, registry);
            },
            iter: Counts.Of(100, 5_000)
        );

    [Theory]
    [InlineData("@", "`")]
    [InlineData("[a", "{a")]
    [InlineData("a^b", "a~b")]
    [InlineData("a", "a\0")]
    [InlineData("k", "\u212A")]
    [InlineData("s", "\u017F")]
    [InlineData("i", "\u0131")]
    [InlineData("i", "\u0130")]
    [InlineData("exactly-sixteen-", "exactly-sixteen-1")]
    [InlineData("berth", "berth ")]
    public void Names_that_differ_in_more_than_case_are_not_confused(string one, string other)
    {
        foreach (var (has, asked) in new[] { (one, other), (other, one) })
        {
            var registry = Of(Record(has, "1", "tcp"));
            foreach (var lookup in BothOf(registry))
            {
                Assert.Empty(lookup.Find(asked));
                Assert.Empty(lookup.Find(Encoding.UTF8.GetBytes(asked)));
                Assert.Single(lookup.Find(has));
                Assert.Single(lookup.Find(Encoding.UTF8.GetBytes(has)));
            }
        }
    }

    [Theory]
    [InlineData("Überfähre", "üBERFÄHRE")]
    [InlineData("a-name-of-more-than-sixteen", "A-NAME-OF-MORE-THAN-SIXTEEN")]
    [InlineData("pier\u0001", "PIER\u0001")]
    [InlineData("a\0b", "A\0B")]
    [InlineData("\ud801\udc00", "\ud801\udc00")]
    public void Names_of_the_past_are_found_without_case(string has, string asked)
    {
        foreach (var lookup in BothOf(Of(Record(has, "1", "tcp"), Record("pier", "2", "tcp"))))
        {
            Assert.Equal(has, Assert.Single(lookup.Find(asked)).Name?.Text);
            Assert.Equal(has, Assert.Single(lookup.Find(Encoding.UTF8.GetBytes(asked))).Name?.Text);
        }
    }

    [Fact]
    public void No_character_beyond_ASCII_is_a_letter_of_ASCII_without_case()
    {
        for (var other = '\u0080'; other < '\ud800'; other++)
        {
            for (var ascii = '\0'; ascii < '\u0080'; ascii++)
            {
                if (MemoryExtensions.Equals([other], [ascii], StringComparison.OrdinalIgnoreCase))
                    Assert.Fail($"{(int)other:x} is {ascii}");
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_name()
    {
        foreach (var lookup in BothOf(Of(Record("\ufffd", "1", "tcp"))))
        {
            Assert.Empty(lookup.Find([0xFF]));
            Assert.Empty(lookup.Find([0xC3]));
            Assert.Single(lookup.Find("\ufffd"));
        }
    }

    [Fact]
    public void Names_chosen_to_crowd_each_other_are_all_found()
    {
        // 170 names with one home in a table of 2^8 places, but only Reach of them can stand near it.
        var records = Enumerable
            .Range(0, 100_000)
            .Select(i => $"q{i}")
            .Where(name => FoldedName.TryFold(name, out var key) && NameTable.HomeOf(key, 64 - 8) == 76)
            .Take(170)
            .SelectMany(
                (name, i) => new[] { Record(name, $"{i + 1}", "tcp"), Record(name, $"{i + 1}", "udp") }
            )
            .ToArray();
        Assert.Equal(2 * 170, records.Length);
        var registry = Of([.. records, Record(records[^1].Name!.Value.Text, "7", "sctp")]);
        foreach (var lookup in BothOf(registry))
            Check(lookup, registry);
    }

    [Fact]
    public void More_lists_than_sixteen_bits_count_are_all_kept_apart()
    {
        // A list of its own for every number of every transport: 262,144 of them.
        var registry = Of([
            .. TransportProtocols.All.SelectMany(transport =>
                Enumerable
                    .Range(0, PortNumber.Count)
                    .Select(port => new RegistryRecord
                    {
                        Number = new PortRange(port, port),
                        Transport = transport,
                        Description = RichText.Empty,
                    })
            ),
        ]);
        foreach (var lookup in BothOf(registry))
        {
            for (var i = 0; i < registry.Records.Length; i++)
            {
                var record = registry.Records[i];
                var found = lookup.Find(record.Number!.Value.First, record.Transport!.Value);
                if (found is not [var only] || only.Id != record.Id)
                    Assert.Fail($"{record} is not found");
            }
        }
    }

    [Fact]
    public void An_empty_registry_has_answers_too()
    {
        foreach (var lookup in BothOf(Of()))
        {
            Assert.Empty(lookup.Find("berth"));
            Assert.Empty(lookup.Find(""));
            Assert.Empty(lookup.Find(new(80), TransportProtocol.Sctp));
            Assert.Null(lookup.PrimaryOf("berth"));
            Assert.Empty(lookup.Names);
            Assert.Equal(PortState.Unassigned, lookup.Effective(new(80), TransportProtocol.Sctp));
            Assert.Equal(PortState.Reserved, lookup.Effective(new(1024), TransportProtocol.Sctp));
            Assert.Equal(PortState.Dynamic, lookup.Effective(new(49152), TransportProtocol.Sctp));
        }
    }

    [Fact]
    public void A_lookup_in_memory_allocates_nothing()
    {
        var (lookup, rows) = Pair(false);
        var names = rows.Select(row => row.Name).ToArray();
        var bytes = names.Select(Encoding.UTF8.GetBytes).ToArray();
        var found = Ask(lookup, names, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        found += Ask(lookup, names, bytes);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(found > 0);
    }

    static int Ask(RegistryLookup lookup, string[] names, byte[][] bytes)
    {
        var found = 0;
        for (var port = 0; port < 4 * PortNumber.Count; port++)
        {
            var (number, transport) = (
                new PortNumber((ushort)(port & 0xFFFF)),
                (TransportProtocol)(port >> 16)
            );
            found += lookup.Find(number, transport).Length + (int)lookup.Effective(number, transport);
        }
        foreach (var name in names)
            found += lookup.Find(name).Length;
        foreach (var name in bytes)
            found += lookup.Find(name).Length;
        return found;
    }

    static void Check(RegistryLookup lookup, Registry registry)
    {
        foreach (
            var port in registry.Records.SelectMany(Around).Append(0).Append(1021).Append(65535).Distinct()
        )
        {
            var number = new PortNumber((ushort)port);
            foreach (var transport in TransportProtocols.All)
            {
                var records = PlainScan.Records(registry.Records, port, transport);
                Assert.Equal(records.Select(Said), lookup.Find(number, transport).Select(Said));
                var own = PlainScan.Listed(records);
                Assert.Equal(own, lookup.Listed(number, transport));
                var all = TransportProtocols.All.Select(other =>
                    PlainScan.Listed(PlainScan.Records(registry.Records, port, other))
                );
                Assert.Equal(PlainScan.Effective(port, own, all), lookup.Effective(number, transport));
            }
        }
        var names = registry
            .Records.Where(record => record.Name is not null)
            .Select(record => record.Name!.Value.Text);
        foreach (var name in names.Append("nobody").Append(""))
        {
            var expected = PlainScan.Records(registry.Records, name).Select(Said);
            Assert.Equal(expected, lookup.Find(name).Select(Said));
            Assert.Equal(expected, lookup.Find(name.ToUpperInvariant()).Select(Said));
            if (!name.Any(char.IsSurrogate))
                Assert.Equal(expected, lookup.Find(Encoding.UTF8.GetBytes(name)).Select(Said));
        }
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), lookup.Names);
    }

    static IEnumerable<int> Around(RegistryRecord record)
    {
        if (record.Number is not { } range)
            return [];
        int[] ports = [range.First.Value - 1, range.First.Value, range.Last.Value, range.Last.Value + 1];
        return ports.Where(port => port is >= 0 and < PortNumber.Count);
    }

    static string Said(RegistryRecord record) => $"{record.Id} {record} {record.Kind()}";

    IEnumerable<RegistryLookup> BothOf(Registry registry)
    {
        var file = new WrittenIndex(registry);
        written.Add(file);
        return [new RegistryIndex(registry), file.File];
    }

    (RegistryLookup, List<PlainRow>) Pair(bool isFile)
    {
        TestData.Require();
        if (!isFile)
            return (Index.Value, Rows.Value);
        var file = new WrittenIndex(Index.Value.Registry);
        written.Add(file);
        return (file.File, Rows.Value);
    }

    static List<PlainRow>[][] Gathered(List<PlainRow> rows)
    {
        var gathered = new List<PlainRow>[4][];
        foreach (var transport in TransportProtocols.All)
        {
            gathered[(int)transport] =
            [
                .. Enumerable.Range(0, PortNumber.Count).Select(_ => new List<PlainRow>()),
            ];
            foreach (var row in rows)
            {
                if (row.Numbers is not var (first, last) || !row.SpeaksFor(transport))
                    continue;
                for (var port = first; port <= last; port++)
                    gathered[(int)transport][port].Add(row);
            }
        }
        return gathered;
    }

    static PortState Listed(List<PlainRow> rows) =>
        rows.Exists(row => row.State == PortState.Assigned) ? PortState.Assigned
        : rows.Exists(row => row.State == PortState.Reserved) ? PortState.Reserved
        : PortState.Unassigned;

    static string Joined(PlainRow row) => string.Join('\u001f', row.Cells);

    static string Joined(RegistryRecord record) =>
        string.Join('\u001f', Enumerable.Range(1, 12).Select(column => record.Cell(column)));

    static readonly Lazy<RegistryIndex> Index = new(() =>
        new(XmlFormat.Read(TestData.Unzip("pairs/2026-02-13/registry.xml.gz")).Registry!)
    );

    static readonly Lazy<List<PlainRow>> Rows = new(() =>
        PlainRow.Read(TestData.Unzip("pairs/2026-02-13/registry.csv.gz"))
    );

    static readonly Gen<RegistryRecord> AnyRecord = Gen.Select(
        Gen.OneOf(
            "",
            "",
            "pier",
            "Pier",
            "quay",
            "q",
            "slip-way",
            "dry_dock/2",
            "Fähre",
            "a-name-of-twenty-ch"
        ),
        Gen.OneOf("", "0", "7", "8", "7-9", "8-8", "0-65535", "1000-1030", "49150-49160", "255-257", "65535"),
        Gen.OneOf("", "", "tcp", "udp", "sctp", "dccp"),
        Gen.OneOf("", "Reserved", "Unassigned", "Removed on 2003-07", "Boats", "unassigned (was boats)"),
        Gen.OneOf(
            "",
            "",
            "This entry records an unassigned but widespread use",
            "This entry is an alias to \"pier\".",
            "De-assigned on 2025-02-13"
        ),
        Record
    );

    static readonly Gen<RegistryRecord[]> Records = AnyRecord.Array[0, 40];
}
