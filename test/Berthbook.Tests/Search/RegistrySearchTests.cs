using Berthbook.Formats;
using CsCheck;

namespace Berthbook.Search;

public sealed class RegistrySearchTests
{
    static readonly Registry Registry = new(
        new() { Id = "small" },
        [
            SmallRegistry.Record("harbour", "7000", "tcp", "Harbour control"),
            SmallRegistry.Record("harbour", "7000", "udp", "Harbour control"),
            SmallRegistry.Record("harbour-log", "7001", "tcp", "What ships did"),
            SmallRegistry.Record("quay", "7002", "tcp", "Berths of a harbour"),
            SmallRegistry.Record("old_quay", "7002", "tcp", "Quay", "This entry is an alias to \"quay\"."),
            SmallRegistry.Record("crane", "", "tcp", "Lifts", "Works beside the harbour"),
            SmallRegistry.Record("tug", "7010-7019", "udp", "Pulls ships"),
            SmallRegistry.Record("", "7020", "tcp", "Reserved"),
            SmallRegistry.Record("", "7021-7999", "", "Unassigned"),
            SmallRegistry.Record("", "", "", "Neither name nor number"),
            SmallRegistry.Record("ms-wbt-server", "3389", "tcp", "MS WBT Server"),
            SmallRegistry.Record("zoë", "7003", "tcp", "Fährt über See") with
            {
                Contacts = [new(ReferenceType.Person, "Ada_Pier")],
                References = [new(ReferenceType.Rfc, "rfc7777")],
            },
        ],
        [
            new()
            {
                Id = "Ada_Pier",
                Name = "Ada Pier",
                Organization = "Lighthouses",
            },
        ]
    );

    static readonly RegistrySearch Small = new(Registry);

    static readonly Lazy<RegistrySearch> Whole = new(() =>
        new(XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!)
    );

    [Theory]
    [InlineData("harbour", "harbour harbour-log quay crane")] // exact, prefix, description, notes
    [InlineData("HARBOUR", "harbour harbour-log quay crane")]
    [InlineData("ships", "harbour-log tug")]
    [InlineData("ships pulls", "tug")] // all words, in any order
    [InlineData("harbour log", "harbour-log harbour")] // the second lacks a word, but is called so
    [InlineData("which port does tug use?", "tug")]
    [InlineData("old_quay", "quay")]
    [InlineData("remote desktop", "ms-wbt-server")]
    [InlineData("remote-desktop", "ms-wbt-server")]
    [InlineData("_harbour._udp", "harbour harbour-log quay crane")]
    [InlineData("_x._sub._tug._udp.example.org.", "tug")]
    [InlineData("7000", "harbour 7000")]
    [InlineData("7000/udp", "harbour 7000/udp")]
    [InlineData("7015", "tug 7015")]
    [InlineData("7010-7019", "tug 7010-7019")]
    [InlineData("7020", "7020")]
    [InlineData("7500", "7500")]
    [InlineData("60000", "60000")]
    [InlineData("ada pier", "Ada Pier|zoë")]
    [InlineData("Ada_Pier", "Ada Pier|zoë")]
    [InlineData("lighthouse", "Ada Pier|zoë")]
    [InlineData("rfc 7777", "zoë")]
    [InlineData("[RFC7777]", "zoë")]
    [InlineData("ÜBER", "zoë")]
    [InlineData("neither", "Neither name nor number")]
    [InlineData("hrabour", "harbour|harbour-log")] // swapped
    [InlineData("harborlog", "harbour-log")]
    [InlineData("quya", "quay")]
    [InlineData("durian", "")]
    [InlineData("", "")]
    [InlineData(" \t\n ", "")]
    public void Finds_the_best_first(string text, string titles)
    {
        var expected =
            titles.Contains('|') || titles.StartsWith("Neither", StringComparison.Ordinal)
                ? titles.Split('|')
                : titles.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = Small.Find(text);
        Assert.Equal(expected, found.Items.Select(item => item.Title));
        Assert.Equal(expected.Length, found.Total);
        Assert.All(found.Items, item => Assert.InRange(item.Score, 0.01, 1));
        Assert.Equal(
            found.Items.Select(item => item.Score).OrderDescending(),
            found.Items.Select(item => item.Score)
        );
    }

    [Fact]
    public void Makes_one_item_of_a_service_on_several_transports_and_under_its_old_name()
    {
        var quay = Small.Find("old_quay").Items[0];
        Assert.Equal((SearchKind.Service, "quay", "/services/quay"), (quay.Kind, quay.Title, quay.Address));
        Assert.Equal("quay", quay.Record?.Name?.Text);
        Assert.Equal(["quay", "old_quay"], quay.Records.Select(record => record.Name?.Text));
        Assert.Equal("quay is the primary name of old_quay", quay.Why);
        Assert.Equal(2, Small.Find("harbour").Items[0].Records.Length);
    }

