using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules P of numbers that are held, by what comes of a request.</summary>
public class HeldPortRulesTests
{
    const Procedure OfReserved = Procedure.StandardsActionOrIesgApproval;

    static readonly ApprovalClaim Approved = new(
        "iesg-approval",
        "Minutes of 2026-03-01",
        "It is the twin of 5000."
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
    public void A_name_that_was_given_back_takes_a_Standards_Action_or_IESG_Approval()
    {
        var basis = new RuleBasis(new(Registry(Held("lamp", "5000", "tcp"))));
        var release = new Decisions.Deassign { Records = [1], ReleasesName = true };
        var effect = new Decisions.Decision(Today, [release]).EffectOn(basis).Effect!;
        var after = effect.On(basis.Registry);
        Assert.Equal(OfReserved, Check(after, For(Assign, "lamp", "none", "tcp")).Procedure);
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
