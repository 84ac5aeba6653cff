using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>One line of a services file: <c>name port/transport aliases # comment</c>.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in characters at which the name begins, from 1.</param>
/// <param name="Name">The name as written.</param>
/// <param name="Port">The port number.</param>
/// <param name="Transport">The transport protocol.</param>
/// <param name="Aliases">The other names of the same place, as written.</param>
/// <param name="Comment">What follows the number sign, trimmed; empty where there is none.</param>
public sealed record ServicesEntry(
    int Line,
    int Column,
    string Name,
    PortNumber Port,
    TransportProtocol Transport,
    ImmutableArray<string> Aliases,
    string Comment
)
{
    /// <summary>The name, then the aliases.</summary>
    public IEnumerable<string> Names => Aliases.Prepend(Name);

    /// <summary>Short, for messages: <c>https 443/tcp</c>.</summary>
    public override string ToString() => $"{Name} {Port}/{Transport.Name()}";
}

/// <summary>A services file that was read: its lines as they stand, and as a registry.</summary>
public sealed record ServicesFile
{
    /// <summary>The lines that name a service, in the order of the file. Empty where the file has a fault.</summary>
    public ImmutableArray<ServicesEntry> Entries { get; init; } = [];

    /// <summary>The registry made of the lines, or the faults; and the lines that were left out, as warnings.</summary>
    public required ReadResult Result { get; init; }
}
