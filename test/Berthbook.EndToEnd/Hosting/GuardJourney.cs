using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Berthbook.Server.Hosting;

/// <summary>What holds for every answer, and what no client may do (reliability.md T13, T17, T19, T24, P20).</summary>
public class GuardJourney(SmallServer small)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("GET", "/ports/80", 200)]
    [InlineData("GET", "/ports/70000", 400)]
    [InlineData("GET", "/services/nope", 404)]
    [InlineData("GET", "/nope", 404)]
    [InlineData("POST", "/ports/80", 405)]
    [InlineData("GET", "/assignments/service-names-port-numbers/service-names-port-numbers.xml", 200)]
    [InlineData(
        "GET",
        "/assignments/service-names-port-numbers/service-names-port-numbers.xhtml?page=x",
        400
    )]
    [InlineData("GET", "/api/v1/ports/80", 200)]
    [InlineData("GET", "/api/v1/ports/80/tcp", 200)]
    [InlineData("GET", "/api/v1/ports/080", 400)]
    [InlineData("GET", "/api/v1/nope", 404)]
    [InlineData("POST", "/api/v1/ports/80", 405)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/css/site.css", 200)]
    [InlineData("GET", "/healthz", 200)]
    [InlineData("GET", "/readyz", 200)]
    [InlineData("GET", "/metrics", 200)]
    [InlineData("BREW", "/", 405)]
    public async Task Puts_the_same_headers_on_every_answer(string method, string address, int status)
    {
        using var answer = await small.Server.Client.SendAsync(new(new(method), address), Cancellation);
        Assert.Equal(status, (int)answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Refuses_a_body_with_two_lengths()
    {
        var answer = await Say(
            small.Server,
            "POST /api/v1/ports/80 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", answer, StringComparison.Ordinal);
        // What came after it was not taken for a request.
        Assert.DoesNotContain("alive", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n", 400)]
    [InlineData("GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    public async Task Refuses_what_is_no_request(string request, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", await Say(small.Server, request), StringComparison.Ordinal);

    [Fact]
    public async Task Refuses_what_is_too_long()
    {
        var line = await Say(small.Server, $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 414 ", line, StringComparison.Ordinal);
        var headers = await Say(
            small.Server,
            $"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('a', 17000)}\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 431 ", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_only_for_the_host_that_the_operator_named()
    {
        await using var server = await RunningServer.StartAsync(
            [SmallServer.File("2026-01-01")],
            settings => settings with { PublicUrl = new("https://ports.example.net") }
        );
        Assert.Equal(HttpStatusCode.OK, await Ask(server, "ports.example.net", "/"));
        Assert.Equal(HttpStatusCode.OK, await Ask(server, "PORTS.example.net", "/ports/80"));
        Assert.Equal(HttpStatusCode.BadRequest, await Ask(server, "evil.example", "/"));
        Assert.Equal(
            HttpStatusCode.BadRequest,
            await Ask(server, "ports.example.net.evil.example", "/ports/80")
        );
        // Whoever runs the server probes it under whatever name it has for the machine.
        Assert.Equal(HttpStatusCode.OK, await Ask(server, "10.0.0.7:8080", "/readyz"));
    }

    [Fact]
    public async Task Closes_one_connection_too_many_of_an_address()
    {
        await using var server = await RunningServer.StartAsync(
            [SmallServer.File("2026-01-01")],
            settings => settings with { MaxConnectionsPerAddress = 2 }
        );
        using var first = await Connect(server);
        using var second = await Connect(server);
        Assert.True(await IsServed(first));
        Assert.True(await IsServed(second));
        Assert.False(await IsNextServed(server));

        first.Dispose();
        var isServed = false;
        for (var i = 0; i < 100 && !isServed; i++)
            isServed = await IsNextServed(server);
        Assert.True(isServed);
    }

    // A connection that is closed at once may be reset before the connecting itself is told done.
    static async Task<bool> IsNextServed(RunningServer server)
    {
        try
        {
            using var next = await Connect(server);
            return await IsServed(next);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Tells_that_it_is_alive_ready_and_what_it_serves()
    {
        Assert.Equal("alive\n", await small.Server.Client.GetStringAsync("/healthz", Cancellation));
        var ready = await small.Server.Client.GetFromJsonAsync<JsonNode>("/readyz", Cancellation);
        Assert.Equal(
            """{"status":"ready","revision":2,"updated":"2026-01-02","reasons":[]}""",
            ready!.ToJsonString()
        );
        var measures = await small.Server.Client.GetStringAsync("/metrics", Cancellation);
        Assert.Contains("http_server_request_duration", measures, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_", measures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decides_nothing_in_a_mirror()
    {
        await using var server = await RunningServer.StartAsync(
            [SmallServer.File("2026-01-01")],
            settings => settings with { Upstream = new("http://127.0.0.1:9/registry.xml") }
        );
        foreach (var address in new[] { "/api/v1/requests", "/api/v1/ports/80", "/api/v1/nope" })
        {
            using var answer = await server.Client.PostAsync(address, null, Cancellation);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
        using var page = await server.Client.PostAsync("/ports/80", null, Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, page.StatusCode);
    }

    static async Task<HttpStatusCode> Ask(RunningServer server, string host, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Host = host;
        using var answer = await server.Client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    static async Task<Socket> Connect(RunningServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", server.Client.BaseAddress!.Port, Cancellation);
        return socket;
    }

    static async Task<bool> IsServed(Socket socket)
    {
        try
        {
            await socket.SendAsync("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Cancellation);
            return await socket.ReceiveAsync(new byte[1024], Cancellation) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Everything that the server says until it hangs up.
    static async Task<string> Say(RunningServer server, string request)
    {
        using var socket = await Connect(server);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, Cancellation);
        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
