using System.Text;

namespace Berthbook.Cli.Check;

public class ComposeFileTests
{
    [Theory]
    [InlineData("8080:80", "8080/tcp")]
    [InlineData("127.0.0.1:8001:8001/udp", "8001/udp")]
    [InlineData("3000-3005:3000-3005", "3000-3005/tcp")]
    [InlineData("9090-9091:8080-8081", "9090-9091/tcp")]
    [InlineData("6060:6060/udp", "6060/udp")]
    [InlineData("3868:3868/SCTP", "3868/sctp")]
    [InlineData("[::1]:6001:6001", "6001/tcp")]
    [InlineData("22:22", "22/tcp")]
    [InlineData("${PORT:-8080}:80", "8080/tcp")]
    [InlineData("${PORT-8080}:80", "8080/tcp")]
    [InlineData("${A:-${B:-8081}}:80", "8081/tcp")]
    [InlineData("${BIND}:8080:80", "8080/tcp")]
    [InlineData("8080:${TARGET}", "8080/tcp")]
    [InlineData("80${X:+1}:80", "80/tcp")]
    [InlineData(
        "3000",
        "open: no port number of the host is named, so one is picked when the container starts"
    )]
    [InlineData(
        "127.0.0.1::80",
        "open: no port number of the host is named, so one is picked when the container starts"
    )]
    [InlineData("${PORT}:80", "open: '${PORT}:80' has a variable without a default")]
    [InlineData("$PORT:80", "open: '$PORT:80' has a variable without a default")]
    [InlineData("${PORT:?say it}:80", "open: '${PORT:?say it}:80' has a variable without a default")]
    [InlineData("70000:80", "fault: 70000 is no port number: they end at 65535")]
    [InlineData("80-70:80", "fault: the range 80-70 runs backwards")]
    [InlineData(
        "8080:http",
        "fault: 'http' is no port number of a container: write HOST:CONTAINER, such as 8080:80"
    )]
    [InlineData("web:8080:80", "fault: 'web' is no IP address")]
    [InlineData("8080:80/icmp", "fault: 'icmp' is no transport protocol here: tcp, udp or sctp")]
    public void The_short_form_publishes_a_number_of_the_host(string written, string told) =>
        Assert.Equal(told, Told(PublishedText.OfShort(written)));

    [Theory]
    [InlineData("8080", null, "8080/tcp")]
    [InlineData("8000-8010", "udp", "8000-8010/udp")]
    [InlineData(
        null,
        "udp",
        "open: no port number of the host is named, so one is picked when the container starts"
    )]
    [InlineData(
        "0",
        null,
        "open: no port number of the host is named, so one is picked when the container starts"
    )]
    [InlineData("${P}", null, "open: '${P}' has a variable without a default")]
    [InlineData("x", null, "fault: 'x' is not a port number or range: write 443 or 6000-6063, digits only")]
    public void The_long_form_publishes_what_it_says(string? published, string? protocol, string told) =>
        Assert.Equal(told, Told(PublishedText.OfLong(published, protocol)));

    [Fact]
    public void Services_publish_what_stands_under_ports_each_with_its_place()
    {
        var file = Read(
            """
            name: shop
            x-ports: &common
              ports:
                - 9000:9000
            services:
              web:
                image: nginx
                expose: ["1234"]
                ports:
                  - "8080:80"   # the shop
                  - target: 443
                    host_ip: 127.0.0.1
                    published: "8443"
                    protocol: tcp
              metrics:
                <<: *common
              flow: {ports: [6060:6060/udp, 7000]}
              none:
              empty: {ports: }
            """
        );
        Assert.Empty(file.Faults);
        Assert.Equal(
            [
                "10:9 web 8080 Tcp",
                "13:20 web 8443 Tcp",
                "4:7 metrics 9000 Tcp",
                "17:18 flow 6060 Udp",
                "17:33 flow  Tcp",
            ],
            file.Published.Select(port =>
                $"{port.Line}:{port.Column} {port.Service} {port.Ports} {port.Transport}"
            )
        );
    }

    [Fact]
    public void Files_that_are_drawn_in_are_said_to_be_not_checked()
    {
        var file = Read(
            """
            include: [other.yaml]
            services:
              web:
                extends: {file: base.yaml, service: web}
            """
        );
        Assert.Equal([(1, "include"), (4, "web")], file.Published.Select(port => (port.Line, port.Service)));
        Assert.All(
            file.Published,
            port => Assert.Contains("not checked here", port.Open!, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("services:\n  web:\n    ports:\n      - \"70000:80\"\n      - 1:x\n", "4:9", "5:9")]
    [InlineData("services:\n  web:\n    ports: 80:80\n", "3:12")]
    [InlineData("services:\n  web: x\n", "2:8")]
    [InlineData("services: [1]\n", "1:11")]
    [InlineData("just words\n", "1:1")]
    [InlineData("services:\n  web:\n   ports:\n  - [\n", "4:3")]
    [InlineData("services:\n  web: *nobody\n", "2:8")]
    [InlineData("a: b\n\tc: d\n", "1:4")]
    public void Faults_are_told_where_they_stand(string text, params string[] places)
    {
        var file = Read(text);
        Assert.Equal(places, file.Faults.Select(fault => $"{fault.Line}:{fault.Column}"));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_told_where_they_stand()
    {
        var file = ComposeFile.Read([.. "services:\n  a: "u8, 0xFF]);
        Assert.Equal(["2:6: the bytes here are not UTF-8"], file.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Hostile_files_end_soon()
    {
        Assert.Contains(
            "nested deeper",
            Read(new string('[', 100_000)).Faults[0].Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "larger than",
            Read(new string('#', YamlFile.MaxBytes + 1)).Faults[0].Message,
            StringComparison.Ordinal
        );
        // Each map merges the one before it twice: two to the thirtieth without care.
        var bomb = new StringBuilder("m0: &m0 {ports: []}\n");
        for (var i = 1; i <= 30; i++)
            bomb.Append($"m{i}: &m{i} {{<<: [*m{i - 1}, *m{i - 1}]}}\n");
        bomb.Append("services:\n  web: *m30\n");
        Assert.Empty(Read(bomb.ToString()).Faults);
    }

    static string Told(PublishedText text) =>
        text.Fault is { } fault ? $"fault: {fault}"
        : text.Open is { } open ? $"open: {open}"
        : $"{text.Ports}/{text.Transport.Name()}";

    static ComposeFile Read(string text) => ComposeFile.Read(Encoding.UTF8.GetBytes(text));
}
