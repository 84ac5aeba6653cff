using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Answers;
using Berthbook.Cli.Output;
using Berthbook.Programs;
using Berthbook.Suggestions;
using static Berthbook.SmallRegistry;

namespace Berthbook.Cli.Suggest;

public class SuggestRunTests
{
    static readonly PortAdvisor Advisor = new(
        Index(
            Record("pier", "6999", "tcp", "Pier"),
            Record("", "7000-7004", "", "Unassigned", "Known Unauthorized Use on port 7001"),
            Record("quay", "7005-8079", "tcp", "Quay")
        )
    );

    readonly StringBuilder output = new();
    readonly List<string> complaints = [];

    [Fact]
    public void A_pipe_gets_a_line_a_suggestion_the_number_first()
    {
        Assert.Equal(
            ExitStatus.Done,
            Suggest(
                Form.Tabs,
                new()
                {
                    Range = new(7000, 7004),
                    Count = 2,
                    Block = 2,
                }
            )
        );
        Assert.Equal(
            """
            7002-7003	tcp	1	Unassigned on tcp; 1 more free number follows
            7000-7001	tcp	-59	Unassigned on tcp; 3 more free numbers follow; 7001: the registry notes: Known Unauthorized Use on port 7001

            """,
            output.ToString()
        );
        Assert.Equal(SuggestionAnswer.Advice, Assert.Single(complaints));
    }

    [Fact]
    public void A_terminal_gets_the_reasons_under_each_number_with_weight_and_source_and_the_advice()
    {
        Suggest(Form.Table, new() { Range = new(7001, 7001), Count = 1 });
        Assert.Equal(
            """
            PORT  WEIGHT  REASON
            7001  -59     the sum of what follows
                  0       Unassigned on tcp [the registry]
                  +1      3 more free numbers follow [the registry]
                  -60     the registry notes: Known Unauthorized Use on port 7001 [the registry]

            """,
            output.ToString().Split(SuggestionAnswer.Advice[..20])[0].TrimEnd('\n') + "\n"
        );
        Assert.Contains("Apply to the registry first", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    [Fact]
    public void A_program_gets_the_API_s_shape_with_the_query_and_the_source()
    {
        Suggest(
            Form.Json,
            new()
            {
                Range = new(7000, 7004),
                Near = new(7003),
                Count = 1,
            }
        );
        var reply = Assert.Single((JsonArray)JsonNode.Parse(output.ToString())!)!;
        Assert.Equal("tcp 7000-7004 near 7003", (string?)reply["query"]);
        Assert.True((bool)reply["found"]!);
        Assert.Equal("a harbour", (string?)reply["source"]);
        Assert.Equal(SuggestionAnswer.Advice, (string?)reply["advice"]);
        Assert.Equal(7003, (int)reply["items"]![0]!["port"]!);
    }

    [Theory]
    [InlineData(Form.Table)]
    [InlineData(Form.Tabs)]
    [InlineData(Form.Json)]
    public void Nothing_free_is_a_finding_and_says_why(object form)
    {
        Assert.Equal(ExitStatus.Finding, Suggest((Form)form, new() { Range = new(6999, 6999) }));
        Assert.StartsWith("nothing in 6999 on tcp is free", complaints[0], StringComparison.Ordinal);
        Assert.Equal((Form)form == Form.Json, output.Length > 0);
    }

    [Fact]
    public void An_explanation_is_done_whatever_the_state()
    {
        Assert.Equal(ExitStatus.Done, Explain(Form.Tabs, 6999));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            "6999\tverdict\t\t6999 is Assigned to pier on tcp; Reserved on udp, sctp and dccp.\t",
            lines[0]
        );
        Assert.Equal("6999\tassigned\t-200\ttcp: assigned to pier (Pier)\tthe registry", lines[1]);
    }

    [Fact]
    public void Several_explanations_are_several_objects()
    {
        Explain(Form.Json, 6999, 65535);
        var replies = (JsonArray)JsonNode.Parse(output.ToString())!;
        Assert.Equal(["6999", "65535"], replies.Select(reply => (string?)reply!["query"]));
        Assert.Equal(["System", "Dynamic"], [nameof(PortClass.System), (string?)replies[1]!["range"]]);
        Assert.Equal(4, ((JsonArray)replies[0]!["statuses"]!).Count);
    }

    int Suggest(Form form, SuggestionQuery query) =>
        Run(form).Suggest(query, SuggestionsReply.Of(Advisor.Suggest(query)));

    int Explain(Form form, params ushort[] ports) =>
        Run(form).Explain([.. ports.Select(port => ExplanationReply.Of(Advisor.Explain(new(port))))]);

    SuggestRun Run(Form form) =>
        new(
            new(
                form,
                false,
                100,
                bytes =>
                {
                    output.Append(Encoding.UTF8.GetString(bytes.Span));
                    return true;
                }
            ),
            complaints.Add,
            "a harbour"
        );
}
