using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Berthbook.Server.Hosting;

public class FaultsTests
{
    [Fact]
    public async Task Turns_our_mistake_into_a_bare_500_that_keeps_its_headers()
    {
        var context = await Answer(_ => throw new InvalidOperationException("secret"));
        Assert.Equal(StatusCodes.Status500InternalServerError, context.Response.StatusCode);
        Assert.Equal("nosniff", context.Response.Headers.XContentTypeOptions);
        Assert.False(context.Response.Headers.ContainsKey("ETag"));
        Assert.Equal(0, context.Response.Body.Length);
    }

    [Fact]
    public async Task Blames_the_client_for_a_broken_request() =>
        Assert.Equal(
            StatusCodes.Status413PayloadTooLarge,
            (await Answer(_ => throw new BadHttpRequestException("too large", 413))).Response.StatusCode
        );

    static async Task<HttpContext> Answer(RequestDelegate next)
    {
        var context = new DefaultHttpContext();
        context.Response.Headers.ETag = "\"half\"";
        context.Response.Body = new MemoryStream();
        await new Faults(next, NullLogger<Faults>.Instance).InvokeAsync(context);
        return context;
    }
}
