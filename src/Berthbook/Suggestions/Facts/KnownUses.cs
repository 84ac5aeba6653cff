using System.Collections.Immutable;

namespace Berthbook.Suggestions.Facts;

/// <summary>A use of a port number that nobody applied for.</summary>
/// <param name="Port">The port number.</param>
/// <param name="Use">Who uses it, and for what.</param>
/// <param name="Source">Where the maker or its documents say so.</param>
public sealed record KnownUse(int Port, string Use, string Source);

/// <summary>
/// Products that use a number without an assignment, by their own documents. Short on purpose: a line is added with
/// its source or not at all, and goes when the number is assigned. What the registry notes itself is not repeated.
/// </summary>
public static class KnownUses
{
    const string Flagd = "flagd, docs/reference/flagd-cli/flagd_start.md";
    const string Kubernetes = "Kubernetes, pkg/cluster/ports/ports.go";
    const string Jaeger = "Jaeger, ports/ports.go";
    const string RabbitMq = "RabbitMQ, Networking guide";
    const string Cassandra = "DataStax, Cassandra, Configuring firewall port access";
    const string Minecraft = "Minecraft Wiki, server.properties";
    const string Otlp = "OpenTelemetry, opentelemetry-specification change 1839";

    /// <summary>When the sources were last read.</summary>
    public static DateOnly AsOf { get; } = new(2026, 11, 23);

    /// <summary>The uses, by number.</summary>
    public static ImmutableArray<KnownUse> All { get; } =
    [
        new(4318, "the default of OpenTelemetry's OTLP over HTTP", Otlp),
        new(5173, "the default of Vite's development server", "Vite, docs/config, server.port"),
        new(7199, "the default of Cassandra's JMX monitoring", Cassandra),
        new(8013, "the default of flagd, OpenFeature's flag daemon", Flagd),
        new(8014, "the default of flagd's management port", Flagd),
        new(9042, "the default of Cassandra's native clients", Cassandra),
        new(9229, "the default of Node.js's inspector", "Node.js, Command-line API, --inspect"),
        new(9411, "the default of Zipkin's server", "Zipkin, zipkin-server/README.md"),
        new(10249, "the default of kube-proxy's metrics", Kubernetes),
        new(10250, "the default of the kubelet's API", Kubernetes),
        new(10255, "the kubelet's read-only port", Kubernetes),
        new(10256, "the default of kube-proxy's health check", Kubernetes),
        new(10257, "the default of kube-controller-manager", Kubernetes),
        new(14268, "the default of Jaeger's collector over HTTP", Jaeger),
        new(14269, "the default of Jaeger's collector for administration", Jaeger),
        new(15672, "the default of RabbitMQ's management interface", RabbitMq),
        new(16686, "the default of Jaeger's query interface", Jaeger),
        new(25565, "the default of Minecraft's server", Minecraft),
        new(25575, "the default of Minecraft's remote console", Minecraft),
        new(25672, "the default between RabbitMQ's nodes", RabbitMq),
        new(55680, "OpenTelemetry's OTLP over gRPC before it moved to 4317", Otlp),
        new(55681, "OpenTelemetry's OTLP over HTTP before it moved to 4318", Otlp),
    ];
}
