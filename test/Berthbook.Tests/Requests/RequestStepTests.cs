using Berthbook.Rules;
using static Berthbook.Requests.Played;
using static Berthbook.Requests.RequestAction;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Requests;

/// <summary>The states of A10, who may take which step in which, and what a step needs.</summary>
public class RequestStepTests
{
    static RequestDocument UserPort => For(RequestKind.Assign, "lab-scales", "45060", "tcp");

    [Fact]
    public void A_complete_request_for_a_name_is_carried_out_as_soon_as_it_is_submitted()
    {
        var played = new Played(Registry(), For(RequestKind.Assign, "lab-scales", "none", "tcp"));
        played.After((Submit, Dee));
        Assert.Equal(RequestState.Assigned, played.Request.State);
        Assert.Equal([Submit, Approve, Assign], played.Request.Steps.Select(step => step.Action));
        Assert.Equal([1, 0, 0], played.Request.Steps.Select(step => step.Account));
        Assert.Contains("A5", played.Request.Steps[1].Rules);
    }

    [Fact]
    public void Where_the_registry_waits_for_a_click_the_registrar_approves_and_carries_out()
    {
        var played = new Played(
            Registry(),
            For(RequestKind.Assign, "lab-scales", "none", "tcp"),
            new() { AssignsAtOnce = false }
        ).After((Submit, Dee));
        Assert.Equal(RequestState.AwaitingApproval, played.Request.State);
        Assert.Equal(RefusalKind.Forbidden, played.Take(Approve, Approver).Refusal!.Kind);
        played.After((Approve, Registrar), (Assign, Registrar));
        Assert.Equal(RequestState.Assigned, played.Request.State);
    }

    [Fact]
    public void An_address_that_is_not_the_applicants_has_to_be_confirmed_before_the_request_counts()
    {
        var document = For(RequestKind.Assign, "lab-scales", "none", "tcp") with
        {
            Assignee = new() { Name = "Dee Instruments", Email = "office@example.com" },
        };
        var played = new Played(Registry(), document).After((Submit, Dee));
        Assert.Equal(RequestState.Submitted, played.Request.State);
        Assert.False(played.Request.State.IsPending());
        Assert.Equal(["office@example.com"], played.Request.Unconfirmed);
        Assert.Equal("A1", played.Request.ConfirmAddress("dee@example.com", played.Hearing).Refusal!.Rule);
        played.Go(played.Request.ConfirmAddress("OFFICE@example.com", played.Hearing));
        Assert.Equal(RequestState.Assigned, played.Request.State);
    }

    [Fact]
    public void What_a_rule_refuses_or_wants_is_not_submitted()
    {
        var refused = new Played(Registry(), For(RequestKind.Assign, "lab_scales", "none", "tcp")).Take(
            Submit,
            Dee
        );
        Assert.Equal((RefusalKind.Conflict, "N1"), (refused.Refusal!.Kind, refused.Refusal.Rule));
        Assert.NotEmpty(refused.Refusal.Findings);
        var incomplete = new Played(Registry(), UserPort with { WhyNotDynamic = null }).Take(Submit, Dee);
        Assert.Equal(("A3", "whyNotDynamic"), (incomplete.Refusal!.Rule, incomplete.Refusal.Field));
    }

    [Theory]
    [InlineData(RequestKind.Reuse)]
    [InlineData(RequestKind.Deassign)]
    [InlineData(RequestKind.Revoke)]
    [InlineData(RequestKind.Transfer)]
    [InlineData(RequestKind.EarlyAllocation)]
    public void Kinds_whose_steps_are_not_decided_yet_are_not_taken(RequestKind kind)
    {
        var refusal = new Played(Registry(), FullRequest.Of(kind)).Take(Submit, Dee).Refusal;
        Assert.Equal("kind", refusal!.Field);
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
    }

