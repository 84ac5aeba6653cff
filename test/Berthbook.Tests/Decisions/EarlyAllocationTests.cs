using Berthbook.Rules;
using static Berthbook.TransportProtocol;

namespace Berthbook.Decisions;

public class EarlyAllocationTests
{
    const string Marked = "Link Elements (TEMPORARY - registered 2026-03-06, expires 2027-03-06)";

    static readonly EarlyAllocation Rift = new()
    {
        Name = ServiceName.Historic("rift-lies"),
        Transports = [Udp],
        Port = new(914),
        Description = new("Link Elements"),
        Assignee = Party.New("RIFT WG", null),
        Contacts = [Party.New("Jordan Head", null)],
    };

    static Registry Allocated => Decide.After(Decide.Basis(Decide.Bare("914", "Unassigned")), Rift);

    [Fact, Cites("A9")]
    public void An_early_allocation_is_marked_with_its_year() =>
        Assert.Equal(
            [",914,tcp,Reserved", $"rift-lies,914,udp,\"{Marked}\",[RIFT_WG],[Jordan_Head],2026-03-06"],
            Decide.Rows(Allocated)
        );

    [Theory, Cites("A9")]
    [InlineData(
        EarlyAllocationEnd.Renewed,
        "rift-lies,914,udp,\"Link Elements (TEMPORARY - registered 2026-03-06, expires 2028-03-01)\",[RIFT_WG],[Jordan_Head],2026-03-06,2027-03-01"
    )]
    [InlineData(
        EarlyAllocationEnd.Permanent,
        "rift-lies,914,udp,Link Elements,[IESG],[IETF_Chair],2026-03-06,2027-03-01"
    )]
    [InlineData(
        EarlyAllocationEnd.Deprecated,
        "rift-lies,914,udp,Link Elements,[RIFT_WG],[Jordan_Head],2026-03-06,2027-03-01,,,,\"Early allocation, deprecated on 2027-03-01.\""
    )]
    [InlineData(
        EarlyAllocationEnd.Deassigned,
        ",914,udp,Reserved,,,,2027-03-01,,,,\"De-assigned on 2027-03-01, previously rift-lies.\""
    )]
    public void It_is_renewed_or_ends_by_decision(EarlyAllocationEnd end, string row)
    {
        var basis = new RuleBasis(new RegistryIndex(Allocated));
        var isPermanent = end == EarlyAllocationEnd.Permanent;
        var act = new EndEarlyAllocation
        {
            Records = [basis.Registry.Records[1].Id],
            End = end,
            Assignee = isPermanent ? Party.New("IESG", null) : null,
            Contact = isPermanent ? Party.New("IETF Chair", null) : null,
        };
        var outcome = new Decision(new(2027, 3, 1), [act]).EffectOn(basis, InForce.Book);
        Assert.Null(outcome.Fault);
        Assert.Equal(row, Decide.Rows(outcome.Effect!.On(basis.Registry))[1]);
    }

    [Fact]
    public void What_is_no_early_allocation_has_no_such_end()
    {
        var basis = Decide.Basis(Decide.Held("foo", "700", "tcp"));
        Assert.Equal(
            "foo 700/tcp is no early allocation",
            Decide.Fault(basis, new EndEarlyAllocation { Records = [1], End = EarlyAllocationEnd.Permanent })
        );
    }
}
