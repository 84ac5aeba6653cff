using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules C1 to C5, by what comes of a request.</summary>
public class ReleaseRulesTests
{
    static readonly Registry Lamp = Registry(
        Held("lamp", "5000", "tcp", assignee: "Bo_Example"),
        Held("bare", "", "tcp", assignee: "Bo_Example")
    );

    static RequestDocument Ask(RequestKind kind, string name = "lamp") =>
        new()
        {
            Kind = kind,
            Name = name,
            Role = RequesterRole.Assignee,
            Requester = new() { Contact = "Bo_Example" },
            OutOfUse = "The last server was switched off.",
            Reason = "The maker is gone.",
            Attempts = "Three letters came back.",
            IsAgreed = true,
        };

    static readonly RequestDocument Reused = For(Reuse, "lamp", "5000", "tcp") with
    {
        Role = RequesterRole.Assignee,
        Requester = new() { Contact = "Bo_Example" },
        Assignee = new() { Contact = "Bo_Example" },
        NewName = "torch",
        OutOfUse = "Lamp was never shipped.",
    };

    static readonly RequestDocument Passed = For(Transfer, "lamp", "5000", "tcp") with
    {
        Role = RequesterRole.Assignee,
        Requester = new() { Contact = "Bo_Example" },
        Reason = "Dee runs all lamps now.",
        IsAgreed = true,
    };

    [Fact, Cites("C1")]
    public void The_assignee_gives_back_what_is_out_of_use()
    {
        var verdict = Check(Lamp, Ask(Deassign));
        Assert.Equal(Procedure.Registrar, verdict.Procedure);
        Assert.True(verdict.IsComplete);
        Assert.False(Check(Lamp, Ask(Deassign) with { OutOfUse = null }).IsComplete);
    }

    [Fact, Cites("C1")]
    public void Nobody_gives_back_what_is_another_s() =>
        Assert.True(
            Check(
                Lamp,
                Ask(Deassign) with
                {
                    Role = RequesterRole.Applicant,
                    Requester = new() { Name = "Dee", Email = "dee@example.com" },
                }
            ).IsRefused
        );

    [Fact, Cites("C1")]
    public void The_assignee_can_stop_what_the_contact_gives_back()
    {
        var asks = Ask(Deassign) with
        {
            Role = RequesterRole.Contact,
            Requester = new() { Contact = "Ada_Example" },
        };
        Assert.Contains(
            "Bo Example is told that the contact gives lamp back, and can stop it",
            Check(Lamp, asks).Words()
        );
    }

    [Fact, Cites("C1")]
    public void What_nobody_has_is_not_given_back() =>
        Assert.True(Check(Lamp, Ask(Deassign, "torch")).IsRefused);

    [Fact, Cites("C2")]
    public void A_name_is_given_back_only_with_an_expert()
    {
        var verdict = Check(Lamp, Ask(Deassign) with { ReleasesName = true });
        Assert.Equal(Procedure.ExpertReview, verdict.Procedure);
        Assert.Contains("lamp stays assigned as a name", Check(Lamp, Ask(Deassign)).Words());
    }

    [Fact, Cites("C2")]
    public void A_name_that_is_still_in_use_is_not_given_back()
    {
        var registry = Registry(
            Held("lamp", "5000", "tcp", assignee: "Bo_Example"),
            Held("lamp", "5000", "udp", assignee: "Bo_Example")
        );
        var asks = Ask(Deassign) with { Transports = [TransportProtocol.Tcp], ReleasesName = true };
        Assert.True(Check(registry, asks).IsRefused);
        Assert.False(Check(registry, asks with { Transports = [] }).IsRefused);
    }

    [Fact, Cites("C2")]
    public void A_bare_name_is_given_back_as_such() =>
        Assert.Equal(["releaseName"], Check(Lamp, Ask(Deassign, "bare")).ToMend());

    [Fact, Cites("C3")]
    public void A_number_is_reused_by_its_assignee_under_a_new_name()
    {
        var verdict = Check(Lamp, Reused);
        Assert.True(verdict.IsComplete);
        Assert.Contains("whether lamp on 5000/tcp has users beyond Bo Example", verdict.Words());
        Assert.Equal(["newName"], Check(Lamp, Reused with { NewName = null }).ToMend());
        Assert.Equal(["outOfUse"], Check(Lamp, Reused with { OutOfUse = null }).ToMend());
        Assert.True(Check(Lamp, Reused with { NewName = "lamp" }).IsRefused);
    }

