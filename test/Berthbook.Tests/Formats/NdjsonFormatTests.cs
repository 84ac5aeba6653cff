using System.Text;
using System.Text.Json;

namespace Berthbook.Formats;

public class NdjsonFormatTests
{
    [Fact]
    public void Writes_the_header_then_records_then_contacts_a_line_each()
    {
        var lines = Lines(Small.Of(Small.Record("one", "tcp", "1"), Small.Nameless("Reserved", "udp", "1")));
        Assert.Equal(4, lines.Length);
        Assert.StartsWith(
            "{\"format\":\"berthbook-registry-1\",\"statement\":\"ours\",\"registry\":{\"id\":",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith("{\"id\":0,\"name\":\"one\",\"number\":\"1\",", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":0,\"name\":null,\"number\":\"1\",", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("{\"contact\":{\"id\":\"Ada_Example\",", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_of_IANAs_registry_fits_the_schema()
    {
        var registry = XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!;
        var lines = Lines(registry);
        Assert.Equal(1 + registry.Records.Length + registry.Contacts.Length, lines.Length);
        foreach (var line in lines)
        {
            using var value = JsonDocument.Parse(line);
            JsonSchema.Registry.Check(
                value.RootElement,
                "line",
                (path, words) => Assert.Fail($"{words} in {line}")
            );
        }
    }

    static string[] Lines(Registry registry) =>
        Encoding.UTF8.GetString(NdjsonFormat.Write(registry, "ours")).Split('\n')[..^1];
}
