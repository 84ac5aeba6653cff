using System.Text.Json.Nodes;

namespace Berthbook.Api;

/// <summary>Ports of IANA's registry of 2026-08-17.</summary>
public class PortsApiTests(FullSizeServer full)
{
    [Theory]
    [InlineData("443/tcp", "System", "Assigned", "Assigned", "443/tcp: assigned to https")]
    [InlineData(
        "443/dccp",
        "System",
        "Reserved",
        "Unassigned",
        "443/dccp: no record; held for the assignee of 443/tcp (RFC 6335 section 7.2)"
    )]
    [InlineData(
        "6003/tcp",
        "User",
        "Assigned",
        "Assigned",
        "6003/tcp: assigned to x11, with the range 6000-6063"
    )]
    [InlineData(
        "351/udp",
        "System",
        "Assigned",
        "Assigned",
        "351/udp: assigned to matip-type-b; the registry also notes a widespread use without assignment, bhoetty"
    )]
    [InlineData(
        "0/sctp",
        "System",
        "Reserved",
        "Unassigned",
        "0/sctp: no record; 0 is at the edge of a range and Reserved on every transport (RFC 6335 section 6)"
    )]
    [InlineData("49151/tcp", "User", "Reserved", "Reserved", "49151/tcp: the registry lists it as Reserved")]
    [InlineData(
        "49152/udp",
        "Dynamic",
        "Dynamic",
        "Unassigned",
        "Dynamic ports, 49152 to 65535, are never assigned (RFC 6335 section 6)"
    )]
    public async Task Says_state_listed_state_and_why_P2_P3_P5_P12(
        string port,
        string range,
        string state,
        string listedState,
        string why
    )
    {
        var reply = await full.Server.GetAsync($"/api/v1/ports/{port}");
        Assert.Equal(
            (range, state, listedState, why),
            (Text(reply["range"]), Text(reply["state"]), Text(reply["listedState"]), Text(reply["why"]))
        );
        Assert.Equal(port, $"{reply["port"]}/{reply["transport"]}");
    }

    [Fact]
    public async Task A_number_is_told_on_all_four_transports()
    {
        var reply = await full.Server.GetAsync("/api/v1/ports/443");
        Assert.Equal(443, (int?)reply["port"]);
        Assert.Equal("System", Text(reply["range"]));
        foreach (var transport in (string[])["tcp", "udp", "sctp", "dccp"])
        {
            var one = await full.Server.GetAsync($"/api/v1/ports/443/{transport}");
            Assert.Equal(one.ToJsonString(), reply["transports"]![transport]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_number_inside_a_range_has_its_record_with_the_unauthorized_use()
    {
        var record = Assert.Single(
            (JsonArray)(await full.Server.GetAsync("/api/v1/ports/6003/tcp"))["records"]!
        )!;
        Assert.Equal("6000-6063", Text(record["number"]));
        Assert.Equal((6000, 6063), ((int)record["from"]!, (int)record["to"]!));
        Assert.Equal("Known Unauthorized Use on port 6003", Text(record["unauthorizedUse"]));
    }

    [Fact]
    public async Task A_record_has_every_member_null_or_empty_where_it_has_none()
    {
        Check(
            """
            {"name":"https","number":"443","from":443,"to":443,"transport":"tcp",
             "description":"http protocol over TLS/SSL","assignee":["IESG"],"contacts":["IETF_Chair"],
             "registered":null,"modified":"2021-10-01",
             "references":[{"type":"rfc","data":"rfc9110","label":"RFC9110"}],"serviceCode":null,
             "unauthorizedUse":null,"notes":null,"state":"Assigned","why":"assigned"}
            """,
            (await full.Server.GetAsync("/api/v1/ports/443/tcp"))["records"]![0]!
        );
        Check(
            """
            {"name":null,"number":"1023","from":1023,"to":1023,"transport":"tcp","description":"Reserved",
             "assignee":[],"contacts":[],"registered":null,"modified":"2024-12-20",
             "references":[{"type":"rfc","data":"rfc6335","label":"RFC6335"}],"serviceCode":null,
             "unauthorizedUse":null,"notes":null,"state":"Reserved","why":"the registry lists it as Reserved"}
            """,
            (await full.Server.GetAsync("/api/v1/ports/1023/tcp"))["records"]![0]!
        );
        Check(
            """
            {"name":"discard","number":"9","from":9,"to":9,"transport":"dccp","description":"Discard",
             "assignee":[],"contacts":["Eddie_Kohler"],"registered":null,"modified":null,
             "references":[{"type":"rfc","data":"rfc4340","label":"RFC4340"}],"serviceCode":1145656131,
             "unauthorizedUse":null,"notes":null,"state":"Assigned","why":"assigned"}
            """,
            (await full.Server.GetAsync("/api/v1/ports/9/dccp"))["records"]![0]!
        );
    }

    [Fact]
    public async Task Numbers_that_the_same_records_speak_for_are_listed_together()
    {
        var list = await full.Server.GetAsync("/api/v1/ports?from=5999&to=6064");
        Assert.Equal(3, (int)list["total"]!);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {"from":6000,"to":6063,
                     "states":{"tcp":"Assigned","udp":"Assigned","sctp":"Reserved","dccp":"Reserved"},
                     "names":["x11"],"description":"X Window System"}
                    """
                ),
                list["items"]![1]
            ),
            list.ToJsonString()
        );
        var cut = (await full.Server.GetAsync("/api/v1/ports?from=6010&to=6020"))["items"]!;
        Assert.Equal((6010, 6020), ((int)cut[0]!["from"]!, (int)cut[0]!["to"]!));
    }

    [Fact]
    public async Task The_list_of_numbers_has_every_number_once()
    {
        var next = 0;
        for (var page = 1; next < PortNumber.Count; page++)
        {
            foreach (
                var run in (JsonArray)
                    (await full.Server.GetAsync($"/api/v1/ports?pageSize=1000&page={page}"))["items"]!
            )
            {
                Assert.Equal(next, (int)run!["from"]!);
                next = (int)run["to"]! + 1;
            }
        }
        Assert.Equal(PortNumber.Count, next);
    }

    [Fact]
    public async Task All_numbers_answer_as_the_index_does()
    {
        var index = new RegistryIndex(
            Formats.XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!
        );
        for (var number = 0; number < PortNumber.Count; number += 97)
        {
            var port = new PortNumber((ushort)number);
            var reply = (await full.Server.GetAsync($"/api/v1/ports/{port}"))["transports"]!;
            foreach (var transport in TransportProtocols.All)
            {
                var status = index.Status(port, transport);
                var told = reply[transport.Name()]!;
                Assert.Equal(status.Effective.ToString(), Text(told["state"]));
                Assert.Equal(status.Listed.ToString(), Text(told["listedState"]));
                Assert.Equal(status.Records.Length, ((JsonArray)told["records"]!).Count);
            }
        }
    }

    static string Text(JsonNode? node) => (string)node!;

    static void Check(string expected, JsonNode record)
    {
        Assert.True((int?)record["id"] > 0);
        var members = (JsonObject)record.DeepClone();
        members.Remove("id");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), members), members.ToJsonString());
    }
}
