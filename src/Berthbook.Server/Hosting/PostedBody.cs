using Microsoft.AspNetCore.Http.Features;

namespace Berthbook.Server.Hosting;

/// <summary>Reads the body of a request whole, up to what an endpoint takes.</summary>
static class PostedBody
{
    /// <summary>
    /// The body, or null where it is longer. Twice as much is read before the server cuts it off: a client that sends a
    /// little too much reads our answer only where the body was read, and the frames of chunks count as well.
    /// </summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = 2 * maxBytes;
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        // Told apart by a statement: as an expression the null would become an empty body.
        if (bytes.Length > maxBytes)
            return null;
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
