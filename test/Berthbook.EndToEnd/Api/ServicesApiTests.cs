using System.Net;
using System.Text.Json.Nodes;

namespace Berthbook.Api;

/// <summary>Service names of IANA's registry of 2026-08-17.</summary>
public class ServicesApiTests(FullSizeServer full)
{
    [Theory]
    [InlineData(
        "HTTPS",
        "https",
        null,
        false,
        4,
        "_https._tcp _https._udp _https._sctp",
        "_https._tcp _https._udp"
    )]
    [InlineData("whois%2B%2B", "whois++", "whoispp", true, 2, "", "")]
    [InlineData("sip", "sip", null, false, 3, "_sip._tcp _sip._udp _sip._sctp", "_sip._tcp _sip._udp")]
    [InlineData("lontalk", "lontalk", null, false, 1, "", "")]
    [InlineData("dns-sd", "dns-sd", null, false, 1, "", "")]
    [InlineData("rdp", "rdp", null, false, 2, "", "")]
    [InlineData("www", "www", "http", false, 2, "", "")]
    public async Task Says_what_a_name_is_N2_N4_N5_N6(
        string asked,
        string name,
        string? primary,
        bool isHistoric,
        int records,
        string srv,
        string dnssd
    )
    {
        var reply = await full.Server.GetAsync($"/api/v1/services/{asked}");
        Assert.Equal(name, (string?)reply["name"]);
        Assert.Equal(primary, (string?)reply["primary"]);
        Assert.Equal(isHistoric, (bool)reply["historic"]!);
        Assert.Equal(records, ((JsonArray)reply["records"]!).Count);
        Assert.Equal(srv, Words(reply["srv"]));
        Assert.Equal(dnssd, Words(reply["dnssd"]));
    }

    [Theory]
    [InlineData("whois%2B%2B", "no labels: whois++ is an old spelling, kept for history; look for whoispp")]
    [InlineData("lontalk", "no labels: no record of lontalk has a transport protocol")]
    [InlineData("dns-sd", "no labels: the registry notes “Not a service type.”")]
    [InlineData("www", "no labels: www is not for discovery; http is the primary name of the service")]
    public async Task Says_why_a_name_has_no_labels_N6(string name, string why) =>
        Assert.StartsWith(
            why,
            (string?)(await full.Server.GetAsync($"/api/v1/services/{name}"))["why"],
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Knows_the_names_that_stand_aside_N4_N5()
    {
        Assert.Equal("whois++", Words((await full.Server.GetAsync("/api/v1/services/whoispp"))["aliases"]));
        Assert.Equal("www www-http", Words((await full.Server.GetAsync("/api/v1/services/http"))["aliases"]));
    }

    [Fact]
    public async Task Tells_the_TXT_keys_of_the_notes() =>
        Assert.Equal(
            """[{"key":"u","description":"username"},{"key":"p","description":"password"},"""
                + """{"key":"path","description":"path to document"}]""",
            (await full.Server.GetAsync("/api/v1/services/http"))["txtKeys"]!.ToJsonString()
        );

    [Fact]
    public async Task An_unknown_name_is_404()
    {
        var answer = await full.Server.Client.GetAsync(
            "/api/v1/services/nope",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Every_name_of_the_list_is_found_by_its_address()
    {
        var seen = 0;
        for (var page = 1; page <= 8; page++)
        {
            var list = await full.Server.GetAsync($"/api/v1/services?page={page}&pageSize=1000");
            foreach (var name in ((JsonArray)list["items"]!).Select(item => (string)item!["name"]!))
            {
                if (++seen % 50 != 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                    continue;
                var reply = await full.Server.GetAsync($"/api/v1/services/{Uri.EscapeDataString(name)}");
                Assert.Equal(name, (string?)reply["name"]);
            }
            Assert.Equal(7327, (int)list["total"]!);
        }
        Assert.Equal(7327, seen);
    }

    static string Words(JsonNode? array) =>
        string.Join(' ', ((JsonArray)array!).Select(word => (string)word!));
}
