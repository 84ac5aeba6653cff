using System.Text.Json.Nodes;

namespace Berthbook.Api;

/// <summary>The ranked search of the API.</summary>
public class SearchApiTests(FullSizeServer full, SmallServer small)
{
    [Fact]
    public async Task Ranks_what_a_text_may_mean()
    {
        var reply = await full.Server.GetAsync("/api/v1/search?q=remote+desktop&limit=3");

        Assert.Equal(
            ["total", "page", "pageSize", "items"],
            ((JsonObject)reply).Select(member => member.Key)
        );
        Assert.Equal((1, 3), ((int)reply["page"]!, (int)reply["pageSize"]!));
        var items = (JsonArray)reply["items"]!;
        var first = (JsonObject)items[0]!;
        Assert.Equal(["kind", "title", "url", "score", "record", "why"], first.Select(member => member.Key));
        Assert.Equal(
            ("service", "ms-wbt-server", "/services/ms-wbt-server", 3389),
            (
                (string?)first["kind"],
                (string?)first["title"],
                (string?)first["url"],
                (int?)first["record"]!["from"]
            )
        );
        Assert.StartsWith("known as remote desktop (", (string?)first["why"], StringComparison.Ordinal);
        Assert.InRange(items.Count, 1, 3);
        Assert.All(items, item => Assert.InRange((double)item!["score"]!, 0.01, 1));
    }

    [Theory]
    [InlineData("443", "https", "/services/https", 443)]
    [InlineData("whois%2B%2B", "whoispp", "/services/whoispp", 63)]
    [InlineData("_jmap._tcp", "jmap", "/services/jmap", null)]
    [InlineData("stuart+cheshire", "Stuart Cheshire", "/contacts/Stuart_Cheshire", null)]
    [InlineData("50000", "50000", "/ports/50000", null)]
    public async Task Understands_numbers_old_spellings_labels_and_people(
        string text,
        string title,
        string url,
        int? port
    )
    {
        var reply = await full.Server.GetAsync($"/api/v1/search?q={text}&limit=1");

        var first = Assert.Single((JsonArray)reply["items"]!)!;
        Assert.Equal((title, url), ((string?)first["title"], (string?)first["url"]));
        Assert.Equal(port, (int?)first["record"]?["from"]);
    }

    [Fact]
    public async Task Every_url_leads_to_its_page()
    {
        foreach (var text in (string[])["a", "p", "80", "o", "211", "Ends"])
        {
            var reply = await small.Server.GetAsync($"/api/v1/search?q={text}");
            foreach (var item in (JsonArray)reply["items"]!)
            {
                var page = await small.Server.Client.GetStringAsync(
                    (string)item!["url"]!,
                    TestContext.Current.CancellationToken
                );
                Assert.Contains("<h1", page, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Finds_nothing_and_says_so()
    {
        var reply = await small.Server.GetAsync("/api/v1/search?q=zzzzzzzzz");

        Assert.Equal(0, (int)reply["total"]!);
        Assert.Empty((JsonArray)reply["items"]!);
    }
}
