using Berthbook.Formats;

namespace Berthbook.Benchmarks;

/// <summary>Reading and writing the registry's formats, and the table's pages.</summary>
static class FormatsBench
{
    static readonly MemoryStream Sink = new(8 << 20);

    public static void Run(Measured measured)
    {
        var (registry, rounds) = (measured.Registry, measured.Rounds);
        Rounds.Print(
            "XML to a ready snapshot (registry and index)",
            Rounds.Of(
                rounds,
                new("XmlReader loop that makes objects", () => Peers.ReadWithXmlReader(measured.Xml)),
                new("Berthbook: read, with all checks and warnings", () => XmlFormat.Read(measured.Xml)),
                new(
                    "Berthbook: read and index",
                    () => _ = new RegistryIndex(XmlFormat.Read(measured.Xml).Registry!)
                )
            ),
            "XmlReader loop that makes objects"
        );
        WriteCsv(registry, rounds);
        Rounds.Print(
            "XML written",
            Rounds.Of(
                rounds,
                new("XmlWriter", () => Peers.WriteWithXmlWriter(registry, Sink)),
                new("Berthbook, to the byte", () => Xml(registry))
            ),
            "XmlWriter"
        );
        WritePages(registry, rounds);
    }

    static void WriteCsv(Registry registry, int rounds)
    {
        var written = registry;
        var rows = registry
            .Records.Select(record => Enumerable.Range(1, 12).Select(column => record.Cell(column)).ToArray())
            .ToArray();
        Rounds.Print(
            "CSV written",
            Rounds.Of(
                rounds,
                new("StreamWriter, from ready cells", () => Peers.WriteWithStreamWriter(rows, Sink)),
                new(
                    "Berthbook, a registry just read",
                    () => Csv(written),
                    () => written = WithoutLines(registry)
                ),
                new(
                    "Berthbook, the next revision: one record changed",
                    () => Csv(written),
                    () => written = WithOneChanged(registry)
                )
            ),
            "StreamWriter, from ready cells"
        );
    }

    static void WritePages(Registry registry, int rounds)
    {
        var table = new TableView(registry, RfcLabel.Joined);
        var page = Query("");
        var search = Query("8");
        var pages = Rounds.Of(
            rounds * 10,
            new("page 40", () => PageFormat.Write(table.Find(page)!, RegistryProfile.Iana, new())),
            new(
                "page 40 of search=8",
                () => PageFormat.Write(table.Find(search)!, RegistryProfile.Iana, new())
            )
        );
        Rounds.Print("Page of 100 rows, found and written", pages, "page 40");
    }

    /// <summary>Page 40 of a search of the table.</summary>
    public static TableQuery Query(string search) =>
        TableQuery.TryParse(search, "40", [], out var query, out _)
            ? query
            : throw new InvalidOperationException("the query does not parse");

    static void Csv(Registry registry)
    {
        Sink.SetLength(0);
        CsvFormat.Write(registry, Sink);
    }

    static void Xml(Registry registry)
    {
        Sink.SetLength(0);
        XmlFormat.Write(registry, Sink);
    }

    static Registry WithoutLines(Registry registry) =>
        new(
            registry.Header,
            [.. registry.Records.Select(record => record with { Id = 1 })],
            registry.Contacts
        );

    static Registry WithOneChanged(Registry registry)
    {
        var place = registry.Records.Length / 2;
        var changed = registry.Records[place] with { Description = new("Changed") };
        return new(registry.Header, registry.Records.SetItem(place, changed), registry.Contacts);
    }
}
