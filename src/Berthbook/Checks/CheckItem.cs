using System.Collections.Immutable;

namespace Berthbook.Checks;

/// <summary>
/// Something that was held against the registry: a socket, a port number in a file, a line of a services file; and what
/// was found.
/// </summary>
public sealed record CheckItem
{
    /// <summary>The line of the file, from 1; 0 where it is no line's.</summary>
    public int Line { get; init; }

    /// <summary>The column in characters, from 1; 0 where it is the whole line's or none.</summary>
    public int Column { get; init; }

    /// <summary>The socket, or null.</summary>
    public ListeningSocket? Socket { get; init; }

    /// <summary>What the file calls it: the name on a line of a services file, the service of a compose file. Or null.</summary>
    public string? Subject { get; init; }

    /// <summary>The port number, or several side by side with the same answer; null where there is none.</summary>
    public PortRange? Ports { get; init; }

    /// <summary>The transport protocol, or null.</summary>
    public TransportProtocol? Transport { get; init; }

    /// <summary>The state that counts (procedures P2), or null where there is no number.</summary>
    public PortState? State { get; init; }

    /// <summary>The names that the registry has for the number, or for the name; perhaps none.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>What was found, perhaps nothing.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>How much the weightiest finding weighs; null where there is none.</summary>
    public FindingLevel? Level => Findings.IsEmpty ? null : Findings.Max(finding => finding.Level);

    /// <summary>The port number and its transport, <c>443/tcp</c>; empty where there is none.</summary>
    public string Place =>
        Ports is { } ports && Transport is { } transport ? $"{ports}/{transport.Name()}" : "";
}