    [Fact]
    public void Gives_the_record_of_the_number_and_transport_that_was_asked_for()
    {
        Assert.Equal(TransportProtocol.Udp, Small.Find("7000/udp").Items[0].Record?.Transport);
        Assert.Equal(TransportProtocol.Udp, Small.Find("udp 7000").Items[0].Record?.Transport);
        var number = Small.Find("7500").Items[0];
        Assert.Equal(
            (SearchKind.Port, "/ports/7500", "7021-7999"),
            (number.Kind, number.Address, number.Record?.Number.ToString())
        );
        Assert.Null(Small.Find("60000").Items[0].Record);
    }

    [Fact]
    public void Encodes_names_and_ids_in_addresses()
    {
        var search = new RegistrySearch(
            SmallRegistry.Of(SmallRegistry.Record("914c/g", "211", "tcp", "Terminal"))
        );
        Assert.Equal("/services/914c%2Fg", search.Find("914c/g").Items[0].Address);
        Assert.Equal("/contacts/Ada_Pier", Small.Find("ada pier").Items[0].Address);
    }

    [Fact]
    public void Says_where_a_common_name_is_written() =>
        Assert.Equal(
            "known as rdp (Microsoft Learn, Change the listening port for Remote Desktop)",
            Small.Find("rdp").Items[0].Why
        );

    [Fact]
    public void Says_when_nothing_has_all_that_was_asked_for()
    {
        Assert.True(Small.Find("harbour").HasExact);
        Assert.False(Small.Find("hrabour").HasExact);
        var some = Small.Find("harbour durian");
        Assert.False(some.HasExact);
        Assert.Equal("harbour", some.Items[0].Title);
    }

    [Fact]
    public void Keeps_to_the_limit_and_counts_all()
    {
        var found = Small.Find("harbour", 1);
        Assert.Equal((1, 4), (found.Items.Length, found.Total));
    }

    [Fact]
    public void Takes_any_text()
    {
        foreach (
            var text in (string[])
                [
                    "_",
                    "_._",
                    "/",
                    "//tcp",
                    "?",
                    "-",
                    "a?,;",
                    "\ud800",
                    new('x', 100_000),
                    "_tcp",
                    "tcp",
                    "the",
                    "70000",
                    "9-1",
                    "\n[",
                    new(' ', 300),
                ]
        )
            Small.Find(text);
        Gen.String.Sample(text => Small.Find(text).Total >= 0, iter: 200);
        var empty = new RegistrySearch(new(new() { Id = "empty" }, [], []));
        Assert.Empty(empty.Find("a b").Items);
        Assert.Single(empty.Find("443").Items);
    }

    [Fact]
    public void Finds_every_record_that_a_plain_scan_finds()
    {
        TestData.Require();
        var registry = Whole.Value.Registry;
        var cells = registry.Records.Select(record => CellsOf(registry, record)).ToArray();
        var text = string.Join('\n', cells.SelectMany(row => row));
        var pieces = Gen.Select(Gen.Int[0, text.Length - 40], Gen.Int[3, 30])
            .Select((start, length) => Cells.Fold(text.Substring(start, length).Split('\n')[0]));
        Gen.OneOf(pieces, pieces.Select(piece => piece.ToUpperInvariant()))
            .Where(piece => piece.Length > 2)
            .Sample(
                piece =>
                {
                    var plain = Enumerable
                        .Range(0, cells.Length)
                        .Where(row =>
                            cells[row].Any(cell => cell.Contains(piece, StringComparison.OrdinalIgnoreCase))
                        )
                        .Select(row => registry.Records[row])
                        .Take(500)
                        .ToList();
                    var found = Whole.Value.Covered(piece);
                    return plain.All(found.Contains);
                },
                iter: Counts.Of(200, 5000)
            );
    }

    [Fact]
    public void Answers_threads_alike()
    {
        var alone = Small.Find("harbour").Items.Select(item => item.Title).ToList();
        Parallel.For(
            0,
            1000,
            _ => Assert.Equal(alone, Small.Find("harbour").Items.Select(item => item.Title))
        );
    }

    // The cells that are searched, as they are printed, and who the parties are.
    static List<string> CellsOf(Registry registry, RegistryRecord record)
    {
        var parties = (record.Assignee.IsDefault ? [] : record.Assignee).Concat(record.Contacts).ToList();
        var contacts = parties.Select(party => registry.FindContact(party.Data)).OfType<Contact>();
        return
        [
            record.Name?.Text ?? "",
            record.Description.OneLine,
            .. parties.Select(party => party.ToString()),
            .. contacts.SelectMany(contact => (string[])[contact.Name ?? "", contact.Organization ?? ""]),
            .. record.References.Select(reference => reference.ToString()),
            record.Note?.OneLine ?? "",
            record.Unauthorized ?? "",
        ];
    }
}
