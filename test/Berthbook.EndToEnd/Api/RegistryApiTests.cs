using System.Text.Json.Nodes;
using Berthbook.Server.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Api;

public class RegistryApiTests(SmallServer small, FullSizeServer full)
{
    [Fact]
    public async Task Says_what_is_served()
    {
        var reply = await small.Server.GetAsync("/api/v1/registry");
        Assert.Equal("Harbour", (string?)reply["title"]);
        Assert.Equal("2026-01-02", (string?)reply["updated"]);
        Assert.Equal(2, (int)reply["revision"]!);
        Assert.Equal("own", (string?)reply["mode"]);
        Assert.Null(reply["age"]);
    }

    [Fact]
    public async Task Counts_every_number_of_every_transport_once_P2()
    {
        var counts = (JsonObject)(await full.Server.GetAsync("/api/v1/registry"))["counts"]!;
        Assert.Equal(["tcp", "udp", "sctp", "dccp"], counts.Select(pair => pair.Key));
        foreach (var (_, ranges) in counts)
        {
            Assert.Equal(
                (1024, 48128, 16384),
                (Sum(ranges!["System"]), Sum(ranges["User"]), Sum(ranges["Dynamic"]))
            );
            Assert.Equal(16384, (int)ranges["Dynamic"]!["Dynamic"]!);
        }
        // formats.md 6: as many as the records list; Reserved grows by what P3, P5 and P11 hold.
        Assert.Equal(689, (int)counts["tcp"]!["System"]!["Assigned"]!);
        Assert.Equal(5077, (int)counts["udp"]!["User"]!["Assigned"]!);
        Assert.Equal(79, (int)counts["sctp"]!["User"]!["Assigned"]!);
        Assert.Equal(6, (int)counts["dccp"]!["User"]!["Assigned"]!);
    }

    static int Sum(JsonNode? states) => ((JsonObject)states!).Sum(pair => (int)pair.Value!);
}
