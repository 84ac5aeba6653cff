using Berthbook.Rules;
using static Berthbook.Requests.Played;
using static Berthbook.Requests.RequestAction;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Requests;

/// <summary>What falls due when, and what it does (procedures A15, A17).</summary>
public class ClocksTests
{
    static RequestDocument UserPort => For(RequestKind.Assign, "lab-scales", "45060", "tcp");

    [Fact, Trait("Rule", "A17")]
    public void An_expert_is_reminded_after_7_days_the_registrar_told_after_14_the_approver_after_30()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        Assert.Equal(["remind-experts-1 7", "tell-registrar-1 14", "tell-approver-1 30"], Told(played));
        var fired = Fire(played, 7);
        Assert.Equal((Remind, "remind-experts-1"), (fired.Steps[^1].Action, fired.Steps[^1].Words));
        Assert.Equal(["tell-registrar-1 14", "tell-approver-1 30"], Told(played, fired));
    }

    [Fact, Trait("Rule", "A17")]
    public void The_clocks_of_a_review_take_the_figures_of_the_settings()
    {
        var settings = new RuleSettings
        {
            RemindExpertDays = 3,
            TellRegistrarDays = 2,
            TellApproverDays = 40,
        };
        var played = new Played(Registry(), UserPort, settings).After((Submit, Dee));
        Assert.Equal(["tell-registrar-1 2", "remind-experts-1 3", "tell-approver-1 40"], Told(played));
    }

    [Fact, Trait("Rule", "A17")]
    public void Nobody_is_reminded_once_every_pool_has_recommended()
    {
        var played = new Played(Registry(), For(RequestKind.Assign, "lab-scales", "45060", "tcp", "sctp"));
        played.After((Submit, Dee), (Recommend, Expert));
        Assert.Equal(3, Told(played).Count);
        played.After((Recommend, SctpExpert));
        Assert.Empty(Told(played));
    }

    [Fact, Trait("Rule", "A15")]
    public void A_party_is_reminded_twice_within_30_days_and_then_its_silence_is_noted()
    {
        var played = Addition();
        Assert.Equal(["remind-holders-1 10", "remind-holders-2 20", "silence-1 30"], Told(played));
        var once = Fire(played, 10);
        Assert.Equal(["remind-holders-2 20", "silence-1 30"], Told(played, once));
        var silent = Clocks.Fire(played.Request, played.Hearing with { Now = Day(30) });
        Assert.Equal(Remind, silent.Request!.Steps[^1].Action);
    }

    [Fact, Trait("Rule", "A15")]
    public void Silence_is_never_yes_and_hands_the_addition_to_the_expert()
    {
        var played = Addition(new() { Reminders = 0 });
        Assert.Equal(["silence-1 30"], Told(played));
        var silent = Fire(played, 30);
        Assert.Equal((Silence, RequestState.InReview), (silent.Steps[^1].Action, silent.State));
        Assert.Equal(
            ["remind-experts-1 37", "tell-registrar-1 44", "tell-approver-1 60"],
            Told(played, silent)
        );
    }

    [Fact, Trait("Rule", "A15")]
    public void The_registrars_own_word_about_a_claim_is_no_partys_silence()
    {
        var document = For(RequestKind.Add, "lamp", "45000", "udp") with { Role = RequesterRole.Contact };
        var played = new Played(Registry(Held("lamp", "45000", "tcp")), document, new() { Reminders = 0 })
        {
            Holders = ["Ada_Example"],
        }.After((Submit, Dee));
        var reminded = Fire(played, 30);
        Assert.Equal((Remind, RequestState.ConfirmationPending), (reminded.Steps[^1].Action, reminded.State));
        Assert.Empty(Told(played, reminded));
    }

    [Fact, Trait("Rule", "A1")]
    public void A_request_whose_addresses_nobody_confirms_expires()
    {
        var document = For(RequestKind.Assign, "lab-scales", "none", "tcp") with
        {
            Assignee = new() { Name = "Dee Instruments", Email = "office@example.com" },
        };
        var played = new Played(Registry(), document, new() { Reminders = 1 }).After((Submit, Dee));
        Assert.Equal(["remind-addresses-1 15", "expire-1 30"], Told(played));
        var reminded = Fire(played, 15);
        var expired = Clocks.Fire(reminded, played.Hearing with { Now = Day(30) }).Request!;
        Assert.Equal((Expire, RequestState.Expired), (expired.Steps[^1].Action, expired.State));
        Assert.Empty(Told(played, expired));
    }

    [Fact, Trait("Rule", "A15")]
    public void A_question_that_nobody_answers_lets_the_request_expire_and_an_answer_begins_the_review_anew()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee), (Ask, Expert));
        Assert.Equal(["remind-applicant-1 10", "remind-applicant-2 20", "expire-1 30"], Told(played));
        played.After((Answer, Dee));
        Assert.Equal(["remind-experts-1 7", "tell-registrar-1 14", "tell-approver-1 30"], Told(played));
    }

    [Fact]
    public void What_is_not_due_is_not_done()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        var early = Clocks.Fire(played.Request, played.Hearing with { Now = Day(7).AddMilliseconds(-1) });
        Assert.Equal(RefusalKind.Conflict, early.Refusal!.Kind);
        played.After((Withdraw, Dee));
        Assert.NotNull(Clocks.Fire(played.Request, played.Hearing with { Now = Day(90) }).Refusal);
    }

    static Played Addition(RuleSettings? settings = null) =>
        new Played(
            Registry(Held("lamp", "45000", "tcp")),
            For(RequestKind.Add, "lamp", "45000", "udp"),
            settings
        )
        {
            Holders = ["Ada_Example"],
        }.After((Submit, Dee));

    static DateTimeOffset Day(int days) =>
        new DateTimeOffset(Today, TimeOnly.MinValue, TimeSpan.Zero).AddDays(days);

    static Request Fire(Played played, int days) =>
        Clocks.Fire(played.Request, played.Hearing with { Now = Day(days) }).Request!;

    static List<string> Told(Played played, Request? request = null) =>
        [
            .. Clocks
                .Of(request ?? played.Request, played.Hearing.Settings)
                .Select(clock => $"{clock.What} {(clock.Due - Day(0)).TotalDays:0.##}"),
        ];
}
