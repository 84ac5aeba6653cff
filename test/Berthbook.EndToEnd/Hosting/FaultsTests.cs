using Berthbook.Server.Layout;
using Berthbook.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task Says_that_nothing_can_be_stored_where_the_disk_or_the_database_does_not_do()
    {
        const int Full = 13;
        const int Constraint = 19;
        foreach (
            var fault in new Exception[]
            {
                new SqliteException("database or disk is full", Full),
                new DbUpdateException("not saved", new SqliteException("database or disk is full", Full)),
                new StorageException("this was not stored"),
            }
        )
        {
            var context = await Answer(_ => throw fault);
            Assert.Equal(StatusCodes.Status503ServiceUnavailable, context.Response.StatusCode);
            Assert.Equal("60", context.Response.Headers.RetryAfter);
            Assert.Contains(
                "cannot store",
                context.Features.Get<PageFault>()!.Words,
                StringComparison.Ordinal
            );
        }
        // What a statement of ours breaks is our mistake.
        var mistake = await Answer(_ => throw new SqliteException("UNIQUE constraint failed", Constraint));
        Assert.Equal(StatusCodes.Status500InternalServerError, mistake.Response.StatusCode);
    }

    static async Task<HttpContext> Answer(RequestDelegate next)
    {
        var context = new DefaultHttpContext();
        context.Response.Headers.ETag = "\"half\"";
        context.Response.Body = new MemoryStream();
        await new Faults(next, NullLogger<Faults>.Instance).InvokeAsync(context);
        return context;
    }
}
