using System.Collections.Immutable;
using Berthbook.Suggestions.Facts;

namespace Berthbook.Checks;

/// <summary>A port number of the host that a compose file publishes for a container.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Column">The column in characters, from 1.</param>
/// <param name="Service">What the file calls the container's service.</param>
/// <param name="Ports">The port number or range; null where the file leaves it open.</param>
/// <param name="Transport">The transport protocol.</param>
/// <param name="Open">Why the number is left open, in words; null where it is not.</param>
public sealed record PublishedPort(
    int Line,
    int Column,
    string Service,
    PortRange? Ports,
    TransportProtocol Transport,
    string? Open = null
);

/// <summary>Holds the port numbers that a compose file publishes against the registry.</summary>
public static class PublishedCheck
{
    /// <summary>
    /// An item a port number, or several side by side of one range. Not assigned, Reserved or Dynamic is a warning, as is
    /// a number inside Linux's default ephemeral range that nobody holds. Assigned is a note, as are Kubernetes' node
    /// ports, known uses without assignment, and numbers that the file leaves open.
    /// </summary>
    /// <param name="lookup">The registry.</param>
    /// <param name="published">The port numbers.</param>
    /// <param name="isWhole">
    /// Whether this is the whole registry. If not, that it has nothing for a number says nothing, and is a note.
    /// </param>
    public static ImmutableArray<CheckItem> Of(
        RegistryLookup lookup,
        IEnumerable<PublishedPort> published,
        bool isWhole = true
    )
    {
        var inUse = new PortsInUse(lookup, new(EphemeralRanges.Linux.Range, []), isPublished: true, isWhole);
        return
        [
            .. published.SelectMany(port =>
                (
                    port.Ports is { } ports
                        ? inUse.Check(ports, port.Transport)
                        : [new() { Findings = [new(CheckRules.NotChecked, port.Open ?? "left open")] }]
                ).Select(item => item with { Line = port.Line, Column = port.Column, Subject = port.Service })
            ),
        ];
    }
}
