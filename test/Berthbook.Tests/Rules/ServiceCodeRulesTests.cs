using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules D, by what comes of a request.</summary>
public class ServiceCodeRulesTests
{
    static readonly Registry Scales = Registry(
        Held("lab-scales", "5000", "dccp") with
        {
            ServiceCode = 1935892844,
        }
    );

    [Theory, Cites("D1")]
    [InlineData("0")]
    [InlineData("SC=x0")]
    [InlineData("4294967295")]
    [InlineData("SC=xFFFFFFFF")]
    [InlineData("SC:?abc")]
    [InlineData("1056964608")]
    [InlineData("SC:scale")]
    [InlineData("SC:")]
    [InlineData("SC:s!l")]
    [InlineData("scal")]
    [InlineData("SC=4294967296")]
    [InlineData("SC=x123456789")]
    [InlineData("")]
    public void What_is_no_code_that_can_be_registered_is_refused(string code)
    {
        var verdict = Check(Registry(), WithCodes(For(Assign, "lab-scales", "none", "dccp"), code));
        Assert.True(verdict.IsRefused);
        Assert.Equal(["serviceCodes"], verdict.ToMend());
    }

    [Theory]
    [InlineData("1717858426", 1717858426u)]
    [InlineData("SC=1717858426", 1717858426u)]
    [InlineData("SC=x6664707A", 1717858426u)]
    [InlineData("sc=X6664707a", 1717858426u)]
    [InlineData("SC:fdpz", 1717858426u)]
    [InlineData("SC:a", 0x61202020u)]
    [InlineData("SC=x1", 1u)]
    [InlineData("SC:DISC", 1145656131u)]
    public void A_code_is_read_in_every_form(string text, uint code)
    {
        Assert.True(ServiceCodes.TryParse(text, out var read, out var fault));
        Assert.Null(fault);
        Assert.Equal(code, read);
        Assert.False(Check(Registry(), WithCodes(For(Assign, "lab-scales", "none", "dccp"), text)).IsRefused);
    }

    [Fact, Cites("D2")]
    public void A_code_of_capital_letters_is_Specification_Required()
    {
        var request = WithCodes(For(Assign, "lab-scales", "none", "dccp"), "SC:SCAL");
        Assert.Equal(Procedure.SpecificationRequired, Check(Registry(), request).Procedure);
        Assert.Contains("specification", Check(Registry(), request with { Specification = null }).ToMend());
        var small = Check(Registry(), WithCodes(request, "SC:scal"));
        Assert.NotEqual(Procedure.SpecificationRequired, small.Procedure);
    }

    [Fact, Cites("D2")]
    public void More_than_five_codes_at_once_go_to_the_expert()
    {
        var request = For(Assign, "lab-scales", "none", "dccp");
        var six = Check(Registry(), WithCodes(request, "SC:a", "SC:b", "SC:c", "SC:d", "SC:e", "SC:f"));
        Assert.Equal(Procedure.ExpertReview, six.Procedure);
        var five = Check(
            Registry(),
            WithCodes(request, "SC:a", "SC:b", "SC:c", "SC:d", "SC:e", "SC=x61202020")
        );
        Assert.NotEqual(Procedure.ExpertReview, five.Procedure);
    }

    [Fact, Cites("D3")]
    public void A_code_has_one_server_port_at_most()
    {
        Assert.True(
            Check(Scales, WithCodes(For(Assign, "kitchen-scales", "5001", "dccp"), "1935892844")).IsRefused
        );
        Assert.False(
            Check(Scales, WithCodes(For(Assign, "kitchen-scales", "5001", "dccp"), "SC:kitc")).IsRefused
        );
    }

    [Fact, Cites("D4")]
    public void A_DCCP_port_needs_a_code_and_a_System_Port_an_IETF_Review()
    {
        var request = WithCodes(For(Assign, "lab-scales", "917", "dccp"), "SC:scal");
        Assert.Equal(Procedure.IetfReview, Check(Registry(), request).Procedure);
        var bare = For(Assign, "lab-scales", "5000", "dccp");
        Assert.Contains("serviceCodes", Check(Registry(), bare).ToMend());
    }

    [Fact, Cites("D3", "D5")]
    public void A_further_code_of_a_port_is_added_to_it_by_the_expert()
    {
        var further = Check(Scales, WithCodes(For(Add, "lab-scales", "5000", "dccp"), "SC:scl2"));
        Assert.False(further.IsRefused);
        Assert.Equal(Procedure.ExpertReview, further.Procedure);
        Assert.Contains("Several service codes on 5000/dccp", further.Words());
        Assert.True(Check(Scales, WithCodes(For(Add, "lab-scales", "5000", "dccp"), "SC:scal")).IsRefused);
    }

    static RequestDocument WithCodes(RequestDocument request, params string[] codes) =>
        request with
        {
            ServiceCodes = [.. codes],
        };
}