    [Fact, Cites("C3")]
    public void An_expert_is_asked_on_the_reuse_of_a_System_Port_too()
    {
        var registry = Registry(Held("lamp", "917", "tcp", assignee: "Bo_Example"));
        var verdict = Check(registry, Reused with { Port = new(new PortNumber(917)) });
        Assert.Equal(Procedure.IetfReviewOrIesgApproval, verdict.Procedure);
        Assert.Contains(verdict.Next, step => step is { State: "in-review", Rule: "A11" });
    }

    [Fact, Cites("C3")]
    public void A_number_is_not_reused_for_another_party()
    {
        Assert.True(
            Check(
                Lamp,
                Reused with
                {
                    Assignee = new() { Name = "Dee", Email = "dee@example.com" },
                }
            ).IsRefused
        );
        Assert.True(
            Check(
                Lamp,
                Reused with
                {
                    Role = RequesterRole.Applicant,
                    Requester = new() { Name = "Dee", Email = "dee@example.com" },
                }
            ).IsRefused
        );
    }

    [Fact, Cites("C4")]
    public void Only_the_registrar_begins_a_revocation()
    {
        Assert.True(Check(Lamp, Ask(Revoke)).IsRefused);
        var asks = Ask(Revoke) with { Role = RequesterRole.Registrar };
        Assert.Equal(Procedure.ExpertReview, Check(Lamp, asks).Procedure);
        Assert.Equal(["attempts"], Check(Lamp, asks with { Attempts = null }).ToMend());
    }

    [Fact, Cites("C4")]
    public void Where_the_use_is_unclear_the_community_is_called_first()
    {
        var asks = Ask(Revoke) with { Role = RequesterRole.Registrar, IsUseUnclear = true };
        var verdict = Check(Lamp, asks);
        Assert.Equal(Procedure.Approver, verdict.Procedure);
        Assert.Contains("to call the community for 4 weeks", verdict.Words());
        Assert.Contains("for 6 weeks", Check(Lamp, asks, settings: new() { CommunityCallWeeks = 6 }).Words());
    }

    [Fact, Cites("C4")]
    public void A_number_that_was_revoked_goes_to_another_party_by_IESG_Approval()
    {
        var basis = new RuleBasis(new(Registry(Held("lamp", "5000", "tcp"))));
        var decision = new Decisions.Decision(Today, [new Decisions.Revoke { Records = [1] }]);
        var after = decision.EffectOn(basis).Effect!.On(basis.Registry);
        var verdict = Check(after, For(Assign, "torch", "5000", "tcp"));
        Assert.Equal(Procedure.IesgApproval, verdict.Procedure);
    }

    [Fact, Cites("C4")]
    public void A_bare_name_is_revoked_only_as_an_exception()
    {
        var asks = Ask(Revoke, "bare") with { Role = RequesterRole.Registrar };
        Assert.True(Check(Lamp, asks).IsRefused);
        Assert.Equal(Procedure.IesgApproval, Check(Lamp, asks with { Waives = ["C4"] }).Procedure);
    }

    [Fact, Cites("C5")]
    public void A_transfer_is_refused_and_the_coordinated_way_is_offered()
    {
        var verdict = Check(Lamp, Passed with { IsAgreed = false });
        Assert.True(verdict.IsRefused);
        Assert.Contains(verdict.Next, step => step is { State: "rejected", Rule: "C5" });
        Assert.Contains("neither takes effect without the other", verdict.Words());
    }

    [Fact, Cites("C5")]
    public void A_release_and_a_request_together_are_reviewed_together()
    {
        var verdict = Check(Lamp, Passed);
        Assert.False(verdict.IsRefused);
        Assert.Contains("Dee Instruments confirms the request for lamp", verdict.Words());
        Assert.Equal(["reason"], Check(Lamp, Passed with { Reason = null }).ToMend());
        var bare = Passed with { Name = "bare", Port = default };
        Assert.Equal(Procedure.ExpertReview, Check(Lamp, bare).Procedure);
    }
}
