using System.Net;
using System.Text.Json;

namespace Berthbook.Cli.Request;

/// <summary>What a server answers about a request.</summary>
/// <param name="Status">The status.</param>
/// <param name="Json">The reply, or the problem.</param>
/// <param name="Tag">The entity tag, or null.</param>
readonly record struct RequestAnswer(HttpStatusCode Status, JsonElement Json, string? Tag)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => (int)Status is >= 200 and < 300;
}

/// <summary>
/// Calls of the addresses of requests, by an account. A call that may change something has a key of its own, so that it can be
/// sent again when the network fails: it is done once.
/// </summary>
sealed class RequestCalls(Uri server, string? token) : IDisposable
{
    const int MaxTries = 4;

    readonly HttpClient client = new(
        new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), AllowAutoRedirect = false }
    )
    {
        Timeout = TimeSpan.FromSeconds(60),
        MaxResponseContentBufferSize = 64 << 20,
    };

    /// <summary>The server, as it is called in answers.</summary>
    public string Authority => server.Authority;

    /// <summary>Whether the server is told who asks.</summary>
    public bool HasToken => token is not null;

    /// <summary>Reads an address below <c>/api/v1/</c>.</summary>
    public Task<RequestAnswer> GetAsync(string path, CancellationToken cancellation) =>
        RepeatAsync(() => new(HttpMethod.Get, AddressOf(path)), cancellation);

    /// <summary>Posts JSON, with a key, and to an action with the version that was seen.</summary>
    public Task<RequestAnswer> PostAsync(
        string path,
        ReadOnlyMemory<byte> json,
        string? tag,
        CancellationToken cancellation
    )
    {
        var key = Guid.NewGuid().ToString("N");
        return RepeatAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(path))
                {
                    Content = new ReadOnlyMemoryContent(json)
                    {
                        Headers = { ContentType = new("application/json") },
                    },
                };
                request.Headers.Add("Idempotency-Key", key);
                if (tag is not null)
                    request.Headers.TryAddWithoutValidation("If-Match", tag);
                return request;
            },
            cancellation
        );
    }

    public void Dispose() => client.Dispose();

    async Task<RequestAnswer> RepeatAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var request = make();
                return await SendAsync(request, cancellation);
            }
            catch (HttpRequestException e)
            {
                // Nobody is there: once more would be the same.
                if (tries == MaxTries || e.HttpRequestError == HttpRequestError.NameResolutionError)
                    throw new HttpRequestException(
                        $"{server} does not help: {(e.InnerException ?? e).Message}"
                    );
            }
            catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
            {
                if (tries == MaxTries)
                    throw new HttpRequestException($"{server} does not help: it does not answer");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100 << tries), cancellation);
        }
    }

    async Task<RequestAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.UserAgent.ParseAdd("berth");
        request.Headers.Accept.ParseAdd("application/json");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await client.SendAsync(request, cancellation);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        // The answer of a proxy that lost the server, which may have done it.
        if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)
            throw new HttpRequestException($"it answers {(int)response.StatusCode}");
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return new(response.StatusCode, document.RootElement.Clone(), response.Headers.ETag?.ToString());
        }
        catch (JsonException)
        {
            throw new NotBerthbookException(
                $"{server} does not help: its answer, {(int)response.StatusCode}, is not JSON; is it a Berthbook server?"
            );
        }
    }

    Uri AddressOf(string path) => new($"{server.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v1/{path}");
}

/// <summary>What answers is no Berthbook server; asking again does not help.</summary>
sealed class NotBerthbookException(string message) : IOException(message);
