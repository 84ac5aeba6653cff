using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules A1 to A4, by whether a request can be submitted.</summary>
public class StatementRulesTests
{
    static readonly RequestDocument UserPort = For(Assign, "lab-scales", "45060", "tcp");
    static readonly RequestDocument SystemPort = For(Assign, "lab-scales", "917", "tcp");

    [Fact]
    public void A_request_that_gives_all_can_be_submitted()
    {
        Assert.True(Check(Registry(), UserPort).IsComplete);
        Assert.True(Check(Registry(), SystemPort).IsComplete);
        Assert.True(Check(Registry(), For(Assign, "lab-scales", "none", "tcp")).IsComplete);
    }

    [Fact, Cites("A1")]
    public void Says_all_that_is_missing_at_once() =>
        Assert.Equal(
            [
                "name",
                "transports",
                "assignee.name",
                "assignee.email",
                "contact.name",
                "contact.email",
                "description",
                "reference",
            ],
            Check(
                    Registry(),
                    new()
                    {
                        Kind = Assign,
                        UsesBroadcast = false,
                        UsesMulticast = false,
                        UsesAnycast = false,
                    }
                )
                .ToMend()
        );

    [Fact, Cites("A1")]
    public void A_contact_of_the_registry_needs_no_name_and_address() =>
        Assert.Equal(
            ["assignee.name", "assignee.email"],
            Check(
                    Registry(),
                    UserPort with
                    {
                        Assignee = null,
                        Contact = new() { Contact = "Ada_Example" },
                    }
                )
                .ToMend()
        );

    [Theory, Cites("A1")]
    [InlineData("dee@")]
    [InlineData("dee")]
    [InlineData("@example.com")]
    [InlineData("dee@example..com")]
    [InlineData("dee@-example.com")]
    [InlineData("dee dum@example.com")]
    [InlineData("dee@example.com, dum@example.com")]
    [InlineData("dee@example.com\r\nBcc: x@example.com")]
    [InlineData("<dee@example.com>")]
    public void An_address_that_is_none_is_to_be_mended(string address) =>
        Assert.Equal(
            ["contact.email"],
            Check(
                    Registry(),
                    UserPort with
                    {
                        Contact = new() { Name = "Dee", Email = address },
                    }
                )
                .ToMend()
        );

    [Theory]
    [InlineData("dee@example.com")]
    [InlineData("dee+ports@mail.example.com")]
    [InlineData("d'arcy@example.org")]
    [InlineData("δee@παράδειγμα.example")]
    public void Takes_an_address_as_people_have_them(string address) =>
        Assert.True(
            Check(
                Registry(),
                UserPort with
                {
                    Contact = new() { Name = "Dee", Email = address },
                }
            ).IsComplete
        );

    [Fact, Cites("A1")]
    public void A_service_code_without_DCCP_is_refused() =>
        Assert.True(Check(Registry(), UserPort with { ServiceCodes = ["SC:scal"] }).IsRefused);

    [Fact, Cites("A1")]
    public void DCCP_needs_a_service_code() =>
        Assert.Contains(
            "serviceCodes",
            Check(Registry(), For(Assign, "lab-scales", "none", "dccp")).ToMend()
        );

    [Theory, Cites("A1")]
    [InlineData(Deassign)]
    [InlineData(Maintenance)]
    [InlineData(Rename)]
    [InlineData(UnauthorizedUse)]
    public void A_change_says_what_it_is_about(RequestKind kind) =>
        Assert.Contains("name", Check(Registry(), new() { Kind = kind }).ToMend());

    [Fact, Cites("A1")]
    public void Tells_whose_addresses_are_confirmed_by_a_link() =>
        Assert.Contains("the link that is sent to dee@example.com", Check(Registry(), UserPort).Words());

    [Theory, Cites("A2")]
    [InlineData("broadcast")]
    [InlineData("multicast")]
    [InlineData("anycast")]
    public void Whether_it_reaches_many_is_to_be_said(string how)
    {
        var request = how switch
        {
            "broadcast" => UserPort with { UsesBroadcast = null },
            "multicast" => UserPort with { UsesMulticast = null },
            _ => UserPort with { UsesAnycast = null },
        };
        Assert.Equal([how], Check(Registry(), request).ToMend());
    }

    [Theory, Cites("A3")]
    [InlineData("45060")]
    [InlineData("user")]
    public void A_User_Port_needs_the_reason_why_a_Dynamic_Port_does_not_serve(string port)
    {
        var request = For(Assign, "lab-scales", port, "tcp") with { WhyNotDynamic = " " };
        Assert.False(Check(Registry(), request).IsComplete);
        Assert.True(Check(Registry(), request with { Port = default }).IsComplete);
    }

    [Fact, Cites("A4")]
    public void A_System_Port_needs_two_reasons_and_a_specification() =>
        Assert.Equal(
            ["whyNotDynamic", "whyNotUser", "specification"],
            Check(
                    Registry(),
                    SystemPort with
                    {
                        WhyNotDynamic = null,
                        WhyNotUser = null,
                        Specification = null,
                    }
                )
                .ToMend()
        );

    [Fact, Cites("A4")]
    public void A_proprietary_statement_is_not_enough_for_a_System_Port()
    {
        var request = SystemPort with { IsProprietary = true, Specification = null };
        Assert.False(Check(Registry(), request).IsComplete);
        Assert.True(
            Check(Registry(), UserPort with { IsProprietary = true, Specification = null }).IsComplete
        );
    }
}
