using System.Text;
using Berthbook;
using Berthbook.Requests;
using Berthbook.Storage;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(SmallServer))]

namespace Berthbook;

/// <summary>One server for tests that need little: two revisions of a registry of our own with odd names and ids.</summary>
public sealed class SmallServer : IAsyncLifetime
{
    /// <summary>The server.</summary>
    public RunningServer Server { get; private set; } = null!;

    /// <summary>A file of the registry as of a day, with a record more if one is given.</summary>
    public static byte[] File(string updated, string record = "") =>
        Encoding.UTF8.GetBytes(
            $"""
            <?xml version='1.0' encoding='UTF-8'?>
            <registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
              <title>Harbour</title>
              <updated>{updated}</updated>
              <record>
                <name>914c/g</name>
                <protocol>tcp</protocol>
                <description/>
                <number>211</number>
                <xref type="person" data="Ends_ "/>
                <note>This entry is an alias to "914c-g".</note>
              </record>
              <record>
                <name>EtherNet/IP-1</name>
                <protocol>udp</protocol>
                <description>Nets &amp; "quotes" über all</description>
                <number>2222</number>
                <xref type="person" data="Åsa_Öberg"/>
              </record>
              <record>
                <name>whois++</name>
                <protocol>tcp</protocol>
                <description>w</description>
                <number>63</number>
                <xref type="person" data="a/b"/>
              </record>
              <record>
                <name>per%cent</name>
                <protocol>tcp</protocol>
                <description>p</description>
                <number>64</number>
              </record>
              <record>
                <name>per%2Fcent</name>
                <protocol>tcp</protocol>
                <description>p</description>
                <number>65</number>
              </record>
              <record>
                <name>%</name>
                <description>p</description>
              </record>{record}
              <people>
                <person id="Ends_ ">
                  <name>Ends in a blank</name>
                </person>
                <person id="a/b">
                  <org>Slash</org>
                </person>
                <person id="Åsa_Öberg">
                  <name>Åsa Öberg</name>
                  <uri>mailto:asa&amp;example.org</uri>
                  <updated>2026-01</updated>
                </person>
              </people>
            </registry>

            """
        );

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync([File("2026-01-01"), File("2026-01-02", Quay)]);
        // One that experts review, so that there are no more revisions.
        var by = new Actor
        {
            Account = 1,
            Name = "Ada",
            Email = "ada@example.org",
        };
        var party = new RequestParty { Name = by.Name, Email = by.Email };
        var asked = new RequestDocument
        {
            Kind = RequestKind.Assign,
            Name = "basin",
            Transports = [TransportProtocol.Tcp],
            Port = new(new PortNumber(4300)),
            Assignee = party,
            Contact = party,
            Description = "Basins",
            Reference = "Peers send each other lists of basins over TLS, each list behind its length.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
            WhyNotDynamic = "Peers meet before anything can tell them a number.",
        };
        var store = Server.Services.GetRequiredService<RequestStore>();
        var outcome = await store.SubmitAsync([asked], isDraft: false, new(by) { Name = "request.submit" });
        Assert.Equal(RequestState.InReview, Assert.Single(outcome.Requests).State);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A record that a revision adds.</summary>
    public const string Quay = """

          <record>
            <name>quay</name>
            <protocol>tcp</protocol>
            <description>Quay</description>
            <number>80</number>
          </record>
        """;
}
