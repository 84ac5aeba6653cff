using static Berthbook.SmallRegistry;

namespace Berthbook;

public class PortFactsTests
{
    static readonly RegistryIndex Harbour = Index(
        Record("", "0", "tcp", "Reserved"),
        Record("pier", "79", "tcp"),
        Record("quay", "80", "tcp"),
        Record("quay", "80", "sctp"),
        Record("", "81-99", "", "Unassigned"),
        Record("mole", "351", "tcp", note: "This entry records an unassigned but widespread use"),
        Record("dock", "6000-6063", "tcp") with
        {
            Unauthorized = "Known Unauthorized Use on port 6003",
        }
    );

    [Fact]
    public void Says_for_each_transport_what_is_listed_and_what_counts_P2_P5()
    {
        var facts = Facts(80);
        Assert.Equal(
            [PortState.Assigned, PortState.Unassigned, PortState.Assigned, PortState.Unassigned],
            facts.Statuses.Select(status => status.Listed)
        );
        Assert.Equal(
            [PortState.Assigned, PortState.Reserved, PortState.Assigned, PortState.Reserved],
            facts.Statuses.Select(status => status.Effective)
        );
        Assert.Equal(
            "80/dccp: no record; held for the assignee of 80/tcp (RFC 6335 section 7.2)",
            facts.On(TransportProtocol.Dccp).Why
        );
    }

    [Theory]
    [InlineData(0, PortState.Reserved)]
    [InlineData(1023, PortState.Reserved)]
    [InlineData(1024, PortState.Reserved)]
    [InlineData(49151, PortState.Reserved)]
    [InlineData(1021, PortState.Reserved)]
    [InlineData(1022, PortState.Reserved)]
    [InlineData(1025, PortState.Unassigned)]
    [InlineData(49152, PortState.Dynamic)]
    [InlineData(65535, PortState.Dynamic)]
    public void Edges_and_experiments_are_reserved_on_every_transport_P3_P11(int port, PortState expected) =>
        Assert.All(Facts(port).Statuses, status => Assert.Equal(expected, status.Effective));

    [Fact]
    public void A_noted_use_is_no_assignment_but_is_told_P12()
    {
        var facts = Facts(351);
        Assert.True(facts.IsUseNoted);
        Assert.Equal(PortState.Unassigned, facts.On(TransportProtocol.Tcp).Listed);
        Assert.Contains("widespread use", facts.On(TransportProtocol.Tcp).Why, StringComparison.Ordinal);
        Assert.False(Facts(80).IsUseNoted);
    }

    [Fact]
    public void A_noted_use_beside_an_assignment_is_told_with_it_P12()
    {
        var index = Index(
            Record("berth", "351", "udp"),
            Record("mole", "351", "udp", note: "This entry records an unassigned but widespread use")
        );
        var status = PortFacts.Of(index, new(351)).On(TransportProtocol.Udp);
        Assert.Equal(PortState.Assigned, status.Effective);
        Assert.Equal(
            "351/udp: assigned to berth; the registry also notes a widespread use without assignment, mole",
            status.Why
        );
    }

    [Fact]
    public void A_number_inside_a_range_has_the_range_s_unauthorized_use()
    {
        var facts = Facts(6003);
        Assert.Equal(
            "Known Unauthorized Use on port 6003",
            Assert.Single(facts.WithUnauthorizedUse).Unauthorized
        );
        Assert.Equal(PortClass.User, facts.Range);
    }

    [Theory]
    [InlineData(80, 79, 81)]
    [InlineData(85, 80, 351)]
    [InlineData(200, 99, 351)]
    [InlineData(6003, 351, null)]
    [InlineData(0, null, 79)]
    [InlineData(65535, 6063, null)]
    public void Neighbours_are_the_nearest_numbers_that_other_records_speak_for(
        int port,
        int? below,
        int? above
    )
    {
        var facts = Facts(port);
        Assert.Equal(below, facts.Below?.Port.Value);
        Assert.Equal(above, facts.Above?.Port.Value);
    }

    [Fact]
    public void A_record_that_speaks_for_several_transports_is_told_once() =>
        Assert.Equal("Unassigned 81-99", Assert.Single(Facts(90).Records).ToString());

    static PortFacts Facts(int port) => PortFacts.Of(Harbour, new((ushort)port));
}
