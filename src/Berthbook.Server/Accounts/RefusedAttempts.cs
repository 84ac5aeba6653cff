using System.Globalization;
using System.Threading.RateLimiting;
using Berthbook.Server.Api;
using Berthbook.Storage;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Notes attempts that were refused before what they are about was asked, and bounds what strangers can make it note
/// (reliability P14, P16).
/// </summary>
sealed class RefusedAttempts(Settings settings, AuditTrail audit, TimeProvider clock)
{
    // Beyond this many the counts begin anew, so that a flood from many addresses fills no memory.
    const int MaxKeys = 100_000;

    readonly PartitionedRateLimiter<HttpContext> addresses = AddressLimits.Create(
        settings.SignInsPerAddress,
        Attempts.Window
    );
    readonly Dictionary<(string What, string Action), (DateTimeOffset Begun, long Count)> tooMany = [];
    readonly Lock counting = new();

    /// <summary>Counts one more try of the network address that a request comes from; false where it is one too many.</summary>
    public bool IsWithinLimit(HttpContext context)
    {
        using var lease = addresses.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    /// <summary>Notes a refused attempt; gives what to answer, which is another where a stranger tries too often.</summary>
    public Refused Note(HttpContext context, Refused refused)
    {
        // A try of what is limited was counted before.
        if (
            context.Caller.Actor is null
            && context.GetEndpoint()?.Metadata.GetMetadata<Limited>() is null
            && !IsWithinLimit(context)
        )
        {
            NoteTooMany(context);
            return AddressLimits.Refused;
        }
        audit.Note(Describe(context, refused.Rule));
        return refused;
    }

    /// <summary>Notes that the network address of a request tries too often.</summary>
    public void NoteTooMany(HttpContext context) =>
        NoteTooMany(
            $"network {AddressLimits.NetworkOf(context)}",
            Describe(context, AddressLimits.Refused.Rule)
        );

    /// <summary>
    /// Notes one try too many of something: the first within <see cref="Attempts.Window"/>, the tenth, the hundredth and so on,
    /// each with the count, so that a flood leaves its size and fills no disk.
    /// </summary>
    public void NoteTooMany(string what, AuditDraft draft)
    {
        var count = Count((what, draft.Action));
        if (IsPowerOfTen(count))
            audit.Note(
                draft with
                {
                    Details =
                        count == 1
                            ? null
                            : string.Create(
                                CultureInfo.InvariantCulture,
                                $"{count} within {Attempts.Window.TotalMinutes:0} minutes"
                            ),
                }
            );
    }

    static AuditDraft Describe(HttpContext context, string rule)
    {
        var endpoint = context.GetEndpoint();
        var name =
            endpoint?.Metadata.GetMetadata<ApiOperation>()?.Id
            ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText?.TrimStart('/')
            ?? "";
        var numbers = context
            .Request.RouteValues.Where(value =>
                int.TryParse(value.Value as string, CultureInfo.InvariantCulture, out _)
            )
            .Select(value => $"{value.Key} {value.Value}");
        return new(
            context.Caller.Actor?.Account ?? 0,
            $"{context.Request.Method} {name}",
            string.Join(' ', numbers),
            false,
            rule
        );
    }

    long Count((string What, string Action) key)
    {
        var now = clock.GetUtcNow();
        lock (counting)
        {
            if (!tooMany.TryGetValue(key, out var known) || now - known.Begun >= Attempts.Window)
                known = (now, 0);
            if (tooMany.Count >= MaxKeys && known.Count == 0)
                tooMany.Clear();
            tooMany[key] = (known.Begun, known.Count + 1);
            return known.Count + 1;
        }
    }

    static bool IsPowerOfTen(long count)
    {
        while (count % 10 == 0)
            count /= 10;
        return count == 1;
    }
}
