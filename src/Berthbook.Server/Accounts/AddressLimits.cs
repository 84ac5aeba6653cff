using System.Globalization;
using System.Threading.RateLimiting;
using Berthbook.Server.Api;
using Berthbook.Server.Hosting;

namespace Berthbook.Server.Accounts;

/// <summary>Marks an endpoint whose posts count against the network address that they come from.</summary>
sealed record Limited
{
    public static Limited ByAddress { get; } = new();
}

/// <summary>How often one network address may try something; X-Forwarded-For is never read (reliability P16).</summary>
static class AddressLimits
{
    /// <summary>What the address is told that tries too often.</summary>
    public static Refused Refused { get; } =
        new(
            ProblemKind.TooMany,
            "limit",
            "Too many tries came from this network address; wait a quarter of an hour."
        )
        {
            Wait = TimeSpan.FromMinutes(15),
        };

    /// <summary>So many in a window, for each IPv4 address and each IPv6 network of 64 bits.</summary>
    public static PartitionedRateLimiter<HttpContext> Create(int most, TimeSpan window) =>
        PartitionedRateLimiter.Create<HttpContext, UInt128>(context =>
            RateLimitPartition.GetSlidingWindowLimiter(
                NetworkOf(context),
                _ =>
                    new()
                    {
                        PermitLimit = most,
                        Window = window,
                        SegmentsPerWindow = 15,
                        QueueLimit = 0,
                    }
            )
        );

    /// <summary>What counts as one: an IPv4 address, or an IPv6 network of 64 bits.</summary>
    public static UInt128 NetworkOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? AddressLimit.ClientOf(address) : default;

    /// <summary>A time as Retry-After says it.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
