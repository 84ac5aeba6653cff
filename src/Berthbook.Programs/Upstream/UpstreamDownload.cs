using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Berthbook.Programs.Upstream;

/// <summary>What marks a state of the upstream's file, so that it is only sent again when it changed.</summary>
sealed record Validators(string? ETag, DateTimeOffset? LastModified);

/// <summary>What a download may take.</summary>
/// <param name="MaxBytes">The most bytes, packed and unpacked.</param>
/// <param name="Timeout">The longest time in all.</param>
/// <param name="AllowsPrivate">Whether a named upstream may stand on a private network.</param>
/// <param name="UserAgent">The program that asks.</param>
sealed record DownloadLimits(long MaxBytes, TimeSpan Timeout, bool AllowsPrivate, string UserAgent);

/// <summary>What came of asking the upstream.</summary>
abstract record Fetched
{
    Fetched() { }

    /// <summary>The file is what it was.</summary>
    public sealed record Same : Fetched;

    /// <summary>A file lies in the folder, its content coding removed.</summary>
    public sealed record File(Validators Validators) : Fetched;

    /// <summary>No file, and why not.</summary>
    public sealed record Failed(string Words) : Fetched;
}

/// <summary>
/// Asks the upstream for its file and puts it on the disk, within limits of time and size, packed and unpacked
/// (reliability.md T20). Follows redirects on the same host only.
/// </summary>
sealed class UpstreamDownload(DownloadLimits limits, Uri upstream) : IDisposable
{
    /// <summary>IANA's registry, the upstream unless another is named.</summary>
    public static Uri Iana { get; } =
        new("https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xml");

    const int MaxRedirects = 5;
    const int BufferBytes = 64 << 10;

    readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = new AddressGuard(upstream, limits.AllowsPrivate).ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            UseCookies = false,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks once. Says how many bytes have come of how many, where that is known.</summary>
    public async Task<Fetched> FetchAsync(
        string path,
        Validators? known,
        Action<long, long?> progress,
        CancellationToken cancellation
    )
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(limits.Timeout);
        try
        {
            var address = upstream;
            for (var i = 0; i <= MaxRedirects; i++)
            {
                using var response = await AskAsync(address, known, limited.Token);
                if (response.StatusCode == HttpStatusCode.NotModified)
                    return known is null
                        ? new Fetched.Failed("it answers 304 though nothing was known of it")
                        : new Fetched.Same();
                if (response.StatusCode == HttpStatusCode.OK)
                    return await SpoolAsync(response, path, progress, limited.Token);
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                    return new Fetched.Failed($"it answers {(int)response.StatusCode}");
                if (response.Headers.Location is not { } location)
                    return new Fetched.Failed("it leads on without saying where to");
                address = new Uri(address, location);
                if (!IsSameHost(address))
                    return new Fetched.Failed($"it leads on to {Printable(address.Authority)}");
            }
            return new Fetched.Failed("it leads on in a circle");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Fetched.Failed($"it took longer than {limits.Timeout.TotalSeconds:0.#} seconds");
        }
        catch (HttpRequestException e) when (e.InnerException is not IOException)
        {
            return new Fetched.Failed(Printable((e.InnerException ?? e).Message));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return new Fetched.Failed($"its file did not come whole: {Printable(e.Message)}");
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>A text of the upstream's without control characters, at most 200 long: it goes to logs and pages.</summary>
    public static string Printable(string text) =>
        string.Concat(text.Take(200).Select(c => char.IsControl(c) ? ' ' : c)).TrimEnd();

    // The same server, or the same name with TLS where the upstream was given without.
    bool IsSameHost(Uri address) =>
        (address.Scheme == upstream.Scheme && address.Authority == upstream.Authority)
        || (address is { Scheme: "https", IsDefaultPort: true } && address.IdnHost == upstream.IdnHost);

    async Task<HttpResponseMessage> AskAsync(Uri address, Validators? known, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd(limits.UserAgent);
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        if (known?.ETag is { } etag && EntityTagHeaderValue.TryParse(etag, out var tag))
            request.Headers.IfNoneMatch.Add(tag);
        else
            request.Headers.IfModifiedSince = known?.LastModified;
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    async Task<Fetched> SpoolAsync(
        HttpResponseMessage response,
        string path,
        Action<long, long?> progress,
        CancellationToken cancellation
    )
    {
        var length = response.Content.Headers.ContentLength;
        if (length > limits.MaxBytes)
            return TooBig();
        var codings = string.Join(",", response.Content.Headers.ContentEncoding).ToLowerInvariant();
        await using var network = new CountedStream(
            await response.Content.ReadAsStreamAsync(cancellation),
            received => progress(received, length)
        );
        await using Stream? plain = codings switch
        {
            "" or "identity" => network,
            "gzip" or "x-gzip" => new GZipStream(network, CompressionMode.Decompress),
            "br" => new BrotliStream(network, CompressionMode.Decompress),
            _ => null,
        };
        if (plain is null)
            return new Fetched.Failed($"it sends the content coding {Printable(codings)}");
        await using (
            var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, true)
        )
        {
            var buffer = new byte[BufferBytes];
            var total = 0L;
            while (await plain.ReadAsync(buffer, cancellation) is > 0 and var count)
            {
                total += count;
                if (total > limits.MaxBytes || network.Received > limits.MaxBytes)
                    return TooBig();
                await file.WriteAsync(buffer.AsMemory(0, count), cancellation);
            }
        }
        return new Fetched.File(
            new(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified)
        );
    }

    Fetched.Failed TooBig() => new($"its file is bigger than {limits.MaxBytes:N0} bytes");
}
