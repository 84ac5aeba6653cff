namespace Berthbook.Cli.Host;

public class SocketTableTests
{
    const string Heading =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

    // The kernel writes addresses as the machine reads them.
    public SocketTableTests() =>
        Assert.SkipUnless(BitConverter.IsLittleEndian, "the samples are of a little-endian machine");

    [Fact]
    public void TCP_sockets_that_listen_are_read_and_connections_are_not() =>
        Assert.Equal(
            ["0.0.0.0 2024 498", "127.0.0.53 53 17301"],
            Told(
                SocketTable.OfTcp([
                    Heading,
                    "   0: 00000000:07E8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 498 1 0 100 0 0 10 0",
                    "   1: 3500007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 17301 1 0 100 0 0",
                    "   2: 0100007F:B5C2 0100007F:07E8 01 00000000:00000000 00:00000000 00000000     0        0 555 1 0 20 4 30 10",
                    "   3: 0100007F:B5C4 0100007F:07E8 06 00000000:00000000 03:000012B8 00000000     0        0 0 3 0",
                ])
            )
        );

    [Fact]
    public void IPv6_and_mapped_addresses_are_read() =>
        Assert.Equal(
            [":: 8080 1", "::1 631 2", "::ffff:127.0.0.1 5060 3", "fe80::8a3:12ff:fe00:1 80 4"],
            Told(
                SocketTable.OfTcp([
                    Heading,
                    "   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 1 1",
                    "   1: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 2 1",
                    "   2: 0000000000000000FFFF00000100007F:13C4 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 3 1",
                    "   3: 000080FE00000000FF12A308010000FE:0050 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 4 1",
                ])
            )
        );

    [Fact]
    public void UDP_sockets_that_are_connected_to_nobody_wait_for_others() =>
        Assert.Equal(
            ["0.0.0.0 5353 22"],
            Told(
                SocketTable.OfUdp([
                    Heading,
                    "  345: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000   108        0 22 2 0 0",
                    "  346: 0100007F:A000 0100007F:0035 01 00000000:00000000 00:00000000 00000000   108        0 23 2 0 0",
                ])
            )
        );

    [Fact]
    public void SCTP_endpoints_that_listen_are_read_once_for_each_address() =>
        Assert.Equal(
            ["10.0.0.1 3868 9001", "::1 3868 9001"],
            Told(
                SocketTable.OfSctp([
                    " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS",
                    "ffff8800 ffff8801 2   10  29   3868    0 9001 10.0.0.1 ::1 ",
                    "ffff8802 ffff8803 2   7   30   3869    0 9002 10.0.0.1 ",
                ])
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("   0: 0000000:07E8 00000000:0000 0A 0 0 0 0 0 0")]
    [InlineData("   0: 00000000:17E88 00000000:0000 0A 0 0 0 0 0 0")]
    [InlineData("   0: 00000000 00000000:0000 0A 0 0 0 0 0 0")]
    [InlineData("   0: 0000000g:07E8 00000000:0000 0A 0 0 0 0 0 0")]
    [InlineData("   0: 00000000:07E8 00000000:0000 0A 0 0 0 0 0 x")]
    public void A_line_that_is_none_is_passed_over(string line) => Assert.Empty(SocketTable.OfTcp([line]));

    static IEnumerable<string> Told(IEnumerable<SocketLine> lines) =>
        lines.Select(line => $"{line.Address} {line.Port} {line.Inode}");
}
