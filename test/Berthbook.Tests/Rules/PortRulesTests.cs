using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules P, by what comes of a request.</summary>
public class PortRulesTests
{
    const Procedure OfReserved = Procedure.StandardsActionOrIesgApproval;

    [Fact, Cites("P1")]
    public void What_the_registry_does_not_keep_cannot_be_asked_for()
    {
        var settings = RuleSettings.Default with
        {
            Transports = [TransportProtocol.Tcp, TransportProtocol.Udp],
        };
        var request = For(Assign, "lab-scales", "none", "tcp", "sctp");
        var verdict = Check(Registry(), request, settings: settings);
        Assert.True(verdict.IsRefused);
        Assert.Equal(["transports"], verdict.ToMend());
        Assert.Contains("SCTP: ask for TCP or UDP", verdict.Words());
        Assert.False(Check(Registry(), request).IsRefused);
    }

    [Fact]
    public void A_number_is_free_on_one_transport_whatever_a_nameless_record_of_another_says()
    {
        var registry = Registry(Nameless("Reserved", "5000", "udp"));
        Assert.NotEqual(OfReserved, Check(registry, For(Assign, "lab-scales", "5000", "tcp")).Procedure);
    }

    [Fact, Cites("P2", "P5")]
    public void A_number_without_record_is_told_as_held_and_why()
    {
        var verdict = Check(Registry(Held("https", "443", "tcp")), For(Assign, "lab-scales", "443", "dccp"));
        Assert.Equal(OfReserved, verdict.Procedure);
        Assert.Contains("443/dccp: no record; held for the assignee of 443/tcp", verdict.Words());
    }

    [Fact, Cites("P2")]
    public void What_a_name_has_already_is_not_added()
    {
        var registry = Registry(Held("lamp", "5000", "tcp"));
        Assert.True(Check(registry, For(Add, "lamp", "5000", "tcp")).IsRefused);
        Assert.False(Check(registry, For(Add, "lamp", "5000", "udp")).IsRefused);
    }

    [Theory, Cites("P3")]
    [InlineData("1023", "sctp")]
    [InlineData("1024", "tcp")]
    [InlineData("49151", "udp")]
    public void The_edges_of_the_ranges_are_Reserved_without_any_record(string port, string transport) =>
        Assert.Equal(OfReserved, Check(Registry(), For(Assign, "lab-scales", port, transport)).Procedure);

    [Theory, Cites("P4")]
    [InlineData("49152")]
    [InlineData("65535")]
    public void A_Dynamic_Port_is_refused_with_the_advice_to_pick_one_at_run_time(string port)
    {
        var verdict = Check(Registry(), For(Assign, "lab-scales", port, "tcp"));
        Assert.True(verdict.IsRefused);
        Assert.Contains("at run time", verdict.Words());
        var renumber = For(Rename, "lamp", "5000", "tcp") with
        {
            NewPort = new(ushort.Parse(port, CultureInfo.InvariantCulture)),
            IsAgreed = true,
        };
        Assert.True(Check(Registry(Held("lamp", "5000", "tcp")), renumber).IsRefused);
    }

    [Theory, Cites("P5")]
    [InlineData("udp")]
    [InlineData("sctp")]
    [InlineData("dccp")]
    public void A_number_is_held_on_the_transports_that_were_not_asked_for(string transport) =>
        Assert.Equal(
            OfReserved,
            Check(
                Registry(Held("lamp", "5000", "tcp")),
                For(Assign, "lab-scales", "5000", transport)
            ).Procedure
        );

    [Fact, Cites("P5")]
    public void The_same_number_is_published_as_Reserved_on_TCP_and_UDP()
    {
        var published = Published(Registry(), "lab-scales", 5000, TransportProtocol.Sctp);
        Assert.Equal(
            ["Reserved 5000/tcp", "Reserved 5000/udp", "lab-scales 5000/sctp"],
            published.Select(record => record.ToString())
        );
    }

