using Berthbook.Rules;
using static Berthbook.TransportProtocol;

namespace Berthbook.Decisions;

public class ReleasingTests
{
    static readonly RuleBasis Foo = Decide.Basis(
        Decide.Held("foo", "700", "tcp", "Bob", "Inc"),
        Decide.Held("foo", "700", "udp", "Bob", "Inc")
    );

    [Fact, Cites("C1")]
    public void A_number_given_back_is_Reserved_with_a_note_of_its_past() =>
        Assert.Equal(
            [
                ",700,tcp,Reserved,,,,2026-03-06,,,,\"De-assigned on 2026-03-06, previously foo.\"",
                "foo,700,udp,The foo protocol,[Inc],[Bob],2020-01-02",
                "foo,,tcp,The foo protocol,[Inc],[Bob],,2026-03-06",
            ],
            Decide.Rows(Foo, new Deassign { Records = [1] })
        );

    [Fact, Cites("C2")]
    public void The_name_stays_assigned_without_a_number()
    {
        var after = Decide.After(Foo, new Deassign { Records = [1, 2] });
        Assert.Equal(
            [
                "foo,,tcp,The foo protocol,[Inc],[Bob],,2026-03-06",
                "foo,,udp,The foo protocol,[Inc],[Bob],,2026-03-06",
            ],
            Decide.Rows(after)[2..]
        );
        Assert.Equal(RecordKind.ReservedDeassigned, after.Records[0].Kind());
    }

    [Fact, Cites("C2")]
    public void A_name_given_back_as_well_is_Reserved_and_its_parties_leave()
    {
        var after = Decide.After(Foo, new Deassign { Records = [1, 2], ReleasesName = true });
        Assert.Equal("foo,,,Reserved,,,,2026-03-06,,,,De-assigned on 2026-03-06.", Decide.Rows(after)[2]);
        Assert.Equal(PortState.Reserved, after.Records[2].Kind().State());
        Assert.Empty(after.Contacts);
        var again = new RuleBasis(new RegistryIndex(after));
        Assert.Equal("foo", Decide.After(again, Decide.Assign("foo", "", Tcp)).Records[^1].Name.ToString());
    }

    [Fact]
    public void A_number_that_another_name_has_stays_with_it()
    {
        var basis = Decide.Basis(Decide.Held("http", "80", "tcp"), Decide.Held("www", "80", "tcp"));
        Assert.Equal(
            ["http 80/tcp", "www /tcp"],
            Decide.After(basis, new Deassign { Records = [2] }).Records.Select(record => record.ToString())
        );
    }

    [Fact, Cites("C3")]
    public void A_reuse_gives_the_number_to_a_new_name_and_keeps_the_old()
    {
        var reuse = new Reuse
        {
            Records = [1, 2],
            Name = ServiceName.Historic("bar"),
            Description = new("Bars"),
            Transports = [Tcp],
            Port = new(700),
            Assignee = Party.Known("Inc"),
            Contacts = [Party.Known("Bob")],
        };
        Assert.Equal(
            [
                "bar,700,tcp,Bars,[Inc],[Bob],2026-03-06",
                ",700,udp,Reserved,,,,2026-03-06,,,,\"De-assigned on 2026-03-06, previously foo.\"",
                "foo,,tcp,The foo protocol,[Inc],[Bob],,2026-03-06",
                "foo,,udp,The foo protocol,[Inc],[Bob],,2026-03-06",
            ],
            Decide.Rows(Foo, reuse)
        );
    }

    [Fact, Cites("C4")]
    public void A_number_taken_back_is_Reserved_and_the_name_stays() =>
        Assert.Equal(
            [
                "foo,700,tcp,The foo protocol,[Inc],[Bob],2020-01-02",
                ",700,udp,Reserved,,,,2026-03-06,,,,\"De-assigned by revocation on 2026-03-06, previously foo.\"",
                "foo,,udp,The foo protocol,[Inc],[Bob],,2026-03-06",
            ],
            Decide.Rows(Foo, new Revoke { Records = [2] })
        );

    [Fact, Cites("C5")]
    public void A_transfer_keeps_the_registration_date_and_notes_the_release()
    {
        var transfer = new Transfer
        {
            Records = [1],
            Assignee = Party.New("New Co", null, "mailto:new&example.com"),
            Contacts = [Party.New("Eve", "New Co", "mailto:eve&example.com")],
        };
        Assert.Equal(
            "foo,700,tcp,The foo protocol,[New_Co],[Eve],2020-01-02,2026-03-06,,,,De-assigned and re-assigned on 2026-03-06 with the approval of the previous assignee.",
            Decide.Rows(Foo, transfer)[0]
        );
    }

    [Fact]
    public void What_is_not_assigned_cannot_be_given_back()
    {
        var basis = Decide.Basis(Decide.Bare("5", "Unassigned"), Decide.Held("foo", "", "tcp"));
        Assert.Equal("Unassigned 5 is not assigned", Decide.Fault(basis, new Deassign { Records = [1] }));
        Assert.Equal("The registry has no record 9", Decide.Fault(basis, new Deassign { Records = [9] }));
        Assert.Equal(
            "foo /tcp has no number to give back, and its name is to stay",
            Decide.Fault(basis, new Deassign { Records = [2] })
        );
    }
}
