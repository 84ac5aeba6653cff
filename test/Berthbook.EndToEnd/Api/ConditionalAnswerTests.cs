using System.Net;

namespace Berthbook.Api;

/// <summary>Entity tags, conditional requests and the head alone, on every address of the API.</summary>
public class ConditionalAnswerTests(SmallServer small)
{
    public static TheoryData<string> Addresses =>
        [
            "/api/v1/registry",
            "/api/v1/records",
            "/api/v1/ports",
            "/api/v1/ports/80",
            "/api/v1/ports/80/tcp",
            "/api/v1/services",
            "/api/v1/services/quay",
            "/api/v1/contacts",
            "/api/v1/contacts/a%2Fb",
            "/api/v1/suggestions?near=8000",
            "/api/v1/search?q=harbour",
            "/api/v1/revisions",
            "/api/v1/revisions/2",
            "/api/v1/diff?from=1&to=2",
            "/api/v1/requests",
            "/api/v1/requests/1",
            "/openapi/v1.json",
        ];

    [Theory, MemberData(nameof(Addresses))]
    public async Task A_known_answer_is_304_and_an_unknown_one_is_whole(string address)
    {
        var first = await SendAsync(small, HttpMethod.Get, address);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.True(first.Headers.CacheControl!.NoCache);
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        foreach (var known in (string[])[tag.Tag, $"\"other\", {tag.Tag}", $"W/{tag.Tag}", "*"])
        {
            var again = await SendAsync(small, HttpMethod.Get, address, known);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(tag, again.Headers.ETag);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
        var other = await SendAsync(small, HttpMethod.Get, address, "\"other\"");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory, MemberData(nameof(Addresses))]
    public async Task The_head_alone_says_what_the_answer_would(string address)
    {
        var whole = await SendAsync(small, HttpMethod.Get, address);
        var head = await SendAsync(small, HttpMethod.Head, address);
        var body = await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(body.Length, head.Content.Headers.ContentLength);
        Assert.Equal(whole.Headers.ETag, head.Headers.ETag);
        Assert.Equal(whole.Content.Headers.ContentType, head.Content.Headers.ContentType);
    }

    [Fact]
    public async Task Another_revision_has_other_tags_and_answers()
    {
        await using var server = await RunningServer.StartAsync([SmallServer.File("2026-01-01")]);
        var before = await server.Client.GetAsync(
            "/api/v1/ports/80/tcp",
            TestContext.Current.CancellationToken
        );
        Assert.Equal("Unassigned", (string?)(await server.GetAsync("/api/v1/ports/80/tcp"))["state"]);
        server.Add(SmallServer.File("2026-01-02", SmallServer.Quay));
        var after = await server.Client.GetAsync(
            "/api/v1/ports/80/tcp",
            TestContext.Current.CancellationToken
        );
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal("Assigned", (string?)(await server.GetAsync("/api/v1/ports/80/tcp"))["state"]);
    }

    [Fact]
    public async Task An_error_has_no_tag_and_no_condition()
    {
        var answer = await SendAsync(small, HttpMethod.Get, "/api/v1/services/nope", "*");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(answer.Headers.ETag);
    }

    static Task<HttpResponseMessage> SendAsync(
        SmallServer small,
        HttpMethod method,
        string address,
        string? known = null
    )
    {
        var request = new HttpRequestMessage(method, address);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return small.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
