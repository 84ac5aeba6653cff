using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Formats;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Upstream;

namespace Berthbook.Api;

/// <summary><c>POST /api/v1/requests/check</c>: what the rules say of a request.</summary>
public class RequestsApiTests(SmallServer small)
{
    const string Address = "/api/v1/requests/check";

    const string Taken = """
        {
          // Another harbour has the name already.
          "kind": "assign",
          "name": "quay",
          "transports": ["tcp"],
        }
        """;

    [Fact]
    public async Task Answers_what_is_described_whatever_the_verdict()
    {
        var described = await small.Server.GetAsync("/openapi/v1.json");
        var operation = described["paths"]![Address]!["post"]!;
        Assert.Equal(
            "#/components/schemas/Request",
            (string?)operation["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]
        );
        var members = (JsonObject)described["components"]!["schemas"]!["Request"]!["properties"]!;
        Assert.Equal(
            RequestMembers.All.Select(member => member.Name).Prepend("kind"),
            members.Select(member => member.Key)
        );
        foreach (var json in (string[])["""{"kind":"assign"}""", Taken])
        {
            using var answer = await PostAsync(json);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Null(answer.Headers.ETag);
            var body = await JsonOf(answer);
            var schema = operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
            Assert.Empty(new JsonSchemaCheck(described).Faults(body, schema, Address));
        }
    }

    [Fact]
    public async Task Says_what_the_library_says()
    {
        var verdict = await JsonOf(await PostAsync(Taken));
        var asked = RequestFormat.Read(Encoding.UTF8.GetBytes(Taken)).Document!;
        var expected = RuleBook.Standard.Check(
            new(new(XmlFormat.Read(SmallServer.File("2026-01-02", SmallServer.Quay)).Registry!)),
            asked,
            new(2026, 9, 1)
        );
        Assert.Equal(
            expected.Findings.Select(finding => (finding.Rule, finding.Field, finding.Message)),
            verdict["findings"]!
                .AsArray()
                .Select(finding =>
                    ((string)finding!["rule"]!, (string?)finding["field"], (string)finding["message"]!)
                )
        );
    }

    [Fact]
    public async Task A_document_at_fault_is_told_by_line_and_column()
    {
        using var answer = await PostAsync("{\n  \"kind\": \"assign\",\n  \"port\": 70000, \"colour\": 1\n}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await JsonOf(answer);
        Assert.Equal("/problems/malformed", (string?)problem["type"]);
        Assert.Equal(
            ["3:11 port", "3:18 colour"],
            problem["faults"]!
                .AsArray()
                .Select(fault => $"{fault!["line"]}:{fault["column"]} {fault["field"]}")
        );
    }

    [Fact]
    public async Task Takes_JSON_by_POST_alone_and_no_query()
    {
        using var plain = await PostAsync(Taken, "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, plain.StatusCode);
        Assert.Equal("/problems/media-type", (string?)(await JsonOf(plain))["type"]);
        using var latin = await PostAsync(Taken, "application/json; charset=iso-8859-1");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, latin.StatusCode);
        using var read = await small.Server.Client.GetAsync(Address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, read.StatusCode);
        Assert.Equal(["POST"], read.Content.Headers.Allow);
        using var asked = await PostAsync(Taken, address: $"{Address}?dryRun=true");
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        using var known = new HttpRequestMessage(HttpMethod.Post, Address) { Content = Content(Taken) };
        known.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using var always = await small.Server.Client.SendAsync(known, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, always.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Takes_256_KiB_and_not_a_byte_more(bool isChunked)
    {
        using var full = await PostAsync(Taken.PadRight(RequestFormat.MaxBytes), isChunked: isChunked);
        Assert.Equal(HttpStatusCode.OK, full.StatusCode);
        using var over = await PostAsync(Taken.PadRight(RequestFormat.MaxBytes + 1), isChunked: isChunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, over.StatusCode);
        Assert.Equal("/problems/too-large", (string?)(await JsonOf(over))["type"]);
    }

    [Fact]
    public async Task Labels_are_the_operators()
    {
        var rules = RuleSettings.Default with
        {
            RoleLabels = RuleSettings.Default.RoleLabels.Add(Role.Applicant, "the asking team"),
        };
        await using var upstream = await TestUpstream.StartAsync(
            TestUpstream.File(SmallServer.File("2026-01-01"))
        );
        await using var mirror = await MirroringServer.StartAsync(
            upstream.Address,
            settings => settings with { Rules = rules }
        );
        using var answer = await mirror.Client.PostAsync(
            Address,
            Content("""{"kind":"unauthorized-use","name":"quay"}"""),
            TestContext.Current.CancellationToken
        );
        var first = (await JsonOf(answer))["next"]![0]!;
        Assert.Equal("the asking team", (string?)first["who"]);
    }

    [Fact]
    public async Task A_mirror_checks_and_leads_to_where_requests_are_taken()
    {
        await using var upstream = await TestUpstream.StartAsync(
            TestUpstream.File(SmallServer.File("2026-01-01"))
        );
        await using var mirror = await MirroringServer.StartAsync(upstream.Address);
        using var answer = await mirror.Client.PostAsync(
            Address,
            Content("""{"kind":"unauthorized-use","name":"quay"}"""),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var steps = (await JsonOf(answer))["next"]!.AsArray().Select(step => (string)step!["words"]!);
        Assert.Single(
            steps,
            words =>
                words.StartsWith(
                    $"Submit the request at {upstream.Address.GetLeftPart(UriPartial.Authority)}/request;",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain(
            steps,
            words => words.StartsWith("Submit the request;", StringComparison.Ordinal)
        );
        using var submitted = await mirror.Client.PostAsync(
            "/api/v1/requests",
            Content(Taken),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Conflict, submitted.StatusCode);
    }

    [Fact]
    public async Task The_schema_of_documents_is_served()
    {
        using var answer = await small.Server.Client.GetAsync(
            "/schemas/request.schema.json",
            TestContext.Current.CancellationToken
        );
        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            PublishedFiles.RequestSchema.ToArray(),
            await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)
        );
    }

    Task<HttpResponseMessage> PostAsync(
        string json,
        string type = "application/json",
        string address = Address,
        bool isChunked = false
    )
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = Content(json, type) };
        message.Headers.TransferEncodingChunked = isChunked;
        return small.Server.Client.SendAsync(message, TestContext.Current.CancellationToken);
    }

    static ByteArrayContent Content(string json, string type = "application/json") =>
        new(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    static async Task<JsonNode> JsonOf(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
}
