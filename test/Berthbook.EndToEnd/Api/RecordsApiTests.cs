using System.Text.Json.Nodes;
using Berthbook.Formats;

namespace Berthbook.Api;

/// <summary>Filters, order and pages, each against a plain scan of the registry.</summary>
public class RecordsApiTests(FullSizeServer full)
{
    static readonly Lazy<Registry> Plain = new(() =>
        XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!
    );

    public static TheoryData<string, Func<RegistryRecord, bool>> Filters =>
        new()
        {
            { "", _ => true },
            { "transport=sctp", record => record.Transport == TransportProtocol.Sctp },
            { "port=6003", record => record.Number?.Contains(new PortNumber(6003)) == true },
            {
                "from=5999&to=6000",
                record =>
                    record.Number is { } number && number.Last.Value >= 5999 && number.First.Value <= 6000
            },
            { "from=48000", record => record.Number?.Last.Value >= 48000 },
            { "to=10", record => record.Number?.First.Value <= 10 },
            { "state=Reserved", record => record.Kind().State() == PortState.Reserved },
            { "state=Dynamic", _ => false },
            {
                "assignee=IESG",
                record => !record.Assignee.IsDefault && record.Assignee.Any(who => who.Data == "IESG")
            },
            { "contact=Jon_Postel", record => record.Contacts.Any(who => who.Data == "Jon_Postel") },
            { "contact=jon_postel", _ => false },
            {
                "search=LonTalk",
                record =>
                    Cells(record).Any(cell => cell.Contains("lontalk", StringComparison.OrdinalIgnoreCase))
            },
            {
                "search=%20many%20%20common%20",
                record =>
                    Cells(record)
                        .Any(cell => cell.Contains("many common", StringComparison.OrdinalIgnoreCase))
            },
            {
                "search=2025-10-16",
                record => Cells(record).Any(cell => cell.Contains("2025-10-16", StringComparison.Ordinal))
            },
            {
                "search=dns&transport=udp&state=Assigned",
                record =>
                    record.Transport == TransportProtocol.Udp
                    && record.Kind().State() == PortState.Assigned
                    && Cells(record).Any(cell => cell.Contains("dns", StringComparison.OrdinalIgnoreCase))
            },
        };

    [Theory, MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public async Task Finds_the_records_that_meet_every_filter(string query, Func<RegistryRecord, bool> meets)
    {
        TestData.Require();
        var expected = Plain.Value.Records.Where(meets).Select(Say).ToList();
        var found = new List<string>();
        for (var page = 1; ; page++)
        {
            var list = await full.Server.GetAsync($"/api/v1/records?{query}&page={page}&pageSize=1000");
            Assert.Equal(expected.Count, (int)list["total"]!);
            Assert.Equal((page, 1000), ((int)list["page"]!, (int)list["pageSize"]!));
            var items = (JsonArray)list["items"]!;
            if (items.Count == 0)
                break;
            found.AddRange(items.Select(item => Say(item!)));
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task A_page_has_100_records_unless_asked_otherwise()
    {
        var list = await full.Server.GetAsync("/api/v1/records");
        Assert.Equal((14533, 1, 100), ((int)list["total"]!, (int)list["page"]!, (int)list["pageSize"]!));
        Assert.Equal(100, ((JsonArray)list["items"]!).Count);
    }

    [Theory]
    [InlineData("name", "1ci-smcs 1ci-smcs 1password")]
    [InlineData("-name", "zymed-zpp zymed-zpp zserv")]
    [InlineData("-registered,-name", "ok-control ok-connect wico")]
    [InlineData("-to,transport", " inspider ")]
    [InlineData("serviceCode", "ltp-deepspace discard dtn-bundle")]
    public async Task Sorts_by_members_with_absent_ones_last(string sort, string names)
    {
        var list = await full.Server.GetAsync($"/api/v1/records?sort={sort}&pageSize=3");
        Assert.Equal(
            names,
            string.Join(' ', ((JsonArray)list["items"]!).Select(item => (string?)item!["name"]))
        );
    }

    [Fact]
    public async Task Equal_records_keep_the_order_of_the_registry()
    {
        var sorted = await full.Server.GetAsync("/api/v1/records?port=80&sort=state");
        var plain = await full.Server.GetAsync("/api/v1/records?port=80");
        Assert.Equal(plain.ToJsonString(), sorted.ToJsonString());
    }

    static IEnumerable<string> Cells(RegistryRecord record) =>
        Enumerable
            .Range(1, 12)
            .Where(column => column is not (7 or 8))
            .Select(column =>
                string.Join(
                    ' ',
                    record.Cell(column).Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
                )
            );

    static string Say(RegistryRecord record) => $"{record.Name} {record.Number} {record.Transport?.Name()}";

    static string Say(JsonNode record) => $"{record["name"]} {record["number"]} {record["transport"]}";
}
