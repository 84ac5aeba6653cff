namespace Berthbook.Suggestions.Facts;

/// <summary>
/// The range that a Kubernetes cluster gives the services of type NodePort on every one of its machines, unless
/// <c>--service-node-port-range</c> says otherwise.
/// </summary>
public static class NodePorts
{
    /// <summary>30000 to 32767: a base of 30000 and a size of 2768.</summary>
    public static PortRange Range { get; } = new(30000, 32767);

    /// <summary>Where it is written.</summary>
    public const string Source =
        "Kubernetes, pkg/kubeapiserver/options/options.go, DefaultServiceNodePortRange";

    /// <summary>When the source was last read.</summary>
    public static DateOnly AsOf { get; } = new(2026, 11, 23);
}
