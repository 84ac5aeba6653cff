using System.Text;
using Berthbook.Formats;

namespace Berthbook;

/// <summary>Small registries of our own, written as IANA's XML.</summary>
static class Small
{
    public const string Header = """
        <?xml version='1.0' encoding='UTF-8'?>
        <registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
          <title>Service Name and Transport Protocol Port Number Registry</title>
          <updated>2026-01-02</updated>

        """;

    /// <summary>A record that assigns a port number.</summary>
    public static string Record(string name, string transport, string number, string more = "") =>
        $"""
              <record date="2026-01-01">
                <name>{name}</name>
                <protocol>{transport}</protocol>
                <xref type="person" data="Ada_Example"/>
                <description>The {name} protocol</description>
                <number>{number}</number>{more}
              </record>

            """;

    /// <summary>A record without a name: <c>Unassigned</c>, <c>Reserved</c>.</summary>
    public static string Nameless(string description, string? transport, string number)
    {
        var protocol = transport is null ? "" : $"\n    <protocol>{transport}</protocol>";
        return $"  <record>{protocol}\n    <description>{description}</description>\n    <number>{number}</number>\n  </record>\n";
    }

    public const string Ada = """
          <people>
            <person id="Ada_Example">
              <name>Ada Example</name>
              <uri>mailto:ada&amp;example.org</uri>
            </person>
          </people>
        </registry>

        """;

    public static byte[] Xml(params string[] records) =>
        Encoding.UTF8.GetBytes($"{Header}{string.Concat(records)}{Ada}");

    public static Registry Of(params string[] records)
    {
        var result = XmlFormat.Read(Xml(records));
        Assert.Empty(result.Faults);
        return result.Registry!;
    }
}
