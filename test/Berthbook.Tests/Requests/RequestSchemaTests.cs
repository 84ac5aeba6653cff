using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Formats;

namespace Berthbook.Requests;

public class RequestSchemaTests
{
    static readonly SchemaEvaluation Schema = new(JsonNode.Parse(PublishedFiles.RequestSchema.Span)!);

    // Values that some member takes, and values that none does.
    static readonly string[] Values =
    [
        "null",
        "true",
        "false",
        "0",
        "443",
        "65535",
        "65536",
        "-1",
        "8.5",
        "2147483648",
        "\"\"",
        "\"words\"",
        "\"443\"",
        "\"080\"",
        "\"65536\"",
        "\"99999\"",
        "\"user\"",
        "\"none\"",
        "\"8000-8010\"",
        "\"8000-\"",
        "\"chair\"",
        "\"a\\u0000b\"",
        "\"a\\tb\\nc\"",
        "\"\\u009F\"",
        "\"\\uFFFF\"",
        "\"🍑\"",
        "[]",
        "[\"tcp\"]",
        "[\"tcp\",\"udp\"]",
        "[\"tcp\",\"tcp\"]",
        "[\"words\"]",
        "[\" \"]",
        "[1]",
        "[-1]",
        "[null]",
        "[[]]",
        "[{}]",
        "[{\"from\":\"a\",\"to\":\"b\"}]",
        "[{\"from\":\"a\"}]",
        "[{\"from\":\"a\",\"to\":\"b\",\"by\":\"c\"}]",
        "{}",
        "{\"name\":\"a\"}",
        "{\"name\":1}",
        "{\"email\":null,\"contact\":\"c\",\"organization\":\"o\"}",
        "{\"policy\":\"iesg-approval\",\"reason\":\"r\"}",
        "{\"policy\":\"mine\"}",
        "{\"policy\":null}",
        "{\"references\":[\"RFC1\"],\"note\":\"n\"}",
        "{\"references\":[\"\"]}",
        "{\"references\":null}",
        "{\"other\":1}",
    ];

    [Fact]
    public void Says_of_every_member_and_value_what_the_reader_says()
    {
        foreach (var kind in RequestKinds.All)
        {
            foreach (var name in RequestMembers.All.Select(member => member.Name).Append("other"))
            {
                foreach (var value in Values)
                    Compare($$"""{"kind":"{{kind.Word()}}","{{name}}":{{value}}}""");
            }
            Assert.True(Compare(FullRequest.JsonOf(kind).ToJsonString()));
        }
    }

    [Fact]
    public void Says_of_limits_and_kinds_what_the_reader_says()
    {
        Assert.False(Compare("{}"));
        Assert.False(Compare("[]"));
        Assert.False(Compare("{\"kind\":null}"));
        Assert.False(Compare("{\"kind\":\"Assign\"}"));
        Assert.True(Compare($$"""{"kind":"assign","name":"{{Peaches(RequestFormat.MaxText)}}"}"""));
        Assert.False(Compare($$"""{"kind":"assign","name":"{{Peaches(RequestFormat.MaxText + 1)}}"}"""));
        Assert.True(Compare($$"""{"kind":"assign","waives":[{{Items(RequestFormat.MaxItems)}}]}"""));
        Assert.False(Compare($$"""{"kind":"assign","waives":[{{Items(RequestFormat.MaxItems + 1)}}]}"""));

        static string Peaches(int count) => string.Concat(Enumerable.Repeat("🍑", count));
        static string Items(int count) => string.Join(',', Enumerable.Repeat("\"P4\"", count));
    }

    [Fact]
    public void Is_as_published() =>
        Golden.Check(PublishedFiles.RequestSchema.ToArray(), "request.schema.json");

    static bool Compare(string json)
    {
        var read = RequestFormat.Read(Encoding.UTF8.GetBytes(json));
        var isValid = Schema.IsValid(JsonNode.Parse(json));
        Assert.True(
            isValid == read.Faults.IsEmpty,
            $"{json}: schema {isValid}, reader {string.Join("; ", read.Faults)}"
        );
        return isValid;
    }
}
