using Berthbook.Formats;
using Berthbook.Rules;
using static Berthbook.TransportProtocol;

namespace Berthbook.Decisions;

public class UpkeepTests
{
    static readonly Reference Draft = new(ReferenceType.Draft, "RFC-ietf-x-y-07");

    static readonly RuleBasis Foo = Decide.Basis(
        Decide.Held("foo", "700", "tcp", "Bob", "Inc") with
        {
            References = [Draft],
        },
        Decide.Held("foo", "700", "udp")
    );

    [Fact, Cites("C6")]
    public void Maintenance_records_an_assignee_where_none_is() =>
        Assert.Equal(
            "foo,700,udp,Foos,[Inc],[Bob],2020-01-02,2026-03-06",
            Decide.Rows(
                Foo,
                new Maintain
                {
                    Records = [2],
                    Description = new("Foos"),
                    Assignee = Party.Known("Inc"),
                }
            )[1]
        );

    [Fact]
    public void Maintenance_never_changes_an_assignee_that_is_recorded() =>
        Assert.Equal(
            "foo 700/tcp belongs to [Inc]: an assignee that is recorded is not changed by maintenance",
            Decide.Fault(Foo, new Maintain { Records = [1], Assignee = Party.Known("Bob") })
        );

    [Fact, Cites("C7")]
    public void An_accepted_report_joins_the_records()
    {
        var basis = Decide.Basis(
            Decide.Bare("10-20", "Unassigned") with
            {
                Unauthorized = "Known Unauthorized Use on port 12",
            }
        );
        Assert.Equal(
            ",10-20,,Unassigned,,,,2026-03-06,,,Known Unauthorized Use on port 12; Known Unauthorized Use on port 15",
            Decide.Rows(
                basis,
                new AcceptedReport { Records = [1], Unauthorized = "Known Unauthorized Use on port 15" }
            )[0]
        );
    }

    [Fact, Cites("C8")]
    public void A_renamed_assignment_keeps_all_but_its_name()
    {
        var rename = new Rename { Records = [1, 2], Name = ServiceName.Historic("bar") };
        var after = Decide.After(Foo, rename);
        Assert.Equal(
            [
                "bar,700,tcp,The foo protocol,[Inc],[Bob],2020-01-02,2026-03-06,[RFC-ietf-x-y-07]",
                "bar,700,udp,The foo protocol,[Bob],[Bob],2020-01-02,2026-03-06",
            ],
            Decide.Rows(after)
        );
        Assert.Equal([1, 2], after.Records.Select(record => record.Id));
    }

    [Fact, Cites("C8")]
    public void A_renumbered_assignment_leaves_its_old_number_Reserved()
    {
        var basis = Decide.Basis(Decide.Held("foo", "700", "tcp"), Decide.Bare("701-709", "Unassigned"));
        Assert.Equal(
            [
                ",700,tcp,Reserved,,,,2026-03-06,,,,\"De-assigned on 2026-03-06, previously foo.\"",
                ",701-704,,Unassigned",
                "foo,705,tcp,The foo protocol,[Bob],[Bob],2020-01-02,2026-03-06",
                ",705,udp,Reserved",
                ",706-709,,Unassigned",
            ],
            Decide.Rows(basis, new Rename { Records = [1], Port = new(705) })
        );
    }

    [Fact]
    public void A_name_that_another_has_is_no_new_name()
    {
        var basis = Decide.Basis(Decide.Held("foo", "700", "tcp"), Decide.Held("bar", "701", "tcp"));
        Assert.Equal(
            "The name BAR is taken: bar 701/tcp",
            Decide.Fault(basis, new Rename { Records = [1], Name = ServiceName.Historic("BAR") })
        );
    }

    [Fact, Cites("C9")]
    public void An_assignee_with_a_new_name_holds_what_it_held()
    {
        var after = Decide.After(
            Foo,
            new AssigneeName
            {
                Records = [1],
                Assignee = Party.New("Sentyron B.V.", null, "mailto:iana&example.com"),
            }
        );
        Assert.Equal(
            "foo,700,tcp,The foo protocol,[Sentyron_B.V.],[Bob],2020-01-02,2026-03-06,[RFC-ietf-x-y-07]",
            Decide.Rows(after)[0]
        );
        Assert.Equal(["Bob", "Sentyron_B.V."], after.Contacts.Select(contact => contact.Id));
    }

