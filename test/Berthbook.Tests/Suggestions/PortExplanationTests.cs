using static Berthbook.SmallRegistry;

namespace Berthbook.Suggestions;

public class PortExplanationTests
{
    /// <summary>The numbers that real projects stumbled over, each for its reason.</summary>
    [Theory]
    [InlineData(55680, ReasonCode.Dynamic, "55680 is a Dynamic Port")]
    [InlineData(46656, ReasonCode.EphemeralLinux, "ephemeral range of Linux, 32768-60999")]
    [InlineData(39132, ReasonCode.EphemeralLinux, "ephemeral range of Linux, 32768-60999")]
    [InlineData(33333, ReasonCode.Assigned, "tcp: assigned to dgi-serv (Digital Gaslight Service), held by")]
    [InlineData(33333, ReasonCode.Reserved, "udp: the registry lists it as Reserved")]
    [InlineData(30000, ReasonCode.Assigned, "tcp: assigned to ndmps")]
    [InlineData(30000, ReasonCode.NodePort, "the first of Kubernetes' default NodePort range 30000-32767")]
    [InlineData(19999, ReasonCode.Assigned, "tcp and udp: assigned to dnp-sec")]
    [InlineData(8013, ReasonCode.KnownUse, "the default of flagd")]
    public void Seven_numbers_that_projects_stumbled_over_are_flagged(int port, string code, string words)
    {
        var told = IanaPorts.Advisor.Explain(new((ushort)port));
        var reason = Assert.Single(told.Reasons, reason => reason.Code == code && Has(reason.Text, words));
        Assert.True(reason.IsAgainst);
        Assert.NotEmpty(reason.Source);
    }