    [Theory, Cites("P6")]
    [InlineData(4794, "lab-scales 4794/tcp, Reserved 4794/udp, Unassigned 4795-4799")]
    [InlineData(4798, "Unassigned 4794-4797, lab-scales 4798/tcp, Reserved 4798/udp, Unassigned 4799")]
    [InlineData(4799, "Unassigned 4794-4798, lab-scales 4799/tcp, Reserved 4799/udp")]
    public void An_assignment_splits_the_range_that_it_is_taken_from(int port, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ", ",
                Published(
                    Registry(Nameless("Unassigned", "4794-4799")),
                    "lab-scales",
                    port,
                    TransportProtocol.Tcp
                )
            )
        );

    [Fact, Cites("P6")]
    public void A_note_stays_with_the_part_that_holds_the_number_it_names()
    {
        var range = Nameless("Unassigned", "11431-11488") with
        {
            Unauthorized = "Unauthorized use on port 11488",
        };
        var published = Published(Registry(range), "lab-scales", 11434, TransportProtocol.Tcp);
        Assert.Equal(
            ["Unassigned 11435-11488"],
            published.Where(record => record.Unauthorized is not null).Select(record => record.ToString())
        );
    }

    [Fact, Cites("P9")]
    public void A_range_from_which_nothing_can_be_picked_is_refused()
    {
        var full = Registry(Nameless("Reserved", "1025-49150", "tcp"));
        Assert.True(Check(full, For(Assign, "lab-scales", "user", "tcp")).IsRefused);
        Assert.False(Check(full, For(Assign, "lab-scales", "user", "udp")).IsRefused);
    }

    [Fact, Cites("P9")]
    public void The_registry_picks_a_free_number_of_the_range()
    {
        var registry = Registry(Nameless("Reserved", "1025-4999"), Nameless("Reserved", "5001-49150"));
        Assert.Contains(
            "Today it would be 5000",
            Check(registry, For(Assign, "lab-scales", "user", "tcp")).Words()
        );
    }

    [Fact, Cites("P10")]
    public void A_block_of_numbers_is_refused()
    {
        var verdict = Check(Registry(), For(Assign, "lab-scales", "5000-5009", "tcp"));
        Assert.True(verdict.IsRefused);
        Assert.Contains("10 numbers", verdict.Words());
    }

    [Fact, Cites("P10")]
    public void A_further_number_for_a_service_takes_a_reason_of_its_own_and_the_expert()
    {
        var registry = Registry(Held("lamp", "5000", "tcp"));
        var request = For(Add, "lamp", "5001", "tcp");
        Assert.Contains("whyAnother", Check(registry, request).ToMend());
        var reasoned = Check(registry, request with { WhyAnother = "Readings need a channel of their own." });
        Assert.DoesNotContain("whyAnother", reasoned.ToMend());
        Assert.Equal(Procedure.ExpertReview, reasoned.Procedure);
        Assert.DoesNotContain("whyAnother", Check(registry, For(Add, "lamp", "5000", "udp")).ToMend());
    }

    [Theory, Cites("P10")]
    [InlineData("lamp", "lamp-tls")]
    [InlineData("lamp-ssl", "lamp")]
    public void A_secure_number_beside_an_insecure_one_takes_a_reason(string held, string asked)
    {
        var verdict = Check(Registry(Held(held, "5000", "tcp")), For(Assign, asked, "5001", "tcp"));
        Assert.Contains("whyAnother", verdict.ToMend());
    }

    [Fact, Cites("P10")]
    public void A_name_with_an_s_more_is_a_secure_variant_only_for_the_same_party()
    {
        var registry = Registry(Held("lamp", "5000", "tcp"));
        var request = For(Assign, "lamps", "5001", "tcp");
        Assert.DoesNotContain("whyAnother", Check(registry, request).ToMend());
        var own = request with
        {
            Contact = new() { Name = "Ada Example", Email = "a@example.com" },
        };
        Assert.Contains("whyAnother", Check(registry, own).ToMend());
    }

    static ImmutableArray<RegistryRecord> Published(
        Registry registry,
        string name,
        int port,
        TransportProtocol transport
    )
    {
        var assign = new Decisions.Assign
        {
            Name = ServiceName.Historic(name),
            Description = new("Weighing"),
            Port = new((ushort)port),
            Transports = [transport],
        };
        var basis = new RuleBasis(new(registry));
        var outcome = new Decisions.Decision(Today, [assign]).EffectOn(basis, InForce.Book);
        return outcome.Effect!.On(basis.Registry).Records;
    }
}
