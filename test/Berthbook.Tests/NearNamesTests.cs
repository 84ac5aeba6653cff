namespace Berthbook;

public class NearNamesTests
{
    static readonly string[] Names = ["http", "https", "http-alt", "whoispp", "xmpp-client", "ssh"];

    [Theory]
    [InlineData("htps", "https")]
    [InlineData("HTPP", "http")]
    [InlineData("xmp-clent", "xmpp-client")]
    [InlineData("whois", "whoispp")]
    [InlineData("http-", "http,https,http-alt")]
    [InlineData("ss", "ssh")]
    [InlineData("zz", "")]
    [InlineData("", "")]
    public void Finds_what_may_have_been_meant(string asked, string expected) =>
        Assert.Equal(expected, string.Join(',', NearNames.Of(asked, Names)));

    [Fact]
    public void Asks_nothing_of_texts_longer_than_any_name() =>
        Assert.Empty(NearNames.Of(new('h', 1_000_000), Names));
}
