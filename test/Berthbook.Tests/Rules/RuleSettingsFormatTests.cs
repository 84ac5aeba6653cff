using System.Text;

namespace Berthbook.Rules;

public class RuleSettingsFormatTests
{
    [Fact]
    public void Reads_figures_and_labels_and_leaves_the_rest_at_its_default()
    {
        var read = Read(
            """
            {
              // A company's registry.
              "transports": ["tcp", "udp"],
              "releasedNumbers": "PORTS-7",
              "assignsAtOnce": false,
              "reachDays": 10,
              "roles": { "approver": "the architecture board", "appealsBody": null },
              "procedures": { "iesgApproval": "Board Approval" },
            }
            """
        );

        Assert.Empty(read.Faults);
        var settings = read.Settings!;
        Assert.Equal([TransportProtocol.Tcp, TransportProtocol.Udp], settings.Transports);
        Assert.Equal("PORTS-7", settings.ReleasedNumbers);
        Assert.False(settings.AssignsAtOnce);
        Assert.Equal(10, settings.ReachDays);
        Assert.Equal(2, settings.Reminders);
        Assert.Equal("the architecture board", settings.Label(Role.Approver));
        Assert.Equal("the IAB", settings.Label(Role.AppealsBody));
        Assert.Equal("Board Approval", settings.Label(Procedure.IesgApproval));
        Assert.Equal("Expert Review", settings.Label(Procedure.ExpertReview));
    }

    [Theory]
    [InlineData("manyRequests")]
    [InlineData("manyRequestsDays")]
    [InlineData("remindExpertDays")]
    [InlineData("tellRegistrarDays")]
    [InlineData("tellApproverDays")]
    [InlineData("reachDays")]
    [InlineData("reminders")]
    [InlineData("appealMonths")]
    [InlineData("communityCallWeeks")]
    public void Reads_each_figure(string name)
    {
        var read = Read($$"""{"{{name}}":77}""").Settings!;
        var property = typeof(RuleSettings).GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!;

        Assert.Equal(77, property.GetValue(read));
        Assert.NotEqual(77, property.GetValue(RuleSettings.Default));
    }

    [Theory]
    [InlineData("[]", "1:1: one object, in braces, is expected here")]
    [InlineData("{\n\"day\":1}", "2:1: day: this setting is not known")]
    [InlineData("{\"reachDays\":0}", "1:14: reachDays: a whole number from 1 to 10000 is expected here")]
    [InlineData("{\"reachDays\":\"9\"}", "1:14: reachDays: a whole number")]
    [InlineData("{\"reachDays\":1,\"reachDays\":2}", "1:16: reachDays: the member comes twice")]
    [InlineData("{\"transports\":[]}", "transports: a registry keeps at least one transport protocol")]
    [InlineData("{\"transports\":[\"ip\"]}", "transports[0]: one of these is expected here: tcp,")]
    [InlineData("{\"roles\":{\"boss\":\"x\"}}", "1:11: roles.boss: this setting is not known")]
    [InlineData(
        "{\"procedures\":{\"expertReview\":5}}",
        "procedures.expertReview: a text, in double quotes,"
    )]
    [InlineData("{\"reachDays\":7} x", "1:17: this is not JSON")]
    public void Tells_what_is_wrong_and_where(string json, string expected)
    {
        var read = Read(json);

        Assert.Null(read.Settings);
        Assert.Contains(expected, read.Faults[0].ToString());
    }

    static RuleSettingsReadResult Read(string json) => RuleSettingsFormat.Read(Encoding.UTF8.GetBytes(json));
}
