using System.Collections.Immutable;
using Berthbook.Suggestions.Facts;

namespace Berthbook.Checks;

/// <summary>Holds port numbers that are in use against the registry.</summary>
/// <param name="lookup">The registry.</param>
/// <param name="ephemeral">What is given to outgoing connections where they are used, or null where that is not known.</param>
/// <param name="isPublished">Whether somebody wrote the numbers into a file, so that others are to find them there.</param>
/// <param name="isWhole">Whether a number that the registry has nothing for is one that nobody holds.</param>
sealed class PortsInUse(RegistryLookup lookup, EphemeralPorts? ephemeral, bool isPublished, bool isWhole)
{
    /// <summary>What the registry says of numbers on a transport; those side by side with the same answer as one.</summary>
    public IEnumerable<CheckItem> Check(PortRange ports, TransportProtocol transport)
    {
        CheckItem? run = null;
        for (int number = ports.First.Value; number <= ports.Last.Value; number++)
        {
            var next = Check(new PortNumber((ushort)number), transport);
            if (run is not null && SaysTheSame(run, next))
            {
                run = run with { Ports = new PortRange(run.Ports!.Value.First.Value, number) };
                continue;
            }
            if (run is not null)
                yield return run;
            run = next;
        }
        if (run is not null)
            yield return run;
    }

    static bool SaysTheSame(CheckItem one, CheckItem other) =>
        one.State == other.State
        && one.Names.SequenceEqual(other.Names)
        && one.Findings.SequenceEqual(other.Findings);

    CheckItem Check(PortNumber port, TransportProtocol transport)
    {
        var status = lookup.Status(port, transport);
        var findings = ImmutableArray.CreateBuilder<Finding>(2);
        if (OfState(status) is { } own)
            findings.Add(own);
        if (ephemeral?.Contains(port) == true)
            findings.Add(
                new(CheckRules.Ephemeral, LevelOfEphemeral(status.Effective), WordsOfEphemeral(ephemeral))
            );
        if (isPublished && NodePorts.Range.Contains(port))
            findings.Add(
                new(
                    CheckRules.NodePort,
                    port == NodePorts.Range.First
                        ? $"the first of {NodePorts.Range}, which Kubernetes gives to services of type NodePort"
                        : $"inside {NodePorts.Range}, which Kubernetes gives to services of type NodePort"
                )
            );
        if (status.Effective != PortState.Assigned)
            findings.AddRange(
                KnownUses
                    .All.Where(known => known.Port == port.Value)
                    .Select(known => new Finding(
                        CheckRules.KnownUse,
                        $"used without assignment: {known.Use}"
                    ))
            );
        return new()
        {
            Ports = new PortRange(port),
            Transport = transport,
            State = status.Effective,
            Names = NamesOf(status.Records),
            Findings = findings.DrainToImmutable(),
        };
    }

    Finding? OfState(PortStatus status) =>
        status.Effective switch
        {
            PortState.Assigned => isPublished ? new(CheckRules.Assigned, WordsOf(status)) : null,
            PortState.Unassigned when !isWhole => new(
                CheckRules.Unassigned,
                FindingLevel.Note,
                "nothing is known of it here, which is not the whole registry"
            ),
            PortState.Unassigned => new(CheckRules.Unassigned, $"Unassigned: {WordsOf(status)}"),
            PortState.Reserved => new(CheckRules.Reserved, $"Reserved: {WordsOf(status)}"),
            _ => new(CheckRules.Dynamic, isPublished ? FindingLevel.Warning : FindingLevel.Note, status.Why),
        };

    // The status names the number first, and what is found is told beside it.
    static string WordsOf(PortStatus status)
    {
        var place = $"{status.Port}/{status.Transport.Name()}: ";
        return status.Why.StartsWith(place, StringComparison.Ordinal)
            ? status.Why[place.Length..]
            : status.Why;
    }

    // A number that somebody holds was chosen; a Dynamic Port in use was picked, as a rule.
    FindingLevel LevelOfEphemeral(PortState state) =>
        state switch
        {
            PortState.Assigned => FindingLevel.Note,
            PortState.Unassigned when !isWhole => FindingLevel.Note,
            PortState.Dynamic when !isPublished => FindingLevel.Note,
            _ => FindingLevel.Warning,
        };

    string WordsOfEphemeral(EphemeralPorts ephemeral) =>
        isPublished
            ? $"inside {ephemeral}, from which Linux picks the ports of outgoing connections: it may be taken when the service starts"
            : $"inside {ephemeral}, from which this host picks the ports of outgoing connections";

    /// <summary>The names that records assign, each once, in their order.</summary>
    public static ImmutableArray<string> NamesOf(ImmutableArray<RegistryRecord> records) =>
        [
            .. records
                .Where(record => record.Name is not null && record.Kind().State() == PortState.Assigned)
                .Select(record => record.Name!.Value)
                .Distinct()
                .Select(name => name.Text),
        ];
}
