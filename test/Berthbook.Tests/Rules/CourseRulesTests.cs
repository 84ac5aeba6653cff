using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules A10 to A17, by what will happen to a request.</summary>
public class CourseRulesTests
{
    static readonly RequestDocument UserPort = For(Assign, "lab-scales", "45060", "tcp");

    // Refused by a rule that can be waived: who asks holds nothing.
    static readonly RequestDocument Refused = new()
    {
        Kind = Deassign,
        Name = "lamp",
        OutOfUse = "No server answers.",
        Requester = new() { Name = "Dee Example", Email = "dee@example.com" },
    };

    static Registry Lamp => Registry(Held("lamp", "5000", "tcp"));

    [Fact, Cites("A10")]
    public void Tells_the_states_that_a_request_passes_in_order()
    {
        var states = Check(Registry(), UserPort).Next.Select(step => step.State).Distinct();
        Assert.Equal(
            ["submitted", "information-needed", "in-review", "awaiting-approval", "assigned", "appealed"],
            states
        );
        Assert.Equal("draft", Check(Registry(), UserPort with { Description = null }).Next[0].State);
    }

    [Fact, Cites("A11")]
    public void An_expert_recommends_where_Expert_Review_decides()
    {
        Assert.Contains(
            Check(Registry(), UserPort).Next,
            step => step is { State: "in-review", Who: Role.Expert, Rule: "A11" }
        );
        Assert.DoesNotContain(
            Check(Registry(), UserPort with { Port = default }).Next,
            step => step is { State: "in-review" }
        );
    }

    [Fact, Cites("A11")]
    public void An_expert_with_a_part_in_a_request_does_not_review_it()
    {
        var registry = Registry();
        registry = new(
            registry.Header with
            {
                Parts = [new(HeaderPartKind.Expert, new("TCP/UDP: Eve Expert,\nand Rex Reviewer"))],
            },
            registry.Records,
            registry.Contacts
        );
        var asks = UserPort with
        {
            Contact = new() { Name = "Rex Reviewer", Email = "rex@example.com" },
        };
        Assert.Contains(
            Check(registry, asks).Next,
            step => step.Words.StartsWith("Rex Reviewer has a part in the request", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            Check(registry, UserPort).Next,
            step => step.Words.Contains("has a part in the request and", StringComparison.Ordinal)
        );
    }

    [Fact, Cites("A12")]
    public void What_is_refused_can_be_revised()
    {
        Assert.Contains(
            Check(Lamp, Refused).Next,
            step => step is { State: "rejected", Who: Role.Applicant, Rule: "A12" }
        );
        Assert.Contains("revises request 12", Check(Registry(), UserPort with { Revises = 12 }).Words());
    }

    [Fact, Cites("A13")]
    public void What_is_refused_can_be_appealed()
    {
        Assert.Contains(
            "appealed within 2 months, stating the facts: first to the IESG, then to the IAB",
            Check(Lamp, Refused).Words()
        );
        Assert.Contains(
            "appealed within 3 months",
            Check(Lamp, Refused, settings: new() { AppealMonths = 3 }).Words()
        );
    }

    [Theory, Cites("A14")]
    [InlineData("lab-scales", "none")]
    [InlineData("rival", "45060")]
    public void Of_two_requests_for_the_same_the_first_is_decided_first(string name, string port)
    {
        ImmutableArray<PendingRequest> pending =
        [
            new(7, new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), For(Assign, name, port, "tcp")),
        ];
        Assert.Contains(
            Check(Registry(), UserPort, pending).Next,
            step => step.Words.StartsWith("Request 7, submitted on 2026-03-01", StringComparison.Ordinal)
        );
    }

    [Fact, Cites("A15")]
    public void Silence_is_never_yes()
    {
        var added = Check(Lamp, For(Add, "lamp", "5000", "udp"));
        Assert.Contains("for 30 days, with 2 reminders", added.Words());
        Assert.Contains(
            "silence is never yes: without an answer the designated expert decides",
            added.Words()
        );
        var released = Check(Lamp, Refused with { Role = RequesterRole.Registrar });
        Assert.Contains("without an answer the request is refused", released.Words());
        var patient = new RuleSettings { ReachDays = 60, Reminders = 3 };
        Assert.Contains(
            "for 60 days, with 3 reminders",
            Check(Lamp, For(Add, "lamp", "5000", "udp"), settings: patient).Words()
        );
    }

    [Fact, Cites("A16")]
    public void The_approver_may_grant_what_a_rule_refuses()
    {
        var verdict = Check(
            Lamp,
            Refused with
            {
                Waives = ["C1"],
                Reason = "The company that held it is gone.",
            }
        );
        Assert.False(verdict.IsRefused);
        Assert.Equal(Procedure.IesgApproval, verdict.Procedure);
        Assert.Contains("The company that held it is gone.", verdict.Words());
    }

    [Fact, Cites("A16")]
    public void An_exception_is_offered_and_needs_a_reason()
    {
        Assert.Contains("may grant an exception from C1", Check(Lamp, Refused).Words());
        var verdict = Check(Lamp, Refused with { Waives = ["C1"] });
        Assert.True(verdict.IsRefused);
        Assert.Contains("reason", verdict.ToMend());
    }

    [Theory, Cites("A16")]
    [InlineData("N1")]
    [InlineData("N3")]
    public void No_exception_makes_a_name_well_formed_or_free(string rule) =>
        Assert.True(Check(Registry(), UserPort with { Waives = [rule], Reason = "We like it." }).IsRefused);

    [Fact, Cites("A17")]
    public void Tells_the_clocks_of_a_review()
    {
        Assert.Contains(
            "the designated expert is reminded after 7 days, the registrar is told after 14 and the IESG after 30",
            Check(Registry(), UserPort).Words()
        );
        var quick = new RuleSettings
        {
            RemindExpertDays = 1,
            TellRegistrarDays = 2,
            TellApproverDays = 3,
        };
        Assert.Contains(
            "is told after 2 and the IESG after 3",
            Check(Registry(), UserPort, settings: quick).Words()
        );
    }
}
