using System.CommandLine;
using Berthbook.Suggestions;

namespace Berthbook.Cli.Suggest;

public class SuggestOptionsTests
{
    [Fact]
    public void Without_options_it_asks_for_three_User_Ports_of_TCP()
    {
        var given = Read();
        Assert.Empty(given.Faults);
        Assert.Equal([TransportProtocol.Tcp], given.Query.Transports);
        Assert.Equal(
            (SuggestionQuery.UserPorts, 3, 1),
            (given.Query.Range, given.Query.Count, given.Query.Block)
        );
        Assert.Null(given.Query.Near);
        Assert.Empty(given.Transports);
        Assert.Empty(given.Explained);
    }

    [Theory]
    [InlineData("--transport", "udp,tcp")]
    [InlineData("--transport", "udp", "--transport", "tcp,udp")]
    public void Takes_several_transports_in_one_or_in_many(params string[] args) =>
        Assert.Equal([TransportProtocol.Udp, TransportProtocol.Tcp], Read(args).Query.Transports);

    [Fact]
    public void Takes_every_option()
    {
        var given = Read(
            "--range",
            "system",
            "--near",
            "80",
            "--count",
            "7",
            "--block",
            "2",
            "--explain",
            "1",
            "--explain",
            "2"
        );
        Assert.Empty(given.Faults);
        Assert.Equal(
            (SuggestionQuery.SystemPorts, new PortNumber(80), 7, 2),
            (given.Query.Range, given.Query.Near!.Value, given.Query.Count, given.Query.Block)
        );
        Assert.Equal([new(1), new(2)], given.Explained);
    }

    [Theory]
    [InlineData(
        "--transport",
        "icmp",
        "--transport: 'icmp' is not a transport protocol: tcp, udp, sctp or dccp"
    )]
    [InlineData("--transport", "tcp,", "--transport: '' is not a transport protocol: tcp, udp, sctp or dccp")]
    [InlineData("--near", "70000", "--near: 70000 is no port number: they end at 65535")]
    [InlineData("--near", "1-2", "--near: '1-2' is a range, not one port number")]
    [InlineData(
        "--explain",
        "-1",
        "--explain: '-1' is not a port number or range: write 443 or 6000-6063, digits only"
    )]
    [InlineData("--range", "9-8", "--range: the range 9-8 runs backwards; or write system or user")]
    [InlineData("--count", "0", "--count: '0' is not a number from 1 to 100")]
    [InlineData("--count", "+3", "--count: '+3' is not a number from 1 to 100")]
    [InlineData("--block", "1025", "--block: '1025' is not a number from 1 to 1024")]
    public void Says_what_is_wrong_with_a_value(string option, string value, string fault) =>
        Assert.Equal([fault], Read(option, value).Faults);

    static SuggestOptions.Given Read(params string[] args)
    {
        var options = new SuggestOptions();
        var root = new RootCommand
        {
            options.Transport,
            options.Range,
            options.Near,
            options.Count,
            options.Block,
            options.Explain,
        };
        return options.Read(root.Parse(args));
    }
}
