using System.Net;
using Berthbook.Formats;

namespace Berthbook.Checks;

public class PortsInUseTests
{
    static readonly RegistryIndex Index = new(
        Small.Of(
            Small.Record("alpha", "tcp", "1500"),
            Small.Record("beta", "tcp", "40000"),
            Small.Nameless("Unassigned", null, "2000-2999"),
            Small.Nameless("Reserved", null, "3000")
        )
    );

    [Theory]
    [InlineData(1500, TransportProtocol.Tcp, "Assigned alpha")]
    [InlineData(1500, TransportProtocol.Udp, "Reserved Warning port-reserved")]
    [InlineData(2000, TransportProtocol.Tcp, "Unassigned Warning port-unassigned")]
    [InlineData(3000, TransportProtocol.Tcp, "Reserved Warning port-reserved")]
    [InlineData(35000, TransportProtocol.Udp, "Unassigned Warning port-unassigned Warning port-ephemeral")]
    [InlineData(40000, TransportProtocol.Tcp, "Assigned beta Note port-ephemeral")]
    [InlineData(41000, TransportProtocol.Tcp, "Unassigned Warning port-unassigned")]
    [InlineData(50000, TransportProtocol.Udp, "Dynamic Note port-dynamic Note port-ephemeral")]
    [InlineData(61000, TransportProtocol.Udp, "Dynamic Note port-dynamic")]
    [InlineData(8013, TransportProtocol.Tcp, "Unassigned Warning port-unassigned Note port-known-use")]
    public void A_socket_is_told_what_the_registry_has_for_its_number(
        int port,
        TransportProtocol transport,
        string told
    )
    {
        var ephemeral = new EphemeralPorts(new(32768, 60999), [new(41000, 41010)]);
        var socket = Socket(port, transport);
        var item = Assert.Single(HostCheck.Of(Index, [socket], ephemeral));
        Assert.Same(socket, item.Socket);
        Assert.Equal(told, Told(item));
    }

    [Fact]
    public void A_socket_of_another_network_namespace_is_not_held_to_this_ones_range()
    {
        var socket = Socket(35000, TransportProtocol.Tcp) with { Namespace = new(7, IsForeign: true) };
        var item = Assert.Single(HostCheck.Of(Index, [socket], new(new(32768, 60999), [])));
        Assert.Equal("Unassigned Warning port-unassigned", Told(item));
    }

    [Fact]
    public void A_range_with_one_answer_is_one_item()
    {
        var items = PublishedCheck.Of(
            Index,
            [new(4, 9, "web", new PortRange(1499, 2010), TransportProtocol.Tcp)]
        );
        Assert.Equal(
            [
                "1499 Unassigned Warning port-unassigned",
                "1500 Assigned alpha Note port-assigned",
                "1501-1999 Unassigned Warning port-unassigned",
                "2000-2010 Unassigned Warning port-unassigned",
            ],
            items.Select(item => $"{item.Ports} {Told(item)}")
        );
        Assert.All(items, item => Assert.Equal((4, 9, "web"), (item.Line, item.Column, item.Subject)));
    }

    [Theory] // issue 3: the numbers that real projects stumbled over
    [InlineData(
        55680,
        TransportProtocol.Tcp,
        "Dynamic Warning port-dynamic Warning port-ephemeral Note port-known-use"
    )]
    [InlineData(46656, TransportProtocol.Tcp, "Unassigned Warning port-unassigned Warning port-ephemeral")]
    [InlineData(39132, TransportProtocol.Tcp, "Unassigned Warning port-unassigned Warning port-ephemeral")]
    [InlineData(33333, TransportProtocol.Tcp, "Assigned dgi-serv Note port-assigned Note port-ephemeral")]
    [InlineData(33333, TransportProtocol.Udp, "Reserved Warning port-reserved Warning port-ephemeral")]
    [InlineData(30000, TransportProtocol.Tcp, "Assigned ndmps Note port-assigned Note port-node-port")]
    [InlineData(19999, TransportProtocol.Tcp, "Assigned dnp-sec Note port-assigned")]
    [InlineData(8013, TransportProtocol.Tcp, "Unassigned Warning port-unassigned Note port-known-use")]
    public void Published_numbers_are_flagged_for_the_right_reason(
        int port,
        TransportProtocol transport,
        string told
    )
    {
        var index = new RegistryIndex(
            XmlFormat.Read(TestData.Unzip("pairs/2026-02-13/registry.xml.gz")).Registry!
        );
        var item = Assert.Single(
            PublishedCheck.Of(index, [new(1, 1, "a", new PortRange(port, port), transport)])
        );
        Assert.Equal(told, Told(item));
    }

    [Fact]
    public void What_a_file_leaves_open_is_a_note()
    {
        var item = Assert.Single(
            PublishedCheck.Of(Index, [new(2, 3, "db", null, TransportProtocol.Tcp, "${PORT} has no default")])
        );
        Assert.Equal((FindingLevel.Note, ""), (item.Level, item.Place));
        Assert.Equal("${PORT} has no default", item.Findings[0].Message);
    }

    [Fact]
    public void Every_rule_has_its_own_id_help_and_source()
    {
        Assert.Equal(CheckRules.All.Length, CheckRules.All.DistinctBy(rule => rule.Id).Count());
        var declared = typeof(CheckRules)
            .GetProperties()
            .Count(property => property.PropertyType == typeof(CheckRule));
        Assert.Equal(declared, CheckRules.All.Length);
        Assert.All(
            CheckRules.All,
            rule =>
            {
                Assert.EndsWith(".", rule.Help, StringComparison.Ordinal);
                Assert.NotEmpty(rule.Source);
                Assert.True(Uri.IsWellFormedUriString(rule.Address, UriKind.Absolute));
            }
        );
    }

    static string Told(CheckItem item) =>
        string.Join(
            ' ',
            [
                $"{item.State}",
                .. item.Names,
                .. item.Findings.Select(finding => $"{finding.Level} {finding.Rule}"),
            ]
        );

    static ListeningSocket Socket(int port, TransportProtocol transport) =>
        new()
        {
            Address = IPAddress.Any,
            Port = new((ushort)port),
            Transport = transport,
            Process = new(1, "init"),
        };
}
