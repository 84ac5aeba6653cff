using System.Text;

namespace Berthbook.Formats;

public class ServicesFormatTests
{
    [Fact]
    public void Writes_names_ports_aliases_and_descriptions_in_number_order()
    {
        var records = new[]
        {
            Record("x11", 6000, 6002, TransportProtocol.Tcp, "X Window System"),
            Record("http", 80, 80, TransportProtocol.Udp, "World Wide Web"),
            Record("http", 80, 80, TransportProtocol.Tcp, "World Wide Web"),
            Record("www", 80, 80, TransportProtocol.Tcp, "again"),
            Record("HTTP", 80, 80, TransportProtocol.Tcp, "the same name"),
            Record("www-http", 80, 80, TransportProtocol.Tcp, "and again"),
        };
        Assert.Equal(
            [
                "http\t80/tcp\twww www-http\t# World Wide Web",
                "http\t80/udp\t\t# World Wide Web",
                "x11\t6000/tcp\t\t# X Window System",
                "x11\t6001/tcp\t\t# X Window System",
                "x11\t6002/tcp\t\t# X Window System",
            ],
            Lines(records)
        );
    }

    [Fact]
    public void An_old_spelling_is_never_the_name() // RFC 6335 section 10.1
    {
        var old = Record("whois++", 63, 63, TransportProtocol.Tcp, "whois++") with
        {
            Note = new("This entry is an alias to \"whoispp\"."),
        };
        var name = Record("whoispp", 63, 63, TransportProtocol.Tcp, "whois++");
        Assert.Equal(["whoispp\t63/tcp\twhois++\t# whois++"], Lines(old, name));
        Assert.Equal(["whois++\t63/tcp\t\t# whois++"], Lines(old));
    }

    [Fact]
    public void Leaves_out_what_assigns_no_name_to_a_place()
    {
        var record = Record("name", 1, 1, TransportProtocol.Tcp, "words");
        Assert.Empty(
            Lines(
                record with
                {
                    Name = null,
                },
                record with
                {
                    Number = null,
                },
                record with
                {
                    Transport = null,
                },
                record with
                {
                    Name = null,
                    Description = new("Reserved"),
                },
                record with
                {
                    Description = new("De-registered"),
                },
                record with
                {
                    Note = new("This entry records an unassigned but widespread use"),
                },
                record with
                {
                    Name = ServiceName.Historic("two words"),
                },
                record with
                {
                    Name = ServiceName.Historic("a#b"),
                }
            )
        );
    }

    [Fact]
    public void No_text_can_forge_a_line() // reliability.md T24
    {
        var text = "a\n#b\r\u0085\u2028evil\t1/tcp\u001b[31m";
        var lines = Lines(Record("name", 1, 1, TransportProtocol.Tcp, text));
        Assert.Equal(["name\t1/tcp\t\t# a #b   evil 1/tcp [31m"], lines);
        var header = new RegistryHeader
        {
            Id = "r",
            Parts = [new(HeaderPartKind.Title, new("Ours\nevil 1/tcp"))],
        };
        Assert.Equal(
            "# Ours evil 1/tcp\n# one two\n",
            Encoding.UTF8.GetString(ServicesFormat.Write(new(header, [], []), "one\ntwo"))
        );
    }

    [Fact]
    public void Writes_IANAs_registry_as_a_services_file()
    {
        var registry = XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!;
        var lines = Encoding.UTF8.GetString(ServicesFormat.Write(registry)).Split('\n')[1..^1];
        Assert.Contains("https\t443/tcp\t\t# http protocol over TLS/SSL", lines);
        Assert.Contains(
            "whoispp\t63/tcp\twhois++\t# whois++ IANA assigned this well-formed service name as a replacement for \"whois++\".",
            lines
        );
        Assert.Contains("x11\t6063/udp\t\t# X Window System", lines);
        Assert.Contains(lines, line => line.StartsWith("domain\t53/tcp\t", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Equal(4, line.Split('\t').Length));
        var ports = lines.Select(line => int.Parse(line.Split('\t')[1].Split('/')[0], null)).ToList();
        Assert.Equal(ports.Order(), ports);
    }

    static RegistryRecord Record(
        string name,
        int first,
        int last,
        TransportProtocol transport,
        string description
    ) =>
        new()
        {
            Name = ServiceName.Historic(name),
            Number = new(first, last),
            Transport = transport,
            Description = new(description),
        };

    static string[] Lines(params RegistryRecord[] records) =>
        Encoding.UTF8.GetString(ServicesFormat.Write(new(new() { Id = "r" }, [.. records], []))).Split('\n')[
            1..^1
        ];
}
