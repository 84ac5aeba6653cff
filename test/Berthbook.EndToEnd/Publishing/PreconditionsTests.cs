using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Berthbook.Server.Publishing;

// RFC 9110 sections 13 and 14
public class PreconditionsTests
{
    const string Tag = "\"ours\"";
    static readonly DateTimeOffset Modified = new(2026, 2, 13, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(200)]
    [InlineData(304, "If-None-Match: \"ours\"")]
    [InlineData(304, "If-None-Match: \"other\", W/\"ours\"")]
    [InlineData(304, "If-None-Match: *")]
    [InlineData(200, "If-None-Match: \"other\"")]
    [InlineData(304, "If-Modified-Since: Fri, 13 Feb 2026 10:00:00 GMT")]
    [InlineData(200, "If-Modified-Since: Fri, 13 Feb 2026 09:59:59 GMT")]
    [InlineData(200, "If-Modified-Since: nonsense")]
    // The tag counts, not the date.
    [InlineData(200, "If-None-Match: \"other\"", "If-Modified-Since: Fri, 13 Feb 2026 10:00:00 GMT")]
    [InlineData(200, "If-Match: \"ours\"")]
    [InlineData(412, "If-Match: \"other\"")]
    [InlineData(412, "If-Match: W/\"ours\"")]
    [InlineData(200, "If-Unmodified-Since: Fri, 13 Feb 2026 10:00:00 GMT")]
    [InlineData(412, "If-Unmodified-Since: Fri, 13 Feb 2026 09:00:00 GMT")]
    public void Answers_conditions(int status, params string[] headers) =>
        Assert.Equal(status, Preconditions.Status(Headers(headers), Tag, Modified));

    [Theory]
    [InlineData("0-9", 0, 10)]
    [InlineData("5-", 5, 95)]
    [InlineData("-10", 90, 10)]
    [InlineData("-1000", 0, 100)]
    [InlineData("90-1000", 90, 10)]
    [InlineData("99-99", 99, 1)]
    [InlineData("100-", 0, 0)]
    [InlineData("-0", 0, 0)]
    public void Finds_a_range(string range, int offset, int length)
    {
        var (foundOffset, foundLength) = Preconditions
            .Range(Headers($"Range: bytes={range}"), 100, Tag, Modified)
            .GetValueOrDefault((-1, -1));
        Assert.Equal(length, foundLength);
        if (length > 0)
            Assert.Equal(offset, foundOffset);
    }

    [Theory]
    [InlineData("Range: lines=0-9")]
    [InlineData("Range: bytes=9-0")]
    [InlineData("Range: bytes=0-9,20-29")]
    [InlineData("Range: nonsense")]
    [InlineData("Range: bytes=0-9", "If-Range: \"other\"")]
    [InlineData("Range: bytes=0-9", "If-Range: W/\"ours\"")]
    [InlineData("Range: bytes=0-9", "If-Range: Fri, 13 Feb 2026 09:00:00 GMT")]
    public void Sends_everything_where_no_single_range_holds(params string[] headers) =>
        Assert.Null(Preconditions.Range(Headers(headers), 100, Tag, Modified));

    [Theory]
    [InlineData("If-Range: \"ours\"")]
    [InlineData("If-Range: Fri, 13 Feb 2026 10:00:00 GMT")]
    public void Sends_the_range_where_the_client_has_these_bytes(string condition) =>
        Assert.Equal(
            (0, 10),
            Preconditions.Range(Headers("Range: bytes=0-9", condition), 100, Tag, Modified)
        );

    static HeaderDictionary Headers(params string[] lines) =>
        new(
            lines
                .Select(line => line.Split(": ", 2))
                .ToDictionary(line => line[0], line => new StringValues(line[1]))
        );
}
