using Microsoft.Extensions.Primitives;

namespace Berthbook.Server.Publishing;

/// <summary>Answers a request with a file from memory: conditions, ranges, codings, HEAD (RFC 9110).</summary>
sealed class Download(TimeProvider clock)
{
    // What a connection may hold of a file in the server's buffers: a slow reader costs this, not the file. Large
    // chunks are faster; where there are many downloads, small ones bound what they take together.
    const int LargeChunk = 256 << 10;
    const int SmallChunk = 64 << 10;
    const int FewDownloads = 64;

    /// <summary>
    /// How long a client may take for a chunk. The server's own measure is the average since the answer began, and
    /// what the system buffers counts as taken, which gives a client that reads nothing many minutes.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    static readonly StringValues Revalidate = "no-cache";
    static readonly StringValues Bytes = "bytes";
    static readonly StringValues ByCoding = "Accept-Encoding";

    volatile int running;

    public Task Send(HttpContext context, PublishedFile file)
    {
        var (request, response) = (context.Request.Headers, context.Response);
        var representation = file.Choose(request.AcceptEncoding);
        var headers = response.Headers;
        headers.Vary = ByCoding;
        headers.AcceptRanges = Bytes;
        var etag = representation.ETag.ToString();
        var status = Preconditions.Status(request, etag, file.LastModified);
        if (status == StatusCodes.Status412PreconditionFailed)
            return End(response, status);
        headers.ETag = representation.ETag;
        headers.LastModified = file.LastModifiedText;
        headers.CacheControl = Revalidate;
        if (status == StatusCodes.Status304NotModified)
            return End(response, status);
        var bytes = representation.Bytes;
        if (request.Range.Count > 0 && HttpMethods.IsGet(context.Request.Method))
        {
            var range = Preconditions.Range(request, bytes.Length, etag, file.LastModified);
            if (range is (_, 0))
            {
                headers.ContentRange = $"bytes */{representation.Length}";
                headers.ETag = headers.LastModified = headers.CacheControl = StringValues.Empty;
                return End(response, StatusCodes.Status416RangeNotSatisfiable);
            }
            if (range is var (offset, length))
            {
                response.StatusCode = StatusCodes.Status206PartialContent;
                headers.ContentRange = $"bytes {offset}-{offset + length - 1}/{representation.Length}";
                bytes = bytes.Slice(offset, length);
            }
        }
        headers.ContentType = file.MediaType;
        headers.ContentEncoding = representation.ContentEncoding;
        headers.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : Write(context, bytes);
    }

    static Task End(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    Task Write(HttpContext context, ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= SmallChunk
            ? context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted).AsTask()
            : WriteChunks(context, bytes);

    async Task WriteChunks(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        Interlocked.Increment(ref running);
        try
        {
            while (!bytes.IsEmpty)
            {
                var most = running <= FewDownloads ? LargeChunk : SmallChunk;
                var chunk = bytes[..Math.Min(most, bytes.Length)];
                var flushed = await context.Response.BodyWriter.WriteAsync(chunk, patience.Token);
                if (flushed.IsCompleted || flushed.IsCanceled)
                    return;
                bytes = bytes[chunk.Length..];
                patience.CancelAfter(Patience);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            context.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }
}
