using Berthbook.Requests;
using Berthbook.Rules;
using static Berthbook.TransportProtocol;

namespace Berthbook.Decisions;

public class RequestedDecisionTests
{
    static readonly RequestDocument Asked = new()
    {
        Kind = RequestKind.Assign,
        Name = "foo",
        Transports = [Tcp],
        Port = new(new PortNumber(4000)),
        Description = " What foo does ",
        Reference = "Foo speaks to foo.",
        Assignee = new() { Name = "Foo Inc", Email = "foo@example.com" },
        Contact = new() { Name = "Ada Example", Email = "ada@example.com" },
    };

    static readonly RuleBasis Basis = Decide.Basis(
        Decide.Bare("4000-4009", "Unassigned"),
        Decide.Held("bar", "5000", "tcp", "Ada_Example", "Bar_Inc"),
        Decide.Held("bar", "5000", "udp", "Ada_Example", "Bar_Inc"),
        Decide.Bare("6000", "Unassigned")
    );

    [Fact, Cites("A1")]
    public void The_statement_of_a_request_stays_with_it() =>
        Assert.Equal("foo,4000,tcp,What foo does,[Foo_Inc],[Ada_Example_2],2026-03-06", RowsOf(Asked)[0]);

    [Fact, Cites("A8")]
    public void A_document_of_the_IETF_stream_is_the_IESGs() =>
        Assert.Equal(
            "foo,4000,tcp,What foo does,[IESG],[IETF_Chair],2026-03-06",
            RowsOf(Asked with { IsIetfStream = true })[0]
        );

    [Fact]
    public void A_party_of_the_same_name_and_address_is_the_contact_that_is_there() =>
        Assert.Equal(
            "[Ada_Example]",
            Effect(
                    Asked with
                    {
                        Contact = new() { Name = "Ada Example", Email = "ADA_example@example.org" },
                    }
                )
                .On(Basis.Registry)
                .Records[0]
                .Cell(6)
        );

    [Fact, Cites("P9")]
    public void The_registry_picks_a_number_where_any_will_do()
    {
        var wish = new PortWish(PortWishKind.AnyUser, default);
        var taken = Effect(Asked with { Port = wish }).On(Basis.Registry).Records;
        Assert.Equal(
            PortClass.User,
            taken.Single(record => record.Name?.Text == "foo").Number!.Value.First.Class
        );
    }

    [Theory]
    [InlineData(RequestKind.Add, "bar,6000,tcp,The bar protocol,[Bar_Inc],[Ada_Example],2026-03-06")]
    [InlineData(RequestKind.SecondName, "new,5000,tcp,The new,[Bar_Inc],[Ada_Example],2026-03-06")]
    [InlineData(RequestKind.Reuse, "new,5000,tcp,The new,[Bar_Inc],[Ada_Example],2026-03-06")]
    [InlineData(
        RequestKind.Deassign,
        ",5000,tcp,Reserved,,,,2026-03-06,,,,\"De-assigned on 2026-03-06, previously bar.\""
    )]
    [InlineData(
        RequestKind.Revoke,
        ",5000,tcp,Reserved,,,,2026-03-06,,,,\"De-assigned by revocation on 2026-03-06, previously bar.\""
    )]
    [InlineData(
        RequestKind.Transfer,
        "bar,5000,tcp,The bar protocol,[Eve],[Ada_Example],2020-01-02,2026-03-06,,,,De-assigned and re-assigned on 2026-03-06 with the approval of the previous assignee."
    )]
    [InlineData(
        RequestKind.Maintenance,
        "bar,5000,tcp,The bar protocol,[Bar_Inc],[Eve],2020-01-02,2026-03-06,[RFC9900]"
    )]
    [InlineData(
        RequestKind.Rename,
        "new,5000,tcp,The bar protocol,[Bar_Inc],[Ada_Example],2020-01-02,2026-03-06"
    )]
    [InlineData(
        RequestKind.AssigneeName,
        "bar,5000,tcp,The bar protocol,[Eve],[Ada_Example],2020-01-02,2026-03-06"
    )]
    [InlineData(RequestKind.Housekeeping, "bar,5000,tcp,The bar protocol,[Bar_Inc],[Bar_Inc],2020-01-02")]
    [InlineData(
        RequestKind.EarlyAllocation,
        "new,6000,tcp,\"The new (TEMPORARY - registered 2026-03-06, expires 2027-03-06)\",[Bar_Inc],[Ada_Example],2026-03-06"
    )]
    [InlineData(
        RequestKind.UnauthorizedUse,
        "bar,5000,tcp,The bar protocol,[Bar_Inc],[Ada_Example],2020-01-02,2026-03-06,,,Seen elsewhere"
    )]
    [InlineData(RequestKind.Correction, "bar,5000,tcp,The bar,[Bar_Inc],[Ada_Example],2020-01-02,2026-03-06")]
    public void Each_kind_of_request_comes_to_a_decision(RequestKind kind, string row) =>
        Assert.Contains(row, RowsOf(Of(kind)));

