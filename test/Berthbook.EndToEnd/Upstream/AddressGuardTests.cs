using System.Net;

namespace Berthbook.Programs.Upstream;

// reliability.md T20
public class AddressGuardTests
{
    [Theory]
    [InlineData("192.0.43.8")]
    [InlineData("8.8.8.8")]
    [InlineData("2001:500:88:200::8")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void Connects_on_the_public_network(string address) =>
        Assert.True(AddressGuard.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    public void Does_not_connect_to_a_neighbour(string address) =>
        Assert.False(AddressGuard.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://registry.example.net/", false, 1)]
    [InlineData("https://registry.example.net/", true, 2)]
    [InlineData("http://localhost:8080/", false, 2)]
    [InlineData("http://192.168.1.2/", false, 2)]
    [InlineData("http://[fd00::2]/", false, 2)]
    public void Takes_the_operators_own_word_for_a_neighbour(
        string upstream,
        bool allowsPrivate,
        int addresses
    )
    {
        var address = new Uri(upstream);
        IPAddress[] found = [IPAddress.Loopback, IPAddress.Parse("192.0.43.8")];
        Assert.Equal(
            addresses,
            new AddressGuard(address, allowsPrivate).Choose(address.IdnHost, found).Length
        );
    }

    [Fact]
    public void Refuses_a_name_that_leads_to_this_machine()
    {
        var guard = new AddressGuard(new("https://registry.example.net/"), allowsPrivate: false);
        var refusal = Assert.Throws<HttpRequestException>(() =>
            guard.Choose("registry.example.net", [IPAddress.Loopback])
        );
        Assert.Contains(
            "127.0.0.1, which is not on the public network",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lets_the_proxy_of_the_environment_be_a_neighbour()
    {
        var guard = new AddressGuard(new("https://registry.example.net/"), allowsPrivate: false);
        Assert.Single(guard.Choose("proxy.example.net", [IPAddress.Loopback]));
    }
}
