using System.Security.Cryptography;
using Berthbook.Journal;
using Berthbook.Rules;
using static Berthbook.TransportProtocol;

namespace Berthbook.Decisions;

public class ContactTests
{
    [Theory]
    [InlineData("Ada Example", "Ada_Example")]
    [InlineData("KAOS Management Group, LLC", "KAOS_Management_Group_LLC")]
    [InlineData("Performance Co-Pilot (PCP) Project", "Performance_Co-Pilot_PCP_Project")]
    [InlineData("3GPP", "_3GPP")]
    [InlineData("FORTÉ", "FORTÉ")]
    [InlineData("  ", "contact")]
    public void An_id_is_made_from_the_name(string name, string id) => Assert.Equal(id, ContactIds.Of(name));

    [Fact, Cites("K2")]
    public void A_contact_whom_nobody_names_any_more_leaves_with_the_change()
    {
        var basis = Decide.Basis(
            Decide.Held("foo", "700", "tcp", "Bob"),
            Decide.Held("bar", "701", "tcp", "Eve"),
            Decide.Held("baz", "702", "tcp", "Eve")
        );
        var after = Decide.After(
            basis,
            new Maintain { Records = [1, 2], Contacts = [Party.New("Ada Example", null)] }
        );
        Assert.Equal(["Ada_Example", "Eve"], after.Contacts.Select(contact => contact.Id));
    }

    [Fact]
    public void A_contact_whom_nobody_named_before_stays()
    {
        var basis = Decide.Basis(Decide.Held("foo", "700", "tcp", "Bob"));
        var orphaned = new Registry(
            basis.Registry.Header,
            basis.Registry.Records,
            basis.Registry.Contacts.Add(new() { Id = "Zoe" })
        );
        var after = Decide.After(
            new(new RegistryIndex(orphaned)),
            new Maintain { Records = [1], Contacts = [Party.New("Ada Example", null)] }
        );
        Assert.Equal(["Ada_Example", "Zoe"], after.Contacts.Select(contact => contact.Id));
    }

    [Fact]
    public void A_name_that_another_contact_has_gets_a_number()
    {
        var basis = Decide.Basis(
            Decide.Held("foo", "700", "tcp", "Ada_Example"),
            Decide.Held("bar", "701", "tcp", "Ada_Example_2")
        );
        var after = Decide.After(basis, Decide.Assign("new", "", Tcp));
        Assert.Equal(
            ["Ada_Example", "Ada_Example_2", "Ada_Example_3"],
            after.Contacts.Select(contact => contact.Id)
        );
        Assert.Equal("2026-03-06", after.Contacts[2].Updated.ToString());
        Assert.Equal("[Ada_Example_3]", after.Records[^1].Cell(5));
    }

    [Fact]
    public void An_id_that_is_set_is_a_choice_and_never_one_that_is_taken()
    {
        var basis = Decide.Basis(Decide.Held("foo", "700", "tcp", "Bob"));
        var set = Decide.Assign("new", "", Tcp) with
        {
            Assignee = null,
            Contacts = [Party.New("Ada Example", null) with { Id = "Ada" }],
        };
        Assert.Equal(["the contact's id is Ada, not Ada_Example"], Decide.Effect(basis, set).Choices);
        Assert.Equal(
            "The contact id Bob is taken, or was: ids are never used again",
            Decide.Fault(basis, set with { Contacts = [Party.New("Ada Example", null) with { Id = "Bob" }] })
        );
        Assert.Equal(
            "The registry has no contact Zoe",
            Decide.Fault(basis, set with { Contacts = [Party.Known("Zoe")] })
        );
    }

    [Fact]
    public void A_contact_brought_up_to_date_gets_the_day()
    {
        var basis = Decide.Basis(Decide.Held("foo", "700", "tcp", "Bob"));
        var update = new ContactUpdate("Bob") { Name = "Bob", Uris = ["mailto:bob&example.net"] };
        var after = Decide.After(basis, new Maintain { Updates = [update] });
        Assert.Equal("2026-03-06", after.Contacts[0].Updated.ToString());
        Assert.Equal(basis.Registry.Records, after.Records);
    }

    [Fact]
    public void Ids_of_contacts_and_records_that_left_are_never_used_again()
    {
        var before = Decide.Basis(
            Decide.Held("foo", "700", "tcp", "Bob"),
            Decide.Held("bar", "", "tcp", "Ada_Example")
        );
        var after = Decide.After(before, new Correct { Records = [new(2, null)] });
        Assert.Equal("Bob", Assert.Single(after.Contacts).Id);
        var history = HistoryOf(before.Registry, after);
        var basis = new RuleBasis(new RegistryIndex(after), null, history);
        var later = Decide.After(basis, Decide.Assign("new", "", Tcp));
        Assert.Equal(["Ada_Example_2", "Bob"], later.Contacts.Select(contact => contact.Id));
        Assert.Equal(3, later.Records[^1].Id);
    }

    static History HistoryOf(params Registry[] states)
    {
        var ledger = new Ledger();
        Registry? before = null;
        foreach (var state in states)
        {
            var draft = new RevisionDraft(
                Differ.Compare(before, state),
                "Ada",
                "a test",
                DateTimeOffset.UnixEpoch
            );
            var written = ledger.Write(draft, () => RandomNumberGenerator.GetBytes(16));
            foreach (var text in written.PersonalTexts)
                ledger.Learn(text);
            ledger.Apply(written.Bytes);
            before = state;
        }
        return ledger.ToHistory();
    }
}
