using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Berthbook.Server.Hosting;

/// <summary>How much a client may ask of the server, and how slowly (reliability.md T19, P15).</summary>
static class Limits
{
    /// <summary>The most bytes of a request's body, unless an endpoint says otherwise.</summary>
    public const int MaxBody = 64 << 10;

    public static void LimitClients(this IWebHostBuilder host, Settings settings) =>
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            var limits = kestrel.Limits;
            limits.MaxConcurrentConnections = settings.MaxConnections;
            limits.MaxConcurrentUpgradedConnections = 0;
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            limits.MaxRequestLineSize = 8 << 10;
            limits.MaxRequestHeadersTotalSize = 16 << 10;
            limits.MaxRequestHeaderCount = 64;
            limits.MaxRequestBodySize = MaxBody;
            limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
            limits.MinResponseDataRate = new MinDataRate(4 << 10, TimeSpan.FromSeconds(5));
            var addresses = new AddressLimit(settings.MaxConnectionsPerAddress);
            kestrel.ConfigureEndpointDefaults(endpoint =>
                ((IConnectionBuilder)endpoint).Use(addresses.Before)
            );
        });
}
