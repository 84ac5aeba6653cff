using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules K, by what comes of a request.</summary>
public class PartyRulesTests
{
    static readonly RequestDocument Upkeep = For(Maintenance, "lamp", "5000", "tcp") with
    {
        Assignee = null,
        Contact = null,
        Role = RequesterRole.Contact,
        Requester = new() { Contact = "Ada_Example" },
    };

    [Fact, Cites("K1")]
    public void Where_no_party_is_recorded_the_approver_stands_for_it()
    {
        var verdict = Check(Registry(Held("lamp", "5000", "tcp", contact: "")), Upkeep);
        Assert.Equal(Procedure.Approver, verdict.Procedure);
        Assert.Contains(verdict.Next, step => step is { Who: Role.Approver, Rule: "K1" });
    }

    [Fact, Cites("K1")]
    public void Where_no_assignee_is_recorded_the_contact_stands_for_it()
    {
        var registry = Registry(Held("lamp", "5000", "tcp"));
        Assert.NotEqual(Procedure.Approver, Check(registry, Upkeep).Procedure);
        var taken = Check(registry, For(Assign, "lamp", "none", "tcp"));
        Assert.Contains("held by the contact Ada Example, who stands for the assignee", taken.Words());
    }

    [Fact, Cites("K2")]
    public void A_party_that_is_named_by_an_id_nobody_has_is_to_be_named_otherwise()
    {
        var request = For(Assign, "lab-scales", "none", "tcp");
        var unknown = request with { Contact = new() { Contact = "Eve_Example" } };
        Assert.Contains("contact.name", Check(Registry(), unknown).ToMend());
        var known = request with { Contact = new() { Contact = "Bo_Example" } };
        Assert.DoesNotContain("contact.name", Check(Registry(), known).ToMend());
    }

    [Fact, Cites("K2")]
    public void Who_bears_a_name_that_is_taken_is_told_the_id_that_it_gets()
    {
        var request = For(Assign, "lab-scales", "none", "tcp");
        var other = request with
        {
            Contact = new() { Name = "Ada Example", Email = "ada@example.com" },
        };
        Assert.Contains("is recorded as Ada_Example_2", Check(Registry(), other).Words());
        var same = request with
        {
            Contact = new() { Name = "Ada Example", Email = "ada@example.org" },
        };
        Assert.DoesNotContain("is recorded as", Check(Registry(), same).Words());
    }

    [Fact, Cites("K2")]
    public void A_contact_whom_no_record_names_any_more_leaves_with_the_change()
    {
        var basis = new RuleBasis(
            new(Registry(Held("lamp", "5000", "tcp"), Held("beam", "", "tcp", "Bo_Example")))
        );
        var release = new Decisions.Deassign { Records = [1], ReleasesName = true };
        var effect = new Decisions.Decision(Today, [release]).EffectOn(basis, InForce.Book).Effect!;
        Assert.DoesNotContain(effect.On(basis.Registry).Contacts, contact => contact.Id == "Ada_Example");
        Assert.Contains(effect.On(basis.Registry).Contacts, contact => contact.Id == "Bo_Example");
    }

    [Theory, Cites("K3")]
    [InlineData(RequesterRole.Contact, null, "ada@example.org")]
    [InlineData(RequesterRole.Contact, "Ada_Example", null)]
    [InlineData(RequesterRole.Applicant, "Ada_Example", null)]
    [InlineData(RequesterRole.Assignee, null, "mallory@example.com")]
    public void The_registrar_confirms_who_asks_as_the_holder(
        RequesterRole role,
        string? contact,
        string? email
    )
    {
        var request = Upkeep with
        {
            Role = role,
            Requester = new() { Contact = contact, Email = email },
        };
        var verdict = Check(Registry(Held("lamp", "5000", "tcp")), request);
        Assert.Contains(
            verdict.Next,
            step => step is { State: "confirmation-pending", Who: Role.Registrar, Rule: "K3" }
        );
    }

    [Fact]
    public void The_registrar_itself_claims_nothing()
    {
        var verdict = Check(
            Registry(Held("lamp", "5000", "tcp")),
            Upkeep with
            {
                Role = RequesterRole.Registrar,
            }
        );
        Assert.DoesNotContain(verdict.Next, step => step.Rule == "K3");
    }

    [Fact, Cites("K4")]
    public void An_erased_contact_stands_for_nothing()
    {
        var request = Upkeep with { Requester = new() { Email = "bo@example.org" } };
        var verdict = Check(Registry(Held("lamp", "5000", "tcp", contact: "Cy_Erased")), request);
        Assert.Equal(Procedure.Approver, verdict.Procedure);

        var asked = For(Assign, "lab-scales", "none", "tcp") with
        {
            Contact = new() { Contact = "Cy_Erased" },
        };
        Assert.Contains("contact.name", Check(Registry(), asked).ToMend());
    }
}