    [Fact]
    public void A_User_Port_takes_the_recommendation_of_its_pool_before_the_registrar_decides()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        Assert.Equal(RequestState.InReview, played.Request.State);
        Assert.Equal("A11", played.Take(Approve, Registrar).Refusal!.Rule);
        Assert.Equal(RefusalKind.Forbidden, played.Take(Recommend, SctpExpert).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, played.Take(Recommend, Registrar).Refusal!.Kind);
        played.After((Recommend, Expert));
        Assert.Equal(RequestState.InReview, played.Request.State);
        foreach (var other in new[] { Dee, Expert, Approver, Administrator, Auditor })
            Assert.Equal(RefusalKind.Forbidden, played.Take(Approve, other).Refusal!.Kind);
        played.After((Approve, Registrar), (Assign, Registrar));
        Assert.Equal(RequestState.Assigned, played.Request.State);
    }

    [Fact]
    public void Each_pool_that_a_request_concerns_recommends()
    {
        var played = new Played(
            Registry(),
            For(RequestKind.Assign, "lab-scales", "45060", "tcp", "sctp")
        ).After((Submit, Dee), (Recommend, Expert));
        Assert.Contains("SCTP", played.Take(Approve, Registrar).Refusal!.Words);
        played.After((Recommend, SctpExpert), (Approve, Registrar));
        Assert.Equal(RequestState.Approved, played.Request.State);
    }

    [Fact]
    public void An_expert_who_advises_against_it_is_not_passed_over_by_the_registrar()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        played.Go(
            played.Request.Take(
                new(Recommend)
                {
                    Words = "an existing port does",
                    IsFor = false,
                    Criteria = ["V5"],
                },
                Expert,
                played.Hearing
            )
        );
        Assert.Equal("A11", played.Take(Approve, Registrar).Refusal!.Rule);
        Assert.Equal(RefusalKind.Malformed, played.Take(Reject, Registrar, " ").Refusal!.Kind);
        played.After((Reject, Registrar));
        Assert.Equal(RequestState.Rejected, played.Request.State);
        Assert.Equal("because", played.Request.Steps[^1].Words);
    }

    [Fact]
    public void A_dispute_of_a_pools_experts_is_the_approvers_to_decide()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee), (Recommend, Expert));
        played.Go(
            played.Request.Take(
                new(Recommend)
                {
                    Words = "no",
                    IsFor = false,
                    Criteria = ["V5"],
                },
                SecondExpert,
                played.Hearing
            )
        );
        Assert.Equal("A5", played.Take(Approve, Registrar).Refusal!.Rule);
        played.After((Approve, Approver));
        Assert.Equal(RequestOffice.Approver, played.Request.Steps[^1].Office);
    }

    [Fact]
    public void A_System_Port_is_the_approvers_to_decide_and_the_registrars_to_carry_out()
    {
        var played = new Played(Registry(), For(RequestKind.Assign, "lab-scales", "917", "tcp")).After(
            (Submit, Dee)
        );
        Assert.Equal(RequestState.AwaitingApproval, played.Request.State);
        Assert.Equal("A5", played.Take(Approve, Registrar).Refusal!.Rule);
        played.After((Approve, Approver));
        Assert.Equal("A10", played.Take(Assign, Approver).Refusal!.Rule);
        played.After((Assign, Registrar));
        Assert.Equal(RequestState.Assigned, played.Request.State);
    }

    [Theory]
    [InlineData("dee@example.com", "Somebody", null)]
    [InlineData("eve@example.net", "Dee Example", null)]
    [InlineData("eve@example.net", "Eve Reader", "Dee Instruments")]
    public void Who_has_a_part_in_a_request_does_not_review_it(
        string email,
        string name,
        string? organization
    )
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        var conflicted = Expert with { Email = email, Name = name, Organization = organization };
        var refusal = played.Take(Recommend, conflicted).Refusal;
        Assert.Equal((RefusalKind.Forbidden, "A11"), (refusal!.Kind, refusal.Rule));
        played.After((Recommend, Expert));
    }

    [Fact]
    public void Nobody_reviews_or_decides_what_they_asked_for_whatever_their_offices()
    {
        var everything = Dee with { Offices = (Offices)127 };
        var played = new Played(Registry(), UserPort).After((Submit, everything));
        Assert.Equal("A11", played.Take(Recommend, everything).Refusal!.Rule);
        played.After((Recommend, Expert));
        Assert.Equal("A11", played.Take(Approve, everything).Refusal!.Rule);
        played.After((Approve, Registrar));
        Assert.Equal("A11", played.Take(Assign, everything).Refusal!.Rule);
    }

    [Fact]
    public void Who_recommended_does_not_decide()
    {
        var both = Expert with { Offices = Offices.ExpertTcpUdp | Offices.Registrar };
        var played = new Played(Registry(), UserPort).After((Submit, Dee), (Recommend, both));
        Assert.Equal("A11", played.Take(Approve, both).Refusal!.Rule);
    }

    [Fact]
    public void A_stand_in_whom_the_approver_names_reviews_in_the_place_of_the_pool()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        var outsider = Of(3, "Liz Outside", Offices.None);
        Assert.Equal(RefusalKind.Forbidden, played.Take(Recommend, outsider).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, played.Take(StandIn, Registrar).Refusal!.Kind);
        played.After((StandIn, Approver), (Recommend, outsider), (Approve, Registrar));
        Assert.Equal(RequestState.Approved, played.Request.State);
    }

    [Fact]
    public void What_is_added_to_a_name_waits_for_who_holds_it()
    {
        var registry = Registry(Held("lamp", "45000", "tcp"));
        var played = new Played(registry, For(RequestKind.Add, "lamp", "45000", "udp"))
        {
            Holders = ["Ada_Example"],
        }.After((Submit, Dee));
        Assert.Equal(RequestState.ConfirmationPending, played.Request.State);
        foreach (var other in new[] { Dee, Expert, Registrar, Approver, Administrator })
            Assert.Equal("K1", played.Take(Confirm, other).Refusal!.Rule);
        played.After((Confirm, Ada));
        Assert.Equal(RequestState.InReview, played.Request.State);
        Assert.Contains("A6", played.Request.Steps[^1].Rules);
    }

    [Fact]
    public void A_denial_by_the_holder_ends_the_request()
    {
        var registry = Registry(Held("lamp", "45000", "tcp"));
        var played = new Played(registry, For(RequestKind.Add, "lamp", "45000", "udp"))
        {
            Holders = ["Ada_Example"],
        }.After((Submit, Dee));
        Assert.Equal(RefusalKind.Malformed, played.Take(Deny, Ada, "").Refusal!.Kind);
        played.After((Deny, Ada));
        Assert.Equal(RequestState.Rejected, played.Request.State);
    }

    [Fact]
    public void Silence_is_no_yes_and_hands_an_addition_to_the_expert()
    {
        var registry = Registry(Held("lamp", "45000", "tcp"));
        var played = new Played(registry, For(RequestKind.Add, "lamp", "45000", "udp"))
        {
            Holders = ["Ada_Example"],
        }.After((Submit, Dee), (Attempt, Registrar));
        played.Go(played.Request.Lapse(played.Hearing));
        Assert.Equal(RequestState.InReview, played.Request.State);
        Assert.Equal("A11", played.Take(Approve, Registrar).Refusal!.Rule);
    }

    [Fact]
    public void Silence_about_a_rename_ends_it()
    {
        var registry = Registry(Held("lamp", "45000", "tcp"));
        var document = For(RequestKind.Rename, "lamp") with { NewName = "lantern", IsAgreed = true };
        var played = new Played(registry, document) { Holders = ["Ada_Example"] }.After((Submit, Dee));
        Assert.Equal(RequestState.ConfirmationPending, played.Request.State);
        played.Go(played.Request.Lapse(played.Hearing));
        Assert.Equal(RequestState.Rejected, played.Request.State);
    }

    [Fact]
    public void A_claim_to_be_the_holder_takes_the_registrars_word_and_evidence()
    {
        var registry = Registry(Held("lamp", "45000", "tcp"));
        var document = For(RequestKind.Add, "lamp", "45000", "udp") with { Role = RequesterRole.Contact };
        var played = new Played(registry, document) { Holders = ["Ada_Example"] }.After((Submit, Dee));
        Assert.Equal(RequestState.ConfirmationPending, played.Request.State);
        Assert.Equal(RefusalKind.Malformed, played.Take(Confirm, Registrar, null).Refusal!.Kind);
        played.After((Confirm, Registrar));
        Assert.Equal(RequestState.InReview, played.Request.State);
        var known = new Played(registry, document)
        {
            Holders = ["Ada_Example"],
            ApplicantClaims = ["Ada_Example"],
        }.After((Submit, Dee));
        Assert.Equal(RequestState.InReview, known.Request.State);
    }

    [Fact]
    public void A_question_stops_the_request_until_the_applicant_answers()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee), (Ask, Expert));
        Assert.Equal(RequestState.InformationNeeded, played.Request.State);
        Assert.Equal("A10", played.Take(Recommend, Expert).Refusal!.Rule);
        Assert.Equal(RefusalKind.Forbidden, played.Take(Answer, Registrar).Refusal!.Kind);
        played.After((Answer, Dee));
        Assert.Equal(RequestState.InReview, played.Request.State);
    }

    [Fact]
    public void A_request_that_nobody_confirms_or_answers_for_expires()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee), (Ask, Registrar));
        played.Go(played.Request.Lapse(played.Hearing));
        Assert.Equal(RequestState.Expired, played.Request.State);
    }

    [Fact]
    public void The_earlier_of_two_requests_for_the_same_is_decided_first()
    {
        var played = new Played(Registry(), UserPort)
        {
            Pending = [new(1, new(AskedRules.Today, TimeOnly.MinValue, TimeSpan.Zero), UserPort)],
        }.After((Submit, Dee), (Recommend, Expert));
        Assert.Equal("A14", played.Take(Approve, Registrar).Refusal!.Rule);
        played.Pending = [];
        played.After((Approve, Registrar));
    }

    [Fact]
    public void What_somebody_else_took_meanwhile_is_not_carried_out()
    {
        var played = new Played(Registry(), UserPort).After(
            (Submit, Dee),
            (Recommend, Expert),
            (Approve, Registrar)
        );
        played.Registry = Registry(Held("lab-scales", "45061", "tcp"));
        var refusal = played.Take(Assign, Registrar).Refusal;
        Assert.Equal((RefusalKind.Conflict, "N3"), (refusal!.Kind, refusal.Rule));
        played.After((Reject, Registrar));
    }

    [Fact]
    public void An_exception_takes_the_approvers_written_reason_and_names_the_rules_waived()
    {
        var document = For(RequestKind.Assign, "lab-scales", "1021", "tcp") with
        {
            Waives = ["P11"],
            Reason = "The instruments are in orbit and ask at 1021.",
        };
        var played = new Played(Registry(), document).After((Submit, Dee));
        Assert.Equal("A16", played.Take(Approve, Approver, null).Refusal!.Rule);
        played.After((Approve, Approver));
        Assert.Contains("P11", played.Request.Steps[^1].Rules);
        Assert.Contains("A16", played.Request.Steps[^1].Rules);
    }

    [Fact]
    public void Only_the_registrar_asks_as_the_registrar_and_decides_its_own_upkeep()
    {
        var document = new RequestDocument
        {
            Kind = RequestKind.Correction,
            Role = RequesterRole.Registrar,
            Name = "lamp",
            Description = "Light",
            Reason = "a slip",
        };
        var registry = Registry(Held("lamp", "45000", "tcp"));
        Assert.Equal(RefusalKind.Forbidden, new Played(registry, document).Take(Submit, Dee).Refusal!.Kind);
        var clerk = Registrar with { Account = 1 };
        var played = new Played(registry, document).After((Submit, clerk), (Approve, clerk), (Assign, clerk));
        Assert.Equal(RequestState.Assigned, played.Request.State);
    }

    [Fact]
    public void Only_the_applicant_withdraws_and_not_after_the_end()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        Assert.Equal(RefusalKind.Forbidden, played.Take(Withdraw, Registrar).Refusal!.Kind);
        played.After((Withdraw, Dee));
        Assert.Equal(RequestState.Withdrawn, played.Request.State);
        Assert.Equal(RefusalKind.Conflict, played.Take(Withdraw, Dee).Refusal!.Kind);
    }

    [Fact]
    public void What_is_offered_is_what_would_be_taken()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        Assert.Equal([Withdraw], played.Request.Allowed(Dee, played.Hearing));
        Assert.Equal([Ask, Recommend], played.Request.Allowed(Expert, played.Hearing));
        Assert.Equal([Ask], played.Request.Allowed(Registrar, played.Hearing));
        Assert.Equal([StandIn], played.Request.Allowed(Approver, played.Hearing));
        Assert.Empty(played.Request.Allowed(Administrator, played.Hearing));
        played.After((Recommend, Expert));
        Assert.Equal([Ask, Approve, Reject], played.Request.Allowed(Registrar, played.Hearing));
    }

    [Fact]
    public void What_needs_a_review_since_its_approval_is_not_carried_out()
    {
        var played = new Played(
            Registry(),
            For(RequestKind.Assign, "lab-scales", "none", "tcp"),
            new() { AssignsAtOnce = false }
        ).After((Submit, Dee), (Approve, Registrar));
        // Many of one applicant at once go to an expert (procedures A5).
        played.Pending =
        [
            .. Enumerable
                .Range(1, 50)
                .Select(i => new PendingRequest(
                    i,
                    played.Hearing.Now,
                    For(
                        RequestKind.Assign,
                        $"lab-{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}",
                        "none",
                        "tcp"
                    )
                )),
        ];
        var refused = played.Take(Assign, Registrar).Refusal;
        Assert.Equal((RefusalKind.Conflict, "A11"), (refused!.Kind, refused.Rule));
        // The control: without them it is.
        played.Pending = [];
        played.After((Assign, Registrar));
        Assert.Equal(RequestState.Assigned, played.Request.State);
    }
}
