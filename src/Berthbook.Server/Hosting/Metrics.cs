using System.Diagnostics.Metrics;
using Berthbook.Server.Upstream;
using OpenTelemetry.Metrics;

namespace Berthbook.Server.Hosting;

/// <summary>What the server measures of itself; <c>/metrics</c> gives it in the form of Prometheus.</summary>
sealed class Metrics
{
    public const string Meter = "Berthbook";

    public Metrics(IMeterFactory meters, CurrentRegistry current, UpstreamStatus upstream, TimeProvider clock)
    {
        var meter = meters.Create(Meter);
        meter.CreateObservableGauge(
            "berthbook.revision",
            () => current.Snapshot.Revision,
            description: "The revision that is served; 0 is the built-in registry"
        );
        meter.CreateObservableGauge(
            "berthbook.records",
            () => current.Snapshot.Registry.Records.Length,
            description: "The records of the revision that is served"
        );
        meter.CreateObservableGauge(
            "berthbook.upstream.age",
            () => upstream.State.AgeAt(clock.GetUtcNow()) is { } age ? [new(age.TotalSeconds)] : Nothing,
            unit: "s",
            description: "The time since the upstream last confirmed what is served"
        );
        meter.CreateObservableGauge(
            "berthbook.upstream.failing",
            () => upstream.State.LastError is null ? 0 : 1,
            description: "1 where the last try to read the upstream failed"
        );
        meter.CreateObservableGauge(
            "berthbook.upstream.held",
            () => upstream.State.Held is null ? 0 : 1,
            description: "1 where a file of the upstream waits for the operator"
        );
    }

    static readonly IEnumerable<Measurement<double>> Nothing = [];
}

static class MetricsSetup
{
    public static void AddMeasuring(this IServiceCollection services)
    {
        services.AddSingleton<Metrics>();
        services
            .AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(Metrics.Meter)
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddPrometheusExporter()
            );
    }

    public static void MapMeasures(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Metrics>();
        app.MapPrometheusScrapingEndpoint("/metrics");
    }
}
