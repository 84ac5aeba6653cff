using System.Collections.Immutable;
using Berthbook.Checks;

namespace Berthbook.Cli.Host;

/// <summary>The port numbers that this host gives to outgoing connections, as its kernel is set (ip(7)).</summary>
static class EphemeralRange
{
    /// <summary>Reads the settings of the own network namespace; null where the kernel does not tell.</summary>
    public static EphemeralPorts? Read(ProcFolder proc) =>
        proc.Lines("sys", "net", "ipv4", "ip_local_port_range") is [var range, ..]
            ? Parse(
                range,
                proc.Lines("sys", "net", "ipv4", "ip_local_reserved_ports") is [var kept, ..] ? kept : ""
            )
            : null;

    /// <summary>Parses <c>32768 60999</c> and <c>8080,9000-9100</c>; null where the first is no range.</summary>
    public static EphemeralPorts? Parse(string range, string keptOut)
    {
        if (
            range.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
                is not [var first, var last]
            || !PortRange.TryParse($"{first}-{last}", out var ports)
        )
            return null;
        var kept = ImmutableArray.CreateBuilder<PortRange>();
        foreach (
            var text in keptOut.Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            if (PortRange.TryParse(text, out var one))
                kept.Add(one);
        }
        return new(ports, kept.DrainToImmutable());
    }
}
