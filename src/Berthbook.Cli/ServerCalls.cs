using System.Net;
using System.Text.Json;

namespace Berthbook.Cli;

/// <summary>Asks a Berthbook server's API (<c>--server URL</c>).</summary>
sealed class ServerCalls(Uri server) : IDisposable
{
    const int MaxAnswer = 64 << 20;

    readonly HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = TimeSpan.FromSeconds(60),
        MaxResponseContentBufferSize = MaxAnswer,
    };

    /// <summary>The server, as it is called in answers.</summary>
    public string Authority => server.Authority;

    /// <summary>The answer of an address below <c>/api/v1/</c>, or null where the server knows no such thing.</summary>
    /// <exception cref="HttpRequestException">The server is not reached or answers something else.</exception>
    public JsonElement? Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(path));
        var (status, answer) = Send(request, HttpStatusCode.OK, HttpStatusCode.NotFound);
        return status == HttpStatusCode.OK ? answer : null;
    }

    /// <summary>What an address below <c>/api/v1/</c> answers to JSON: 200, or 400 with faults.</summary>
    /// <exception cref="HttpRequestException">The server is not reached or answers something else.</exception>
    public (HttpStatusCode Status, JsonElement Answer) Post(string path, ReadOnlyMemory<byte> json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(path))
        {
            Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = new("application/json") } },
        };
        return Send(request, HttpStatusCode.OK, HttpStatusCode.BadRequest);
    }

    (HttpStatusCode Status, JsonElement Answer) Send(
        HttpRequestMessage request,
        params ReadOnlySpan<HttpStatusCode> expected
    )
    {
        request.Headers.UserAgent.ParseAdd("berth");
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            using var response = client.Send(request);
            using var body = response.Content.ReadAsStream();
            if (!expected.Contains(response.StatusCode))
                throw Failure($"it answers {(int)response.StatusCode} to {request.RequestUri!.PathAndQuery}");
            if (response.StatusCode == HttpStatusCode.NotFound)
                return (response.StatusCode, default);
            using var document = JsonDocument.Parse(body);
            return (response.StatusCode, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw Failure("its answer is not JSON; is it a Berthbook server?");
        }
        catch (TaskCanceledException)
        {
            throw Failure("it does not answer within a minute");
        }
        catch (HttpRequestException e) when (e.InnerException is { } cause)
        {
            throw Failure(cause.Message);
        }
    }

    public void Dispose() => client.Dispose();

    Uri AddressOf(string path) => new($"{server.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v1/{path}");

    HttpRequestException Failure(string words) => new($"{server} does not help: {words}");
}
