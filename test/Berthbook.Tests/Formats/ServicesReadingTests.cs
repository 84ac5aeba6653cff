using System.Text;
using CsCheck;

namespace Berthbook.Formats;

public class ServicesReadingTests
{
    [Fact]
    public void Reads_names_ports_aliases_and_comments_with_their_places()
    {
        var file = Read(
            """
            # Network services

            https	443/tcp	www-s	tls-web # HTTP over TLS
              domain 53/udp#Domain Name Server
            whois++  63/tcp
            """
        );
        Assert.Empty(file.Result.Faults);
        Assert.Empty(file.Result.Warnings);
        Assert.Equal(
            [
                "3:1 https 443/tcp [www-s tls-web] HTTP over TLS",
                "4:3 domain 53/udp [] Domain Name Server",
                "5:1 whois++ 63/tcp [] ",
            ],
            file.Entries.Select(entry =>
                $"{entry.Line}:{entry.Column} {entry} [{string.Join(' ', entry.Aliases)}] {entry.Comment}"
            )
        );
    }

    [Fact]
    public void Name_and_aliases_become_records_of_the_place_the_name_first()
    {
        var registry = Read("http 80/tcp www HTTP www-http # World Wide Web\nhttp 80/udp\n").Result.Registry!;
        Assert.Equal("Services file hosts.txt", registry.Header.Title);
        Assert.Equal(
            ["http 80/tcp", "www 80/tcp", "www-http 80/tcp", "http 80/udp"],
            registry.Records.Select(record => record.ToString())
        );
        Assert.Equal("World Wide Web", registry.Records[0].Description.OneLine);
        Assert.Equal(
            PortState.Unassigned,
            new RegistryIndex(registry).Listed(new(81), TransportProtocol.Tcp)
        );
    }

    [Fact]
    public void A_comment_takes_no_line_its_number() // the registry's words for de-assigned have no such sense here
    {
        var record = Read("finger 79/tcp # Removed from most systems\n").Result.Registry!.Records[0];
        Assert.Equal(RecordKind.Assigned, record.Kind());
        Assert.Equal("Removed from most systems", record.Note!.OneLine);
    }

    [Theory]
    [InlineData("echo 65536/tcp", "1:6: 65536 is no port number: they end at 65535")]
    [InlineData(
        "echo 080/tcp",
        "1:6: '080' is not a port number or range: write 443 or 6000-6063, digits only"
    )]
    [InlineData(
        "echo -7/tcp",
        "1:6: '-7' is not a port number or range: write 443 or 6000-6063, digits only"
    )]
    [InlineData("echo 7-9/tcp", "1:6: '7-9' is a range; a services file has a line for each port number")]
    [InlineData("echo 7/tpc", "1:8: 'tpc' is no transport protocol here: tcp, udp, sctp or dccp")]
    [InlineData("echo 7/", "1:8: '' is no transport protocol here: tcp, udp, sctp or dccp")]
    [InlineData("echo\t7", "1:6: '7' is not port/transport, such as 443/tcp")]
    [InlineData("echo # 7/tcp", "1:6: 'echo' stands alone; write 'name port/transport'")]
    [InlineData("ok 1/tcp\n\n  echo", "3:7: 'echo' stands alone; write 'name port/transport'")]
    [InlineData("echo 7/tcp a\u001bb", "1:13: the control character U+001B has no place in a services file")]
    [InlineData(
        "# nothing\n",
        "1:1: no line names a service; a services file has lines such as 'https 443/tcp'"
    )]
    public void Says_what_is_wrong_and_where(string text, string fault)
    {
        var file = Read(text);
        Assert.Equal([fault], file.Result.Faults.Select(problem => problem.ToString()));
        Assert.Null(file.Result.Registry);
        Assert.Empty(file.Entries);
    }