    [Theory]
    [InlineData(55680, "55680 cannot be had: it is a Dynamic Port.")]
    [InlineData(46656, "46656 is Unassigned on tcp, udp, sctp and dccp, but this speaks against it: inside")]
    [InlineData(
        33333,
        "33333 is Assigned to dgi-serv on tcp; Reserved on udp, sctp and dccp. Besides: inside"
    )]
    [InlineData(
        30000,
        "30000 is Assigned to ndmps on tcp; Reserved on udp, sctp and dccp. Besides: the first"
    )]
    [InlineData(19999, "19999 is Assigned to dnp-sec on tcp, udp and sctp; Reserved on dccp.")]
    [InlineData(
        8013,
        "8013 is Unassigned on tcp, udp, sctp and dccp, but this speaks against it: in use without"
    )]
    [InlineData(8011, "8011 is Unassigned on tcp, udp, sctp and dccp, and nothing of weight")]
    public void The_verdict_says_it_in_a_sentence(int port, string beginning) =>
        Assert.StartsWith(
            beginning,
            IanaPorts.Advisor.Explain(new((ushort)port)).Verdict,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_flagd_port_is_unassigned_and_still_spoken_against()
    {
        var told = IanaPorts.Advisor.Explain(new(8013));
        Assert.All(told.Statuses, status => Assert.Equal(PortState.Unassigned, status.Effective));
        Assert.Equal(
            [ReasonCode.KnownUse],
            told.Reasons.Where(reason => reason.IsAgainst).Select(reason => reason.Code)
        );
    }

    [Theory]
    [InlineData(6003, "Known Unauthorized Use on port 6003")]
    [InlineData(796, "Unauthorized Use Known on port 796")]
    [InlineData(33500, "Known Unauthorized Use on ports 33436-33534")]
    [InlineData(44516, "Known UNAUTHORIZED USE: Ports 44515 & 44516")]
    [InlineData(1895, "Microsoft (unoffically) using 1895")]
    [InlineData(3000, "remoteware-cl")]
    public void A_use_that_the_registry_notes_of_the_number_is_told(int port, string words) =>
        Assert.Contains(
            IanaPorts.Advisor.Explain(new((ushort)port)).Reasons,
            reason => reason.Code == ReasonCode.NotedUse && Has(reason.Text, words)
        );

    [Theory]
    [InlineData(795)]
    [InlineData(33535)]
    [InlineData(44517)]
    public void A_use_that_the_registry_notes_of_another_number_in_the_range_is_not_told(int port) =>
        Assert.DoesNotContain(
            IanaPorts.Advisor.Explain(new((ushort)port)).Reasons,
            reason => reason.Code == ReasonCode.NotedUse
        );

    [Theory]
    [InlineData(15, "[was netstat]")]
    [InlineData(2693, "(Removed 2004-2-6)")]
    [InlineData(4501, "De-registered 08 June 2001")]
    public void A_number_that_was_given_back_is_told(int port, string words) =>
        Assert.Contains(
            IanaPorts.Advisor.Explain(new((ushort)port)).Reasons,
            reason => reason.Code == ReasonCode.Deassigned && Has(reason.Text, words)
        );

    [Theory]
    [InlineData(2825, "the registry notes: (unassigned) Possibly assigned")]
    public void Another_note_of_the_registry_is_told_as_it_is(int port, string words) =>
        Assert.Contains(
            IanaPorts.Advisor.Explain(new((ushort)port)).Reasons,
            reason => reason.Code == ReasonCode.Noted && reason.Text == words
        );

    [Fact]
    public void The_built_in_registry_says_that_it_lists_no_port_numbers() =>
        Assert.Contains(
            new PortAdvisor(new RegistryIndex(BuiltInRegistry.Read())).Explain(new(8080)).Reasons,
            reason => reason is { Code: ReasonCode.Noted, IsAgainst: true }
        );

    [Fact]
    public void A_reserved_number_is_told_with_the_registry_s_note()
    {
        var told = IanaPorts.Advisor.Explain(new(831), [TransportProtocol.Tcp]);
        Assert.Contains(
            told.Reasons,
            reason => reason.Code == ReasonCode.Reserved && Has(reason.Text, "NETCONF over BEEP")
        );
    }

    [Theory]
    [InlineData(TransportProtocol.Tcp, true)]
    [InlineData(TransportProtocol.Udp, false)]
    public void Browsers_refuse_ports_of_TCP(TransportProtocol transport, bool isRefused) =>
        Assert.Equal(
            isRefused,
            new PortAdvisor(Index())
                .Explain(new(6667), [transport])
                .Reasons.Any(reason => reason.Code == ReasonCode.BrowserRefused)
        );

    [Fact]
    public void What_is_noted_of_unassigned_numbers_is_not_told_of_others()
    {
        var advisor = new PortAdvisor(
            Index(
                Record("", "6999-7003", "", "Unassigned", "import the registry"),
                Record("quay", "7001", "tcp", "Quay")
            )
        );
        Assert.Equal(
            "7001 is Assigned to quay on tcp; Reserved on udp, sctp and dccp.",
            advisor.Explain(new(7001)).Verdict
        );
        Assert.Equal(
            "7002 is Unassigned on tcp, udp, sctp and dccp, but this speaks against it: the registry notes: import "
                + "the registry.",
            advisor.Explain(new(7002)).Verdict
        );
    }

    [Fact]
    public void Only_the_transports_asked_about_are_told()
    {
        var advisor = new PortAdvisor(Index(Record("quay", "8080", "tcp")));
        var told = advisor.Explain(new(8080), [TransportProtocol.Sctp, TransportProtocol.Udp]);
        Assert.Equal(
            [TransportProtocol.Udp, TransportProtocol.Sctp],
            told.Statuses.Select(status => status.Transport)
        );
        Assert.Equal("8080 is Reserved on udp and sctp.", told.Verdict);
    }

    [Fact]
    public void What_the_host_says_is_told()
    {
        var host = new HostFacts(
            new(new(20000, 29999), [new(20002, 20002)]),
            [(new(20001), TransportProtocol.Udp)]
        );
        var told = new PortAdvisor(Index()).Explain(new(20001), host: host);
        Assert.Equal(
            [ReasonCode.InUseHere, ReasonCode.EphemeralHere, ReasonCode.EphemeralFreeBsd],
            told.Reasons.Where(reason => reason.IsAgainst).Select(reason => reason.Code)
        );
    }

    [Fact]
    public void A_known_use_is_not_told_once_the_number_is_assigned() =>
        Assert.DoesNotContain(
            new PortAdvisor(Index(Record("flagd", "8013", "tcp"))).Explain(new(8013)).Reasons,
            reason => reason.Code == ReasonCode.KnownUse
        );

    [Fact]
    public void Every_number_can_be_explained()
    {
        for (var port = 0; port < PortNumber.Count; port += 97)
        {
            var told = IanaPorts.Advisor.Explain(new((ushort)port));
            Assert.NotEmpty(told.Verdict);
            Assert.All(told.Reasons, reason => Assert.NotEmpty(reason.Text));
        }
    }

    static bool Has(string text, string words) => text.Contains(words, StringComparison.Ordinal);
}
