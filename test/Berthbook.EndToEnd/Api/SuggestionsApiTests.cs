using System.Text.Json.Nodes;
using Berthbook.Suggestions;

namespace Berthbook.Api;

/// <summary>Suggestions from IANA's registry of 2026-08-17, and from small ones.</summary>
public class SuggestionsApiTests(FullSizeServer full, SmallServer small)
{
    [Fact]
    public async Task Suggests_three_User_Ports_of_TCP_unless_asked_otherwise()
    {
        var reply = await full.Server.GetAsync("/api/v1/suggestions");
        Assert.Equal(
            ("[\"tcp\"]", "1024-49151", 3, 1),
            (
                reply["transports"]!.ToJsonString(),
                (string?)reply["range"],
                (int)reply["count"]!,
                (int)reply["block"]!
            )
        );
        Assert.Null(reply["near"]);
        Assert.Null(reply["why"]);
        Assert.Equal(SuggestionAnswer.Advice, (string?)reply["advice"]);
        Assert.Equal(3, Items(reply).Count);
    }

    [Fact]
    public async Task What_is_suggested_is_unassigned_by_the_same_server()
    {
        var reply = await full.Server.GetAsync(
            "/api/v1/suggestions?transport=udp,sctp&range=8000-8999&near=8500&count=10&block=2"
        );
        Assert.Equal(10, Items(reply).Count);
        foreach (var item in Items(reply))
        {
            Assert.Equal("Unassigned", (string?)item["state"]);
            Assert.Equal((int)item["port"]! + 1, (int)item["last"]!);
            foreach (var port in (int[])[(int)item["port"]!, (int)item["last"]!])
            {
                Assert.InRange(port, 8000, 8999);
                foreach (var transport in (string[])["udp", "sctp"])
                {
                    var status = await full.Server.GetAsync($"/api/v1/ports/{port}/{transport}");
                    Assert.Equal("Unassigned", (string?)status["state"]);
                }
            }
        }
    }

    [Fact]
    public async Task The_score_is_the_sum_of_the_weights_and_falls()
    {
        var items = Items(await full.Server.GetAsync("/api/v1/suggestions?near=8013&count=20"));
        Assert.All(
            items,
            item =>
                Assert.Equal(
                    ((JsonArray)item["reasons"]!).Sum(reason => (int)reason!["weight"]!),
                    (int)item["score"]!
                )
        );
        var scores = items.Select(item => (int)item["score"]!).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public async Task Says_why_there_is_none()
    {
        var reply = await full.Server.GetAsync("/api/v1/suggestions?range=6000-6063");
        Assert.Empty(Items(reply));
        Assert.StartsWith("nothing in 6000-6063", (string?)reply["why"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_an_earlier_revision_assigned_is_told_with_the_revision()
    {
        await using var server = await RunningServer.StartAsync([
            SmallServer.File("2026-01-01", SmallServer.Quay),
            SmallServer.File("2026-01-02"),
        ]);
        var reasons = (JsonArray)
            Items(await server.GetAsync("/api/v1/suggestions?range=80-80&count=1"))[0]["reasons"]!;
        Assert.Contains(
            reasons,
            reason =>
                (string?)reason!["text"]
                == "was assigned to quay on tcp until revision 2, 2026-01-02: old programs may use it still"
        );
    }

    [Fact]
    public async Task The_same_address_gives_the_same_bytes()
    {
        const string address = "/api/v1/suggestions?near=80&range=system&count=5";
        Assert.Equal(
            (await small.Server.GetAsync(address)).ToJsonString(),
            (await small.Server.GetAsync(address)).ToJsonString()
        );
    }

    static List<JsonNode> Items(JsonNode reply) => [.. ((JsonArray)reply["items"]!).Select(item => item!)];
}
