using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berthbook.Answers;
using Berthbook.Cli.Output;
using Berthbook.Programs;
using Berthbook.Search;
using static Berthbook.SmallRegistry;

namespace Berthbook.Cli.Search;

public class SearchRunTests
{
    static readonly RegistrySearch Harbour = new(
        Of(
            Record("pier", "7000", "tcp", "Where\tships\nlie"),
            Record("quay", "", "udp", "Beside the pier"),
            Record("", "7005-7010", "", "Unassigned")
        )
    );

    readonly StringBuilder output = new();
    readonly List<string> complaints = [];

    [Fact]
    public void A_pipe_gets_a_line_an_item()
    {
        Assert.Equal(ExitStatus.Done, Print(Form.Tabs, "pier"));
        Assert.Equal(
            """
            service	pier	7000/tcp	Where ships lie	the name is just that	0.973
            service	quay	udp	Beside the pier	the description has the word	0.6343

            """,
            output.ToString()
        );
        Assert.Empty(complaints);
    }

    [Fact]
    public void A_terminal_gets_why_behind_what()
    {
        Print(Form.Table, "7007");
        Assert.Equal(
            """
            KIND  NAME  PORT       DESCRIPTION
            port  7007  7005-7010  Unassigned (the port number)

            """,
            output.ToString()
        );
    }

    [Fact]
    public void A_program_gets_the_API_s_shape_with_the_query_and_the_source()
    {
        Print(Form.Json, "pier");
        var reply = (JsonObject)Assert.Single((JsonArray)JsonNode.Parse(output.ToString())!)!;
        Assert.Equal(
            ["query", "found", "source", "total", "page", "pageSize", "items"],
            reply.Select(member => member.Key)
        );
        Assert.Equal(
            ("pier", true, "a harbour"),
            ((string?)reply["query"], (bool)reply["found"]!, (string?)reply["source"])
        );
        Assert.Equal("/services/pier", (string?)reply["items"]![0]!["url"]);
    }

    [Theory]
    [InlineData(Form.Table)]
    [InlineData(Form.Tabs)]
    [InlineData(Form.Json)]
    public void Nothing_found_is_a_finding_and_says_so(object form)
    {
        Assert.Equal(ExitStatus.Finding, Print((Form)form, "durian"));
        Assert.Equal("durian: nothing in the registry is called so or says so", Assert.Single(complaints));
        Assert.Equal((Form)form == Form.Json, output.Length > 0);
    }

    int Print(Form form, string text) =>
        new SearchRun(
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
        ).Print(
            text,
            JsonSerializer.SerializeToElement(
                SearchReply.Of(Harbour.Find(text), RegistrySearch.DefaultLimit),
                AnswerJson.Default.SearchReply
            )
        );
}
