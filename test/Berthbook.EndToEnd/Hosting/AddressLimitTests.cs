using System.Net;

namespace Berthbook.Server.Hosting;

// reliability.md T19
public class AddressLimitTests
{
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    public void Counts_as_one_client(string one, string other) =>
        Assert.Equal(ClientOf(one), ClientOf(other));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    [InlineData("127.0.0.1", "::1")]
    public void Counts_as_two_clients(string one, string other) =>
        Assert.NotEqual(ClientOf(one), ClientOf(other));

    static UInt128 ClientOf(string address) => AddressLimit.ClientOf(IPAddress.Parse(address));
}
