using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules N, by what comes of a request.</summary>
public class NameRulesTests
{
    [Theory, Cites("N1")]
    [InlineData("")]
    [InlineData("sixteen-letters-")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("lab_scales")]
    [InlineData("-scales")]
    [InlineData("lab--scales")]
    [InlineData("8080")]
    [InlineData("wäge")]
    public void A_new_name_that_breaks_the_syntax_is_refused(string name)
    {
        Assert.True(Check(Registry(), For(Assign, name, "none", "tcp")).IsRefused);
        var rename = For(Rename, "lamp", "none", "tcp") with { NewName = name };
        Assert.True(Check(Registry(Held("lamp", "", "tcp")), rename).IsRefused);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("fifteen-letters")]
    [InlineData("3com")]
    public void A_well_formed_name_is_not_refused(string name) =>
        Assert.False(Check(Registry(), For(Assign, name, "none", "tcp")).IsRefused);

    [Fact]
    public void A_name_that_is_there_already_may_break_the_syntax()
    {
        var registry = Registry(Held("sql*net", "66", "tcp"));
        Assert.False(Check(registry, For(UnauthorizedUse, "sql*net", "66", "tcp")).IsRefused);
    }

    [Theory, Cites("N2", "N3")]
    [InlineData("LAMP")]
    [InlineData("Lamp")]
    public void A_taken_name_in_other_case_is_refused(string name)
    {
        var verdict = Check(Registry(Held("lamp", "5000", "tcp")), For(Assign, name, "none", "udp"));
        Assert.True(verdict.IsRefused);
        Assert.Equal(["name"], verdict.ToMend());
    }

    [Fact, Cites("N2")]
    public void A_name_is_published_with_the_case_that_it_was_given()
    {
        var assign = new Decisions.Assign
        {
            Name = ServiceName.Historic("LogCabin"),
            Description = new("LogCabin"),
            Transports = [TransportProtocol.Tcp],
        };
        var basis = new RuleBasis(new(Registry()));
        var effect = new Decisions.Decision(Today, [assign]).EffectOn(basis, InForce.Book).Effect!;
        Assert.Equal("LogCabin", Assert.Single(effect.On(basis.Registry).Records).Name?.Text);
    }

    [Theory, Cites("N3")]
    [InlineData("5000", "tcp")]
    [InlineData("", "udp")]
    [InlineData("", "")]
    public void A_name_that_a_record_holds_is_refused_with_its_holder(string number, string transport)
    {
        var verdict = Check(Registry(Held("lamp", number, transport)), For(Assign, "lamp", "none", "tcp"));
        Assert.True(verdict.IsRefused);
        Assert.Contains("Ada Example", verdict.Words());
    }

    [Fact, Cites("N3")]
    public void The_new_name_of_a_rename_must_be_free()
    {
        var registry = Registry(Held("lamp", "5000", "tcp"), Held("torch", "5001", "tcp"));
        var rename = For(Rename, "lamp", "5000", "tcp") with
        {
            IsAgreed = true,
            Role = RequesterRole.Contact,
        };
        Assert.True(Check(registry, rename with { NewName = "Torch" }).IsRefused);
        Assert.False(Check(registry, rename with { NewName = "beam" }).IsRefused);
        Assert.False(Check(registry, rename with { NewName = "Lamp" }).IsRefused);
    }

    [Fact, Cites("N3")]
    public void A_name_that_an_earlier_request_asks_for_waits_for_it()
    {
        var earlier = new PendingRequest(
            12,
            new(2026, 3, 1, 9, 0, 0, default),
            For(Assign, "Lamp", "none", "tcp")
        );
        var verdict = Check(Registry(), For(Assign, "lamp", "none", "udp"), [earlier]);
        Assert.False(verdict.IsRefused);
        Assert.Contains("Request 12 of 2026-03-01 asks for lamp too", verdict.Words());
    }

    [Fact, Cites("N3")]
    public void Nothing_is_added_that_a_name_has_already()
    {
        Assert.True(Check(Registry(Held("lamp", "", "tcp")), For(Add, "lamp", "none", "tcp")).IsRefused);
        Assert.False(Check(Registry(Held("lamp", "", "tcp")), For(Add, "lamp", "none", "udp")).IsRefused);
    }

    [Fact, Cites("N4")]
    public void An_old_spelling_gets_nothing_new_and_leads_to_its_twin()
    {
        var registry = Registry(
            Held("whoispp", "63", "tcp"),
            Held("whois++", "63", "tcp") with
            {
                Note = new("This entry is an alias to \"whoispp\".\nThis entry is now historic."),
            }
        );
        var verdict = Check(registry, For(Add, "whois++", "none", "udp"));
        Assert.True(verdict.IsRefused);
        Assert.Contains("its well-formed twin is whoispp", verdict.Words());
        Assert.False(Check(registry, For(Add, "whoispp", "none", "udp")).IsRefused);
    }

    [Fact, Cites("N5")]
    public void A_second_name_on_a_number_is_asked_for_as_such_and_says_how_peers_tell_it()
    {
        var registry = Registry(Held("stun", "3478", "udp"));
        Assert.Contains("port", Check(registry, For(Assign, "turn", "3478", "udp")).ToMend());
        var second = For(SecondName, "turn", "3478", "udp");
        Assert.Contains("inBand", Check(registry, second).ToMend());
        var told = second with { InBand = "The first two bits of a message tell." };
        Assert.DoesNotContain("inBand", Check(registry, told).ToMend());
        Assert.False(Check(registry, told).IsRefused);
    }

    [Fact, Cites("N5")]
    public void A_second_name_for_the_same_service_is_refused()
    {
        var registry = Registry(Held("http", "80", "tcp"));
        var second = For(SecondName, "web", "80", "tcp") with
        {
            InBand = "Not at all.",
            Description = "the HTTP protocol ",
        };
        Assert.True(Check(registry, second).IsRefused);
    }

    [Fact, Cites("N5")]
    public void What_is_added_is_added_to_the_name_for_discovery()
    {
        var registry = Registry(
            Held("http", "80", "tcp"),
            Held("www", "80", "tcp") with
            {
                Note = new(
                    "This is a duplicate of the \"http\" service and should not be used for discovery purposes."
                ),
            }
        );
        var verdict = Check(registry, For(Add, "www", "none", "sctp"));
        Assert.True(verdict.IsRefused);
        Assert.Contains("add to http", verdict.Words());
        Assert.False(Check(registry, For(Add, "http", "none", "sctp")).IsRefused);
    }

    [Fact, Cites("N6")]
    public void The_applicant_is_told_the_labels_that_the_name_will_have()
    {
        var verdict = Check(Registry(), For(Assign, "lab-scales", "none", "tcp", "udp", "sctp"));
        var step = Assert.Single(verdict.Next, step => step.Rule == "N6");
        Assert.Contains("_lab-scales._tcp, _lab-scales._udp and _lab-scales._sctp", step.Words);
        Assert.Contains("by DNS-SD as _lab-scales._tcp and _lab-scales._udp", step.Words);
    }
}
