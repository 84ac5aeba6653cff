using System.Collections.Immutable;

namespace Berthbook.Suggestions.Facts;

/// <summary>
/// The range that a system picks the ports of outgoing connections from unless it is told otherwise. A service that
/// listens there now and then finds its number taken.
/// </summary>
/// <param name="Code">The reason's code.</param>
/// <param name="System">Whose default it is.</param>
/// <param name="Range">The range.</param>
/// <param name="Source">Where it is written.</param>
public sealed record EphemeralRange(string Code, string System, PortRange Range, string Source);

/// <summary>The default ephemeral ranges of systems in use.</summary>
public static class EphemeralRanges
{
    /// <summary>Linux: net.ipv4.ip_local_port_range.</summary>
    public static EphemeralRange Linux { get; } =
        new(
            ReasonCode.EphemeralLinux,
            "Linux",
            new(32768, 60999),
            "Linux kernel, Documentation/networking/ip-sysctl, ip_local_port_range"
        );

    /// <summary>Windows since Vista and Server 2008.</summary>
    public static EphemeralRange Windows { get; } =
        new(
            ReasonCode.EphemeralWindows,
            "Windows since Vista",
            new(49152, 65535),
            "Microsoft support article 929851"
        );

    /// <summary>Windows before that.</summary>
    public static EphemeralRange OldWindows { get; } =
        new(
            ReasonCode.EphemeralOldWindows,
            "Windows before Vista",
            new(1025, 5000),
            "Microsoft support article 929851"
        );

    /// <summary>macOS: net.inet.ip.portrange.first and last.</summary>
    public static EphemeralRange MacOS { get; } =
        new(
            ReasonCode.EphemeralMacOS,
            "macOS",
            new(49152, 65535),
            "xnu, bsd/netinet/in_pcb.c, ipport_firstauto"
        );

    /// <summary>FreeBSD: net.inet.ip.portrange.first and last; its high range, 49152 and up, is for who asks for it.</summary>
    public static EphemeralRange FreeBsd { get; } =
        new(
            ReasonCode.EphemeralFreeBsd,
            "FreeBSD",
            new(10000, 65535),
            "FreeBSD, sys/netinet/in_pcb.c, ipport_firstauto"
        );

    /// <summary>All of them.</summary>
    public static ImmutableArray<EphemeralRange> All { get; } = [Linux, Windows, OldWindows, MacOS, FreeBsd];

    /// <summary>When the sources were last read.</summary>
    public static DateOnly AsOf { get; } = new(2026, 11, 23);
}
