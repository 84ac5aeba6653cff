using System.Globalization;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules P, by what comes of a request.</summary>
public class PortRulesTests
{
    const Procedure OfReserved = Procedure.StandardsActionOrIesgApproval;

    static readonly ApprovalClaim Approved = new(
        "iesg-approval",
        "Minutes of 2026-03-01",
        "It is the twin of 5000."
    );

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

    [Fact, Cites("P7")]
    public void A_Reserved_number_takes_a_Standards_Action_or_IESG_Approval_with_its_reason()
    {
        var registry = Registry(Nameless("Reserved", "5000"));
        var request = For(Assign, "lab-scales", "5000", "tcp");
        Assert.Equal(OfReserved, Check(registry, request).Procedure);
        Assert.Contains("approval", Check(registry, request).ToMend());
        var unreasoned = request with { Approval = Approved with { Reason = " " } };
        Assert.Contains("approval", Check(registry, unreasoned).ToMend());
        var reviewed = request with { Approval = Approved with { Policy = "ietf-review" } };
        Assert.Contains("approval", Check(registry, reviewed).ToMend());

        var approved = Check(registry, request with { Approval = Approved });
        Assert.DoesNotContain("approval", approved.ToMend());
        Assert.Equal(OfReserved, approved.Procedure);
    }

    [Fact, Cites("P7")]
    public void The_assignee_of_a_number_gets_it_on_another_transport_by_lesser_procedures()
    {
        var registry = Registry(
            Held("lamp", "5000", "tcp", assignee: "Ada_Example"),
            Nameless("Reserved", "5000", "udp"),
            Held("beam", "700", "tcp", assignee: "Ada_Example")
        );
        var own = new RequestParty { Email = "ADA@example.org" };
        var user = For(Add, "lamp", "5000", "udp") with { Role = RequesterRole.Assignee, Requester = own };
        Assert.Equal(Procedure.ExpertReview, Check(registry, user).Procedure);
        Assert.DoesNotContain("approval", Check(registry, user).ToMend());
        var system = For(Assign, "ray", "700", "udp") with { Requester = own };
        Assert.Equal(Procedure.IetfReviewOrIesgApproval, Check(registry, system).Procedure);
        Assert.Equal(OfReserved, Check(registry, For(Assign, "ray", "5000", "udp")).Procedure);
    }

    [Fact, Cites("P7")]
    public void A_Reserved_name_takes_a_Standards_Action_or_IESG_Approval()
    {
        var registry = Registry(Held("lamp", "", "", contact: "") with { Description = new("Reserved") });
        Assert.Equal(OfReserved, Check(registry, For(Assign, "lamp", "none", "tcp")).Procedure);
    }

    [Fact, Cites("P8")]
    public void A_released_number_is_for_ordinary_requests_once_the_range_is_full_and_a_document_allows_it()
    {
        var deassigned = Nameless("Reserved", "5000") with
        {
            Note = new("De-assigned on 2020-01-01, previously lamp."),
        };
        var full = Registry(
            deassigned,
            Nameless("Reserved", "1025-4999"),
            Nameless("Reserved", "5001-49150")
        );
        var free = Registry(
            deassigned,
            Nameless("Reserved", "1025-4999"),
            Nameless("Reserved", "5001-49149")
        );
        var allowed = RuleSettings.Default with { ReleasedNumbers = "RFC 9999" };
        var request = For(Assign, "lab-scales", "5000", "tcp");
        Assert.Equal(Procedure.ExpertReview, Check(full, request, settings: allowed).Procedure);
        Assert.Equal(OfReserved, Check(full, request).Procedure);
        Assert.Equal(OfReserved, Check(free, request, settings: allowed).Procedure);
        var other = For(Assign, "lab-scales", "5001", "tcp");
        Assert.Equal(OfReserved, Check(full, other, settings: allowed).Procedure);
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

    [Theory, Cites("P11")]
    [InlineData("1021")]
    [InlineData("1022")]
    public void The_numbers_of_experiments_are_refused_to_anything_else(string port)
    {
        Assert.True(Check(Registry(), For(Assign, "lab-scales", port, "tcp")).IsRefused);
        var owner = port == "1021" ? "exp1" : "exp2";
        var registry = Registry(Held(owner, port, "tcp"));
        Assert.False(Check(registry, For(Add, owner, port, "sctp")).IsRefused);
    }

    [Fact, Cites("P12")]
    public void A_noted_use_goes_to_the_expert_with_the_note_shown()
    {
        var registry = Registry(
            SmallRegistry.Record(
                "squat",
                "888",
                "tcp",
                "Squat",
                "This entry records an unassigned but widespread use"
            )
        );
        var verdict = Check(registry, For(Assign, "lab-scales", "888", "tcp"));
        Assert.True(verdict.Procedure >= Procedure.ExpertReview);
        Assert.Contains("records an unassigned but widespread use", verdict.Words());
    }

    [Fact, Cites("P12")]
    public void A_note_on_a_free_range_is_shown_for_the_number_that_it_names()
    {
        var registry = Registry(
            Nameless("Unassigned", "11431-11488", "tcp") with
            {
                Unauthorized = "Unauthorized use on port 11488",
            }
        );
        Assert.Contains(
            "Those who use it",
            Check(registry, For(Assign, "lab-scales", "11488", "tcp")).Words()
        );
        Assert.DoesNotContain(
            "Those who use it",
            Check(registry, For(Assign, "lab-scales", "11434", "tcp")).Words()
        );
    }
}
