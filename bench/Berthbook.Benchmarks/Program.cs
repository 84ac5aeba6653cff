using System.Globalization;
using System.IO.Compression;
using Berthbook;
using Berthbook.Benchmarks;
using Berthbook.Formats;

// Usage: Berthbook.Benchmarks FILE.xml.gz [ROUNDS]
var file = args.Length > 0 ? args[0] : "../shared/data/pairs/2026-08-17/registry.xml.gz";
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 21;
var xml = Unzip(file);
var registry = XmlFormat.Read(xml).Registry!;
var rows = registry
    .Records.Select(record => Enumerable.Range(1, 12).Select(column => record.Cell(column)).ToArray())
    .ToArray();

Console.WriteLine($"## In process, {registry.Records.Length:N0} records, {rounds} rounds in turn\n");
Rounds.Print(
    "XML to a ready snapshot (registry and index)",
    Rounds.Of(
        rounds,
        new("XmlReader loop that makes objects", () => Peers.ReadWithXmlReader(xml)),
        new("Berthbook: read, with all checks and warnings", () => XmlFormat.Read(xml)),
        new("Berthbook: read and index", () => _ = new RegistryIndex(XmlFormat.Read(xml).Registry!))
    ),
    "XmlReader loop that makes objects"
);
var written = registry;
using var sink = new MemoryStream(8 << 20);
Rounds.Print(
    "CSV written",
    Rounds.Of(
        rounds,
        new("StreamWriter, from ready cells", () => Peers.WriteWithStreamWriter(rows, sink)),
        new("Berthbook, a registry just read", () => Csv(written), () => written = WithoutLines(registry)),
        new(
            "Berthbook, the next revision: one record changed",
            () => Csv(written),
            () => written = WithOneChanged(registry)
        )
    ),
    "StreamWriter, from ready cells"
);
Rounds.Print(
    "XML written",
    Rounds.Of(
        rounds,
        new("XmlWriter", () => Peers.WriteWithXmlWriter(registry, sink)),
        new("Berthbook, to the byte", () => Xml(registry))
    ),
    "XmlWriter"
);
var table = new TableView(registry, RfcLabel.Joined);
Require(TableQuery.TryParse("", "40", [], out var page, out _));
Require(TableQuery.TryParse("8", "40", [], out var search, out _));
var pages = Rounds.Of(
    rounds * 10,
    new("page 40", () => PageFormat.Write(table.Find(page!)!, RegistryProfile.Iana, new())),
    new("page 40 of search=8", () => PageFormat.Write(table.Find(search!)!, RegistryProfile.Iana, new()))
);
Rounds.Print("Page of 100 rows, found and written", pages, "page 40");

Console.WriteLine("## Growth\n");
Console.WriteLine(
    "| records | file MB | read ms | index ms | lookup ns | page ms | memory MB | bytes a record |"
);
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (var factor in new[] { 1, 10 })
{
    var large = Growth.File(Growth.Times(registry, factor));
    var read = XmlFormat.Read(large).Registry!;
    var index = new RegistryIndex(read);
    var view = new TableView(read, RfcLabel.Joined);
    var times = Rounds.Of(
        7,
        new("read", () => XmlFormat.Read(large)),
        new("index", () => _ = new RegistryIndex(read)),
        new("lookup", () => Lookups(index)),
        new("page", () => PageFormat.Write(view.Find(search!)!, RegistryProfile.Iana, new()))
    );
    var memory = Growth.MemoryOf(() => new RegistryIndex(XmlFormat.Read(large).Registry!));
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {read.Records.Length} | {large.Length / 1e6:f1} | {times["read"].Median:f1} | {times["index"].Median:f1} | {times["lookup"].Median:f1} | {times["page"].Median:f2} | {memory / 1e6:f1} | {memory / (double)read.Records.Length:f0} |"
        )
    );
}

void Csv(Registry registry)
{
    sink.SetLength(0);
    CsvFormat.Write(registry, sink);
}

void Xml(Registry registry)
{
    sink.SetLength(0);
    XmlFormat.Write(registry, sink);
}

static Registry WithoutLines(Registry registry) =>
    new(registry.Header, [.. registry.Records.Select(record => record with { Id = 1 })], registry.Contacts);

static Registry WithOneChanged(Registry registry)
{
    var place = registry.Records.Length / 2;
    var changed = registry.Records[place] with { Description = new("Changed") };
    return new(registry.Header, registry.Records.SetItem(place, changed), registry.Contacts);
}

static void Require(bool holds)
{
    if (!holds)
        throw new InvalidOperationException("the query does not parse");
}

// A million lookups, so that milliseconds are nanoseconds each.
static void Lookups(RegistryIndex index)
{
    var found = 0;
    for (var i = 0; i < 1_000_000; i++)
        found += index.Find(new((ushort)(i * 40503)), (TransportProtocol)(i & 3)).Length;
    GC.KeepAlive(found);
}

static byte[] Unzip(string path)
{
    using var unzipped = new MemoryStream();
    using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
    packed.CopyTo(unzipped);
    return unzipped.ToArray();
}