    [Fact, Cites("C10")]
    public void Housekeeping_replaces_a_document_everywhere_and_moves_no_date()
    {
        var basis = Decide.Basis(
            Decide.Held("foo", "700", "tcp") with
            {
                References = [Draft with { Part = ReferencePart.Section, PartName = "3" }],
            },
            Decide.Bare("701", "Reserved", "tcp") with
            {
                Note = RichText.Of([
                    new(InlineKind.Text, "Released by "),
                    new(InlineKind.Reference, Reference: Draft),
                ]),
            }
        );
        var housekeeping = new Housekeeping { References = [new(Draft, new(ReferenceType.Rfc, "rfc9900"))] };
        Assert.Equal(
            [
                "foo,700,tcp,The foo protocol,[Bob],[Bob],2020-01-02,,\"[RFC9900, Section 3]\"",
                ",701,tcp,Reserved,,,,,,,,Released by [RFC9900]",
            ],
            Decide.Rows(basis, housekeeping)
        );
    }

    [Fact, Cites("C10")]
    public void Two_contacts_found_to_be_one_become_one()
    {
        var basis = Decide.Basis(
            Decide.Held("foo", "700", "tcp", "Ken"),
            Decide.Held("bar", "701", "tcp", "Ken_2")
        );
        var after = Decide.After(basis, new Housekeeping { Contacts = [new("Ken_2", Party.Known("Ken"))] });
        Assert.Equal("bar,701,tcp,The bar protocol,[Ken],[Ken],2020-01-02", Decide.Rows(after)[1]);
        Assert.Equal("Ken", Assert.Single(after.Contacts).Id);
    }

    [Fact, Cites("C12")]
    public void The_header_changes_as_a_revision_of_its_own()
    {
        var after = Decide.After(Foo, new ChangeHeader { Experts = new("TCP/UDP: Eve Example") });
        Assert.Equal("TCP/UDP: Eve Example", after.Header.Experts!.OneLine);
        Assert.Equal(Foo.Registry.Records, after.Records);
    }

    [Fact, Cites("C14")]
    public void A_mistake_is_put_right_as_given()
    {
        var wrong = Foo.Registry.Records[0];
        Assert.Equal(
            "foo,700,tcp,The Foo protocol,[Inc],[Bob],2020-01-02,,[RFC-ietf-x-y-07]",
            Decide.Rows(
                Foo,
                new Correct { Records = [new(1, wrong with { Description = new("The Foo protocol") })] }
            )[0]
        );
    }

    [Fact]
    public void A_record_moved_by_one_place_is_told_as_a_comparison_tells_it()
    {
        var basis = Decide.Basis(
            Decide.Held("a", "", "tcp"),
            Decide.Held("b", "", "tcp"),
            Decide.Held("c", "", "tcp")
        );
        var records = basis.Registry.Records;
        foreach (var (moved, follows) in new[] { (1, 2), (1, 3), (2, 0), (2, 3), (3, 1), (3, 0), (2, 1) })
        {
            var renamed = records[moved - 1] with { Description = new("moved") };
            Decide.After(basis, new Correct { Records = [new(moved, renamed, follows)] });
        }
    }

    [Fact]
    public void A_decision_that_changes_nothing_is_none() =>
        Assert.Equal(
            "The decision changes nothing: the registry says so already",
            Decide.Fault(Foo, new ChangeHeader { Experts = new("TCP/UDP: Ada Example") })
        );

    [Fact]
    public void What_a_decision_leaves_reads_back_from_its_own_file()
    {
        var after = Decide.After(
            Foo,
            new Rename { Records = [1, 2], Name = ServiceName.Historic("bar") },
            new Deassign { Records = [2] },
            Decide.Assign("zulu", "", Udp)
        );
        Assert.Equal(after.Records, XmlFormat.Read(XmlFormat.Write(after)).Registry!.Records);
    }
}