    [Fact]
    public void A_header_that_is_asked_for_is_the_header() =>
        Assert.Equal(
            "TCP/UDP: Eve",
            Effect(
                    new()
                    {
                        Kind = RequestKind.Header,
                        Header = new() { Experts = "TCP/UDP: Eve" },
                    }
                )
                .On(Basis.Registry)
                .Header.Experts!.OneLine
        );

    [Theory]
    [InlineData(RequestKind.Assign)]
    [InlineData(RequestKind.Add)]
    [InlineData(RequestKind.SecondName)]
    [InlineData(RequestKind.Reuse)]
    [InlineData(RequestKind.Deassign)]
    [InlineData(RequestKind.Revoke)]
    [InlineData(RequestKind.Transfer)]
    [InlineData(RequestKind.Maintenance)]
    [InlineData(RequestKind.Rename)]
    [InlineData(RequestKind.AssigneeName)]
    [InlineData(RequestKind.Housekeeping)]
    [InlineData(RequestKind.Header)]
    [InlineData(RequestKind.EarlyAllocation)]
    [InlineData(RequestKind.UnauthorizedUse)]
    [InlineData(RequestKind.Correction)]
    public void A_request_that_says_nothing_comes_to_no_decision(RequestKind kind) =>
        Assert.Null(DefaultDecision.Of(QuestionOf(new() { Kind = kind })));

    static RequestDocument Of(RequestKind kind)
    {
        var bar = new RequestDocument
        {
            Kind = kind,
            Name = "bar",
            Transports = [Tcp],
            Port = new(new PortNumber(5000)),
        };
        var eve = new RequestParty { Name = "Eve", Email = "eve@example.net" };
        var parties = bar with
        {
            Assignee = new() { Contact = "Bar_Inc" },
            Contact = new() { Contact = "Ada_Example" },
            Description = "The new",
        };
        return kind switch
        {
            RequestKind.Add => bar with { Port = new(new PortNumber(6000)) },
            RequestKind.SecondName => parties with { Name = "new" },
            RequestKind.EarlyAllocation => parties with { Name = "new", Port = new(new PortNumber(6000)) },
            RequestKind.Reuse => parties with { NewName = "new", Assignee = null },
            RequestKind.Transfer => bar with
            {
                Assignee = eve,
                Contact = new() { Contact = "Ada_Example" },
            },
            RequestKind.Maintenance => bar with { Contact = eve, Specification = "RFC 9900" },
            RequestKind.Rename => bar with { NewName = "new" },
            RequestKind.AssigneeName => bar with { Assignee = eve },
            RequestKind.Housekeeping => bar with { Replacements = [new("Ada_Example", "Bar_Inc")] },
            RequestKind.UnauthorizedUse => bar with { UnauthorizedUse = "Seen elsewhere" },
            RequestKind.Correction => bar with { Description = "The bar" },
            _ => bar,
        };
    }

    static string[] RowsOf(RequestDocument document) => Decide.Rows(Effect(document).On(Basis.Registry));

    static Effect Effect(RequestDocument document) =>
        Decide.Effect(Basis, [.. DefaultDecision.Of(QuestionOf(document))!.Acts]);

    static Question QuestionOf(RequestDocument document) =>
        new(InForce.Book, Basis, document, Decide.Day, []);
}
