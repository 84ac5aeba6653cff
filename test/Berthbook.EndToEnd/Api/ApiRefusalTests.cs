using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Berthbook.Api;

/// <summary>What the API refuses, and in which words (product.md, JSON API).</summary>
public class ApiRefusalTests(SmallServer small)
{
    [Theory]
    [InlineData("ports/70000", "port")]
    [InlineData("ports/080", "port")]
    [InlineData("ports/+80", "port")]
    [InlineData("ports/%2B80", "port")]
    [InlineData("ports/-1", "port")]
    [InlineData("ports/80%20", "port")]
    [InlineData("ports/80%0A", "port")]
    [InlineData("ports/0x50", "port")]
    [InlineData("ports/%D9%A8%D9%A0", "port")]
    [InlineData("ports/65536/tcp", "port")]
    [InlineData("ports/80/icmp", "transport")]
    [InlineData("ports/80/TCP", "transport")]
    [InlineData("ports/80?x=1", "x")]
    [InlineData("ports/80/tcp?x", "x")]
    [InlineData("services/quay?page=1", "page")]
    [InlineData("registry?verbose=1", "verbose")]
    [InlineData("records?Port=80", "Port")]
    [InlineData("records?port=80&port=80", "port")]
    [InlineData("records?port=080", "port")]
    [InlineData("records?port=", "port")]
    [InlineData("records?transport=TCP", "transport")]
    [InlineData("records?state=assigned", "state")]
    [InlineData("records?from=2&to=1", "to")]
    [InlineData("ports?from=2&to=1", "to")]
    [InlineData("ports?from=080", "from")]
    [InlineData("records?sort=price", "sort")]
    [InlineData("records?sort=", "sort")]
    [InlineData("records?page=0", "page")]
    [InlineData("records?page=+1", "page")]
    [InlineData("records?page=99999999999", "page")]
    [InlineData("records?pageSize=1001", "pageSize")]
    [InlineData("search", "q")]
    [InlineData("search?q=", "q")]
    [InlineData("search?q=%20%09", "q")]
    [InlineData("search?q=x&q=y", "q")]
    [InlineData("search?q=x&limit=0", "limit")]
    [InlineData("search?q=x&limit=101", "limit")]
    [InlineData("search?q=x&page=1", "page")]
    [InlineData("suggestions?transport=TCP", "transport")]
    [InlineData("suggestions?transport=tcp,", "transport")]
    [InlineData("suggestions?transport=tcp&transport=udp", "transport")]
    [InlineData("suggestions?range=dynamic", "range")]
    [InlineData("suggestions?range=9-8", "range")]
    [InlineData("suggestions?near=70000", "near")]
    [InlineData("suggestions?count=0", "count")]
    [InlineData("suggestions?count=101", "count")]
    [InlineData("suggestions?block=1025", "block")]
    [InlineData("suggestions?explain=80", "explain")]
    [InlineData("revisions/01", "revision")]
    [InlineData("revisions/first", "revision")]
    [InlineData("diff?from=1", "to")]
    [InlineData("diff?from=1&to=x", "to")]
    public async Task What_is_malformed_is_400_and_says_where(string address, string field)
    {
        var (answer, problem) = await ProblemAsync(HttpMethod.Get, $"/api/v1/{address}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("/problems/malformed", (string?)problem["type"]);
        Assert.Equal(400, (int)problem["status"]!);
        var fault = problem["faults"]![0]!;
        Assert.Equal(field, (string?)fault["field"]);
        Assert.Equal((string?)problem["detail"], (string?)fault["message"]);
        Assert.Null(fault["line"]);
        Assert.Null(fault["column"]);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        var (_, problem) = await ProblemAsync(HttpMethod.Get, "/api/v1/records?port=x&to=y&sort=z&w=1");
        Assert.Equal(
            ["w", "port", "to", "sort"],
            ((JsonArray)problem["faults"]!).Select(fault => (string?)fault!["field"])
        );
    }

    [Theory]
    [InlineData("/api/v1/services/nope")]
    [InlineData("/api/v1/contacts/nope")]
    [InlineData("/api/v1/contacts/ada_example")]
    [InlineData("/api/v1/revisions/0")]
    [InlineData("/api/v1/revisions/99")]
    [InlineData("/api/v1/diff?from=1&to=99")]
    [InlineData("/api/v1/diff?from=0&to=1")]
    [InlineData("/api/v1/ports/80/tcp/more")]
    [InlineData("/api/v1/requests/99")]
    [InlineData("/api/v1/outbox")]
    [InlineData("/api/v1")]
    [InlineData("/api/v2/registry")]
    public async Task What_is_unknown_or_not_yet_there_is_404(string address)
    {
        var (answer, problem) = await ProblemAsync(HttpMethod.Get, address);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("/problems/not-found", (string?)problem["type"]);
        Assert.Empty((JsonArray)problem["faults"]!);
    }

    [Theory]
    [InlineData("POST", "/api/v1/registry")]
    [InlineData("PUT", "/api/v1/ports/80")]
    [InlineData("DELETE", "/api/v1/ports/80/tcp")]
    [InlineData("PATCH", "/api/v1/services/quay")]
    [InlineData("POST", "/api/v1/diff")]
    public async Task Another_method_is_405_and_says_which_there_are(string method, string address)
    {
        var (answer, problem) = await ProblemAsync(new(method), address);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
        Assert.Equal("/problems/method-not-allowed", (string?)problem["type"]);
    }

    [Fact]
    public async Task Every_type_of_problem_is_explained_at_its_address()
    {
        foreach (var kind in Server.Api.ProblemKind.All)
        {
            var text = await small.Server.Client.GetStringAsync(
                kind.Address,
                TestContext.Current.CancellationToken
            );
            Assert.Contains(kind.Title, text, StringComparison.Ordinal);
        }
        var answer = await small.Server.Client.GetAsync(
            "/problems/nope",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    async Task<(HttpResponseMessage Answer, JsonNode Problem)> ProblemAsync(HttpMethod method, string address)
    {
        var answer = await small.Server.Client.SendAsync(
            new(method, address),
            TestContext.Current.CancellationToken
        );
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return (answer, problem!);
    }
}