    [Fact]
    public void Tells_every_fault_in_one_run()
    {
        var result = Read("a 1/tcp\nb 70000/tcp\nc 3/xyz\nd 4/udp\ne\n").Result;
        Assert.Equal([2, 3, 5], result.Faults.Select(problem => problem.Line));
        Assert.Equal(3, result.FaultCount);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_told_where_they_stand()
    {
        byte[] bytes = [.. "ok 1/tcp\nbad 2/tcp # é"u8, 0xE9, .. "\n"u8];
        var file = ServicesFormat.Read(new MemoryStream(bytes), "", new());
        Assert.Equal(
            ["2:14: the bytes here are not UTF-8"],
            file.Result.Faults.Select(fault => fault.ToString())
        );
    }

    [Fact]
    public void Transports_of_other_times_are_left_out_with_a_warning()
    {
        var file = Read("rtmp 1/ddp # Routing Table Maintenance\necho 7/tcp\n");
        Assert.Equal(
            ["1:8: 'rtmp' is left out: the registry has no port numbers of ddp"],
            file.Result.Warnings.Select(warning => warning.ToString())
        );
        Assert.Equal(["echo 7/tcp"], file.Result.Registry!.Records.Select(record => record.ToString()));
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_taken()
    {
        var file = Read("\uFEFF# c\r\necho 7/tcp ping\r\ndiscard 9/tcp\r\n");
        Assert.Empty(file.Result.Faults);
        Assert.Equal(["echo", "ping", "discard"], file.Entries.SelectMany(entry => entry.Names));
    }

    [Fact]
    public void A_file_past_the_limit_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes("echo 7/tcp\n# " + new string('x', 200_000));
        var file = ServicesFormat.Read(new MemoryStream(bytes), "", new() { MaxBytes = 100_000 });
        Assert.Equal(
            ["0:0: the file is larger than 100,000 bytes"],
            file.Result.Faults.Select(f => f.ToString())
        );
    }

    [Fact]
    public void What_is_written_reads_back_to_the_same_names_ports_and_aliases()
    {
        var name = Gen.Char["abcXYZ019-+/._*"].Array[1, 12].Select(letters => new string(letters));
        var record = Gen.Select(
            name,
            Gen.Int[0, 65535],
            Gen.Int[0, 3],
            Gen.Enum<TransportProtocol>(),
            Gen.String,
            (name, first, more, transport, words) =>
                new RegistryRecord
                {
                    Name = ServiceName.Historic(name),
                    Number = new PortRange(first, Math.Min(first + more, 65535)),
                    Transport = transport,
                    Description = new(words),
                }
        );
        record
            .Array[1, 30]
            .Sample(
                records =>
                {
                    var written = ServicesFormat.Write(new(new() { Id = "r" }, [.. records], []));
                    var file = ServicesFormat.Read(new MemoryStream(written), "", new());
                    Assert.Empty(file.Result.Faults);
                    Assert.Equal(Places(written), file.Entries.Select(Place));
                    Assert.Equal(Places(written), Places(ServicesFormat.Write(file.Result.Registry!)));
                },
                iter: Counts.Of(300, 20_000)
            );
    }

    [Fact]
    public void IANAs_registry_written_as_a_services_file_reads_back()
    {
        var registry = XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!;
        var written = ServicesFormat.Write(registry, "as of today");
        var file = ServicesFormat.Read(new MemoryStream(written), "", new());
        Assert.Empty(file.Result.Faults);
        Assert.Equal(Places(written), file.Entries.Select(Place));
        Assert.Equal(Places(written), Places(ServicesFormat.Write(file.Result.Registry!)));
    }

    // The lines without their comments.
    static IEnumerable<string> Places(byte[] written) =>
        Encoding
            .UTF8.GetString(written)
            .Split('\n')
            .Where(line => !line.StartsWith('#') && line.Length > 0)
            .Select(line => line[..line.IndexOf("\t#", StringComparison.Ordinal)]);

    static string Place(ServicesEntry entry) =>
        $"{entry.Name}\t{entry.Port}/{entry.Transport.Name()}\t{string.Join(' ', entry.Aliases)}";

    static ServicesFile Read(string text) =>
        ServicesFormat.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "hosts.txt", new());
}
