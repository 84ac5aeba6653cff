using System.Text.Json.Nodes;

namespace Berthbook.Api;

/// <summary>Names and ids are one segment of the address, percent-encoded and decoded once (product.md).</summary>
public class NamesInAddressesTests(SmallServer small)
{
    [Theory]
    [InlineData("914c%2Fg", "914c/g")]
    [InlineData("914c%2fg", "914c/g")]
    [InlineData("914C%2FG", "914c/g")]
    [InlineData("EtherNet%2FIP-1", "EtherNet/IP-1")]
    [InlineData("ethernet%2Fip%2D1", "EtherNet/IP-1")]
    [InlineData("whois%2B%2B", "whois++")]
    [InlineData("whois++", "whois++")]
    [InlineData("%25", "%")]
    [InlineData("per%25cent", "per%cent")]
    [InlineData("per%252Fcent", "per%2Fcent")]
    public async Task A_service_name(string segment, string name) =>
        Assert.Equal(name, (string?)(await small.Server.GetAsync($"/api/v1/services/{segment}"))["name"]);

    [Theory]
    [InlineData("Ends_%20", "Ends_ ")]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("%C3%85sa_%C3%96berg", "Åsa_Öberg")]
    public async Task A_contact_id(string segment, string id)
    {
        var contact = await small.Server.GetAsync($"/api/v1/contacts/{segment}");
        Assert.Equal(id, (string?)contact["id"]);
        Assert.Single((JsonArray)contact["records"]!);
    }

    [Fact]
    public async Task A_contact_has_every_member()
    {
        var contact = (JsonObject)await small.Server.GetAsync("/api/v1/contacts/%C3%85sa_%C3%96berg");
        contact.Remove("records");
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {"id":"Åsa_Öberg","name":"Åsa Öberg","organization":null,"uris":["mailto:asa&example.org"],"updated":"2026-01"}
                    """
                ),
                contact
            )
        );
    }

    [Fact]
    public async Task Filters_take_ids_and_text_as_they_are()
    {
        Assert.Equal(1, (int)(await small.Server.GetAsync("/api/v1/records?contact=Ends_%20"))["total"]!);
        Assert.Equal(0, (int)(await small.Server.GetAsync("/api/v1/records?contact=Ends_"))["total"]!);
        Assert.Equal(
            1,
            (int)(await small.Server.GetAsync("/api/v1/records?search=%C3%9CBER%20ALL"))["total"]!
        );
    }
}
