using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules A5 to A9, by the procedure that decides and by who has to confirm.</summary>
public class PathRulesTests
{
    [Theory, Cites("A5")]
    [InlineData("none", Procedure.FirstComeFirstServed)]
    [InlineData("45060", Procedure.ExpertReview)]
    [InlineData("user", Procedure.ExpertReview)]
    [InlineData("917", Procedure.IetfReviewOrIesgApproval)]
    [InlineData("system", Procedure.IetfReviewOrIesgApproval)]
    public void The_range_asked_for_says_which_procedure_decides(string port, Procedure procedure) =>
        Assert.Equal(procedure, Check(Registry(), For(Assign, "lab-scales", port, "tcp")).Procedure);

    [Fact, Cites("A5")]
    public void An_IETF_Review_takes_the_place_of_Expert_Review() =>
        Assert.Equal(
            Procedure.IetfReviewOrIesgApproval,
            Check(
                Registry(),
                For(Assign, "lab-scales", "45060", "tcp") with
                {
                    Approval = new("ietf-review", "RFC-ietf-scales-03", null),
                }
            ).Procedure
        );

    [Fact, Cites("A5")]
    public void Many_requests_of_one_applicant_go_to_an_expert()
    {
        var request = For(Assign, "lab-scales", "none", "tcp");
        var few = Enumerable.Range(1, 3).Select(Earlier).ToImmutableArray();
        Assert.Equal(Procedure.FirstComeFirstServed, Check(Registry(), request, few).Procedure);
        Assert.Equal(Procedure.ExpertReview, Check(Registry(), request, few.Add(Earlier(4))).Procedure);
        var old = Earlier(4) with { Submitted = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        Assert.Equal(Procedure.FirstComeFirstServed, Check(Registry(), request, few.Add(old)).Procedure);

        static PendingRequest Earlier(int number) =>
            new(
                number,
                new(2026, 3, 1, 0, 0, number, TimeSpan.Zero),
                For(Assign, $"other-{number}-x", "none", "tcp")
            );
    }

    [Fact, Cites("A5")]
    public void Clear_requests_for_a_name_are_granted_at_once_or_wait_for_a_click()
    {
        var request = For(Assign, "lab-scales", "none", "tcp");
        Assert.Contains(Check(Registry(), request).Next, step => step is { State: "approved", Rule: "A5" });
        var verdict = Check(Registry(), request, settings: new() { AssignsAtOnce = false });
        Assert.Contains(verdict.Next, step => step is { State: "awaiting-approval", Rule: "A5" });
    }

    [Fact]
    public void A_profile_labels_roles_and_procedures()
    {
        var settings = new RuleSettings
        {
            RoleLabels = ImmutableDictionary<Role, string>.Empty.Add(Role.Approver, "the architecture board"),
            ProcedureLabels = ImmutableDictionary<Procedure, string>.Empty.Add(
                Procedure.IetfReviewOrIesgApproval,
                "Board Approval"
            ),
        };
        var words = Check(Registry(), For(Assign, "lab-scales", "917", "tcp"), settings: settings).Words();
        Assert.Contains("Board Approval: the architecture board approves", words);
        Assert.DoesNotContain("IESG", words);
    }

    [Fact, Cites("A6")]
    public void What_a_stranger_adds_to_a_name_waits_for_the_assignee()
    {
        var registry = Registry(Held("lamp", "", "tcp"));
        var stranger = Check(registry, For(Add, "lamp", "none", "udp"));
        Assert.Contains(stranger.Next, step => step is { State: "confirmation-pending", Who: Role.Assignee });
        Assert.Contains("Ada Example confirms or denies that UDP is added to lamp", stranger.Words());
        var own = Check(
            registry,
            For(Add, "lamp", "none", "udp") with
            {
                Requester = new() { Contact = "Ada_Example" },
            }
        );
        Assert.DoesNotContain("Ada Example confirms or denies", own.Words());
    }

    [Fact, Cites("A6")]
    public void Nothing_is_added_to_a_name_that_nobody_has() =>
        Assert.True(Check(Registry(), For(Add, "lamp", "none", "udp")).IsRefused);

    [Fact, Cites("A7")]
    public void A_second_name_on_a_port_waits_for_the_assignee_of_the_first()
    {
        var verdict = Check(
            Registry(Held("lamp", "917", "tcp")),
            For(SecondName, "dimmer", "917", "tcp") with
            {
                InBand = "The first octet tells them apart.",
            }
        );
        Assert.Contains(verdict.Next, step => step is { State: "confirmation-pending", Who: Role.Assignee });
        Assert.Contains(verdict.Next, step => step is { State: "in-review", Who: Role.Expert, Rule: "A11" });
        Assert.Equal(Procedure.IetfReviewOrIesgApproval, verdict.Procedure);
    }

    [Fact, Cites("A7")]
    public void A_second_name_stands_beside_a_first() =>
        Assert.True(Check(Registry(), For(SecondName, "dimmer", "45060", "tcp")).IsRefused);

    [Fact, Cites("A8")]
    public void A_document_of_the_IETF_stream_needs_no_parties_and_takes_no_others()
    {
        var request = For(Assign, "lab-scales", "45060", "tcp") with { IsIetfStream = true };
        Assert.Equal(["assignee.name", "contact.name"], Check(Registry(), request).ToMend());
        Assert.True(Check(Registry(), request with { Assignee = null, Contact = null }).IsComplete);
        var written = request with
        {
            Assignee = new() { Name = "IESG", Email = "iesg@ietf.org" },
            Contact = new() { Contact = "IETF_Chair" },
        };
        Assert.DoesNotContain("assignee.name", Check(Registry(), written).ToMend());
    }

    [Fact, Cites("A9")]
    public void An_early_allocation_needs_the_approver_and_lasts_a_year()
    {
        var request = For(EarlyAllocation, "lab-scales", "45060", "udp") with { Role = RequesterRole.Chair };
        var verdict = Check(Registry(), request);
        Assert.Equal(Procedure.Approver, verdict.Procedure);
        Assert.Contains("expires on 2027-03-10", verdict.Words());
        Assert.True(verdict.IsComplete);
        Assert.False(Check(Registry(), request with { Specification = null }).IsComplete);
    }

    [Fact, Cites("A9")]
    public void Only_the_chair_of_the_working_group_asks_for_an_early_allocation() =>
        Assert.True(Check(Registry(), For(EarlyAllocation, "lab-scales", "45060", "udp")).IsRefused);

    [Theory, Cites("A9")]
    [InlineData("2025-06-01", "2026-06-01", Procedure.Approver, "allocated early until 2026-06-01")]
    [InlineData(
        "2025-01-01",
        "2026-01-01",
        Procedure.Approver,
        "expired on 2026-01-01 and stays unavailable"
    )]
    [InlineData("2024-06-01", "2026-06-01", Procedure.IesgApproval, "It was renewed once")]
    public void An_early_allocation_is_renewed_once(
        string registered,
        string expires,
        Procedure procedure,
        string words
    )
    {
        var held = Held("lab-scales", "45060", "udp") with
        {
            Description = new($"Scales (TEMPORARY - registered {registered}, expires {expires})"),
        };
        var request = For(EarlyAllocation, "lab-scales", "45060", "udp") with { Role = RequesterRole.Chair };
        var verdict = Check(Registry(held), request);
        Assert.Equal(procedure, verdict.Procedure);
        Assert.Contains(words, verdict.Words());
    }
}
