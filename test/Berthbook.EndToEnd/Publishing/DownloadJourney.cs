using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Berthbook.Formats;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Server.Publishing;

/// <summary>The files at IANA's addresses, as a program downloads them (product.md "Drop-in for IANA's addresses").</summary>
public class DownloadJourney(SmallServer small)
{
    const string Folder = "/assignments/service-names-port-numbers";
    const string Name = Folder + "/service-names-port-numbers";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Name + ".csv", "text/csv; charset=utf-8")]
    [InlineData(Name + ".xml", "application/xml; charset=utf-8")]
    [InlineData(Name + ".txt", "text/plain; charset=utf-8")]
    [InlineData(Name + ".rng", "application/xml; charset=utf-8")]
    [InlineData(Name + ".xsl", "application/xml; charset=utf-8")]
    [InlineData(Name + ".xhtml", "text/html; charset=utf-8")]
    [InlineData(Folder, "text/html; charset=utf-8")]
    [InlineData(Folder + "/", "text/html; charset=utf-8")]
    public async Task Says_what_it_is_how_old_and_how_long(string address, string mediaType)
    {
        using var answer = await Get(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.ToString());
        Assert.NotNull(answer.Content.Headers.LastModified);
        Assert.False(answer.Headers.ETag!.IsWeak);
        Assert.Equal(["bytes"], answer.Headers.AcceptRanges);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        var body = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);

        using var head = await small.Server.Client.SendAsync(new(HttpMethod.Head, address), Cancellation);
        Assert.Equal(answer.Headers.ETag, head.Headers.ETag);
        Assert.Equal(body.Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Gives_the_files_of_the_current_revision()
    {
        var snapshot = small.Server.Services.GetRequiredService<CurrentRegistry>().Snapshot;
        using var answer = await Get(Name + ".xml");
        Assert.Equal(
            XmlFormat.Write(snapshot.Registry),
            await answer.Content.ReadAsByteArrayAsync(Cancellation)
        );
        var time = DateTimeOffset.FromUnixTimeSeconds(snapshot.Time.ToUnixTimeSeconds());
        Assert.Equal(time, answer.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Sends_nothing_that_the_client_has()
    {
        using var first = await Get(Name + ".xml");
        using var byTag = await Get(
            Name + ".xml",
            request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!)
        );
        Assert.Equal(
            (HttpStatusCode.NotModified, first.Headers.ETag),
            (byTag.StatusCode, byTag.Headers.ETag)
        );

        var time = first.Content.Headers.LastModified;
        using var byTime = await Get(Name + ".xml", request => request.Headers.IfModifiedSince = time);
        Assert.Equal(HttpStatusCode.NotModified, byTime.StatusCode);
        Assert.Empty(await byTime.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Sends_a_part()
    {
        using var whole = await Get(Name + ".xml");
        var bytes = await whole.Content.ReadAsByteArrayAsync(Cancellation);
        using var part = await Get(
            Name + ".xml",
            request =>
            {
                request.Headers.Range = new(10, 19);
                request.Headers.IfRange = new(whole.Headers.ETag!);
            }
        );
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(10, 19, bytes.Length), part.Content.Headers.ContentRange);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync(Cancellation));

        using var outside = await Get(
            Name + ".xml",
            request => request.Headers.Range = new(bytes.Length, null)
        );
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, outside.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(bytes.Length), outside.Content.Headers.ContentRange);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xml")]
    [InlineData("txt")]
    public async Task Sends_it_packed_to_those_who_take_it(string extension)
    {
        using var plain = await Get($"{Name}.{extension}");
        var bytes = await plain.Content.ReadAsByteArrayAsync(Cancellation);
        foreach (var coding in new[] { "gzip", "br" })
        {
            using var packed = await WhenPacked($"{Name}.{extension}", coding);
            Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
            Assert.True(packed.Content.Headers.ContentLength < bytes.Length);
            await using var body = await packed.Content.ReadAsStreamAsync(Cancellation);
            await using Stream unpacked =
                coding == "br"
                    ? new BrotliStream(body, CompressionMode.Decompress)
                    : new GZipStream(body, CompressionMode.Decompress);
            var content = new MemoryStream();
            await unpacked.CopyToAsync(content, Cancellation);
            Assert.Equal(bytes, content.ToArray());
        }
    }

    [Fact]
    public async Task Takes_a_large_file_through_whole()
    {
        // Bigger than a chunk by far.
        await using var server = await RunningServer.StartAsync([
            Small.Xml([.. Enumerable.Range(1, 5000).Select(i => Small.Record($"name-{i}", "tcp", $"{i}"))]),
        ]);
        var snapshot = server.Services.GetRequiredService<CurrentRegistry>().Snapshot;
        Assert.Equal(
            XmlFormat.Write(snapshot.Registry),
            await server.Client.GetByteArrayAsync(Name + ".xml", Cancellation)
        );
    }

    // reliability.md T19
    [Fact]
    public async Task Hangs_up_on_a_client_that_reads_nothing()
    {
        // More than the system buffers on the way.
        await using var server = await RunningServer.StartAsync([
            Small.Xml([.. Enumerable.Range(1, 45_000).Select(i => Small.Record($"name-{i}", "tcp", $"{i}"))]),
        ]);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync("127.0.0.1", server.Client.BaseAddress!.Port, Cancellation);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET {Name}.xml HTTP/1.1\r\nHost: x\r\n\r\n"),
            Cancellation
        );
        await Until(() =>
        {
            server.Clock.Advance(Download.Patience);
            var error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            return Task.FromResult((SocketError)error == SocketError.ConnectionReset);
        });
    }

    [Fact]
    public async Task Serves_the_next_revision_as_soon_as_it_is_there()
    {
        await using var server = await RunningServer.StartAsync([SmallServer.File("2026-01-01")]);
        using var before = await server.Client.GetAsync(Name + ".xml", Cancellation);
        server.Add(SmallServer.File("2026-01-02", SmallServer.Quay));
        using var after = await server.Client.GetAsync(Name + ".xml", Cancellation);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Contains(
            "quay",
            await after.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Keeps_the_best_packed_files_over_a_restart_and_no_others()
    {
        await using var server = await RunningServer.StartAsync([SmallServer.File("2026-01-01")]);
        var data = server.Services.GetRequiredService<Settings>().Data;
        var kept = Path.Combine(data, "publications");
        using (await WhenPacked(server.Client, Name + ".xml", "br")) { }
        var fast = await Tag(server);
        // The rest begins when the last file is packed fast, which no answer tells.
        await Until(async () =>
        {
            server.Clock.Advance(Packing.Rest);
            return await Tag(server) != fast
                && Directory.GetFiles(kept).Length == 2 * PublishedForm.All.Count;
        });

        var best = await Tag(server);
        var publication = server.Services.GetRequiredService<Publications>().Current;
        var found = new PackedFiles(data).Find(publication.Files.First(), ContentCoding.Brotli);
        Assert.NotNull(found);
        Assert.Equal(best, new Representation(found, ContentCoding.Brotli).ETag.ToString());

        // A damaged one is not served.
        var path = Directory.GetFiles(kept, $"{publication.Files.First().Hash}.br").Single();
        File.WriteAllBytes(path, found[..^1]);
        Assert.Null(new PackedFiles(data).Find(publication.Files.First(), ContentCoding.Brotli));
    }

    [Theory]
    [InlineData("?page=0", HttpStatusCode.NotFound)]
    [InlineData("?page=2", HttpStatusCode.NotFound)]
    [InlineData("?page=x", HttpStatusCode.BadRequest)]
    [InlineData("?skey=13", HttpStatusCode.BadRequest)]
    [InlineData("?skey=", HttpStatusCode.OK)]
    [InlineData("?search=nothing+like+it", HttpStatusCode.OK)]
    [InlineData("?skey=-2&skey=%2B1&search=t&page=1", HttpStatusCode.OK)]
    public async Task Answers_for_each_page_of_the_table(string query, HttpStatusCode status)
    {
        using var answer = await Get(Name + ".xhtml" + query);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(Name + ".csv")]
    [InlineData(Name + ".xhtml")]
    [InlineData("/ports/80")]
    [InlineData("/healthz")]
    public async Task Takes_no_other_method(string address)
    {
        using var answer = await small.Server.Client.DeleteAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow.Order());
    }

    Task<HttpResponseMessage> Get(string address, Action<HttpRequestMessage>? shape = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        shape?.Invoke(request);
        return small.Server.Client.SendAsync(request, Cancellation);
    }

    Task<HttpResponseMessage> WhenPacked(string address, string coding) =>
        WhenPacked(small.Server.Client, address, coding);

    // Packing goes on in the background.
    static async Task<HttpResponseMessage> WhenPacked(HttpClient client, string address, string coding)
    {
        HttpResponseMessage? packed = null;
        await Until(async () =>
        {
            packed?.Dispose();
            packed = await Ask(client, address, coding);
            return packed.Content.Headers.ContentEncoding.Contains(coding);
        });
        return packed!;
    }

    static async Task<HttpResponseMessage> Ask(HttpClient client, string address, string coding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd(coding);
        return await client.SendAsync(request, Cancellation);
    }

    static async Task<string> Tag(RunningServer server)
    {
        using var answer = await Ask(server.Client, $"{Name}.{PublishedForm.All[0].Extension}", "br");
        return answer.Headers.ETag!.ToString();
    }

    static async Task Until(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await holds())
            patience.Token.ThrowIfCancellationRequested();
    }
}
