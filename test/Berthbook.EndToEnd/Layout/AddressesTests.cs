using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Berthbook.Server.Layout;

public class AddressesTests
{
    [Theory]
    [InlineData("/services/https", "https")]
    [InlineData("/services/https?x=/services/y", "https")]
    [InlineData("/services/914c%2Fg", "914c/g")]
    [InlineData("/services/914c%252Fg", "914c%2Fg")]
    [InlineData("/services/a/b", "a/b")]
    [InlineData("/services/whois++", "whois++")]
    [InlineData("/services/services/x", "services/x")]
    [InlineData("/api/v1/services/914c%2Fg", "914c/g")]
    [InlineData("/Services/https", "https")]
    [InlineData("http://services/services/x", "x")]
    [InlineData("http://example.org", "")]
    [InlineData("/services/%FF", "%FF")]
    public void A_name_is_decoded_once(string target, string name) =>
        Assert.Equal(name, Addresses.NameAfter(Request(target, "/elsewhere"), "/services/"));

    [Theory]
    [InlineData("/%73ervices/914c%2Fg", "/services/914c%2Fg", "914c/g")]
    [InlineData("", "/services/https", "https")]
    public void Where_the_address_as_it_came_tells_nothing_the_path_does(
        string target,
        string path,
        string name
    ) => Assert.Equal(name, Addresses.NameAfter(Request(target, path), "/services/"));

    [Theory]
    [InlineData("https://example.org/x", true)]
    [InlineData("HTTP://example.org", true)]
    [InlineData("mailto:user&example.org", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData(" javascript:alert(1)", false)]
    [InlineData("//example.org", false)]
    [InlineData("/x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_web_is_a_link(string? address, bool isLink) =>
        Assert.Equal(isLink, Addresses.IsLink(address));

    static DefaultHttpContext Request(string target, string path)
    {
        var context = new DefaultHttpContext();
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        context.Request.Path = path;
        return context;
    }
}
