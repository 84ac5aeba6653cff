using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Berthbook.Server.Publishing;

/// <summary>What the conditions of a request make of its answer (RFC 9110 sections 13 and 14).</summary>
static class Preconditions
{
    /// <summary>200, 304 where the client has these bytes, or 412 where it wants others, asked in the RFC's order.</summary>
    public static int Status(IHeaderDictionary headers, string etag, DateTimeOffset lastModified)
    {
        // Most requests state no condition.
        if (
            headers.IfNoneMatch.Count == 0
            && headers.IfModifiedSince.Count == 0
            && headers.IfMatch.Count == 0
            && headers.IfUnmodifiedSince.Count == 0
        )
            return StatusCodes.Status200OK;
        var asked = new RequestHeaders(headers);
        var ours = new EntityTagHeaderValue(etag);
        if (headers.IfMatch.Count > 0)
        {
            if (!Holds(asked.IfMatch, ours, useStrong: true))
                return StatusCodes.Status412PreconditionFailed;
        }
        else if (asked.IfUnmodifiedSince is { } until && lastModified > until)
            return StatusCodes.Status412PreconditionFailed;
        if (headers.IfNoneMatch.Count > 0)
            return Holds(asked.IfNoneMatch, ours, useStrong: false)
                ? StatusCodes.Status304NotModified
                : StatusCodes.Status200OK;
        return asked.IfModifiedSince is { } since && lastModified <= since
            ? StatusCodes.Status304NotModified
            : StatusCodes.Status200OK;
    }

    /// <summary>
    /// The part of the bytes that is asked for: offset and length; null for all of them, a length of 0 where the
    /// range lies outside. Several ranges at once get all.
    /// </summary>
    public static (int Offset, int Length)? Range(
        IHeaderDictionary headers,
        int length,
        string etag,
        DateTimeOffset lastModified
    )
    {
        if (
            headers.Range.Count == 0
            || !RangeHeaderValue.TryParse(headers.Range.ToString(), out var range)
            || !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)
            || range.Ranges is not { Count: 1 } ranges
        )
            return null;
        if (headers.IfRange.Count > 0 && !IsStill(headers.IfRange.ToString(), etag, lastModified))
            return null;
        var (from, to) = (ranges.First().From, ranges.First().To);
        if (from is null)
        {
            // The last so many bytes.
            var last = Math.Min(to.GetValueOrDefault(), length);
            return ((int)(length - last), (int)last);
        }
        if (from >= length)
            return (0, 0);
        var end = Math.Min(to ?? (length - 1), length - 1);
        return ((int)from, (int)(end - from + 1));
    }

    static bool IsStill(string ifRange, string etag, DateTimeOffset lastModified) =>
        RangeConditionHeaderValue.TryParse(ifRange, out var condition)
        && (
            condition.EntityTag is { } tag
                ? tag.Compare(new(etag), useStrongComparison: true)
                : condition.LastModified == lastModified
        );

    static bool Holds(IList<EntityTagHeaderValue> tags, EntityTagHeaderValue ours, bool useStrong) =>
        tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(ours, useStrong));
}
