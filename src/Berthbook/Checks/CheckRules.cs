using System.Collections.Immutable;

namespace Berthbook.Checks;

/// <summary>All rules of the checks.</summary>
public static class CheckRules
{
    const string Rfc6335 = "https://www.rfc-editor.org/rfc/rfc6335.html";
    const string Ranges = Rfc6335 + "#section-6";
    const string Names = Rfc6335 + "#section-5";

    /// <summary>A published number is somebody's.</summary>
    public static CheckRule Assigned { get; } =
        new(
            "port-assigned",
            FindingLevel.Note,
            "A published port number is assigned to a service.",
            "That is as it should be where the container offers that service. Where it offers another, whoever talks to "
                + "the number expects the service that the registry names: publish another number.",
            "RFC 6335 section 6",
            Ranges
        );

    /// <summary>Nobody holds the number.</summary>
    public static CheckRule Unassigned { get; } =
        new(
            "port-unassigned",
            FindingLevel.Warning,
            "A port number in use that nobody holds an assignment for.",
            "The registry may assign the number to somebody else at any time. Use an assigned number, apply for this one, or "
                + "record it in your organisation's own registry.",
            "RFC 6335 section 6, and the registry's note",
            Ranges
        );

    /// <summary>The number is held back.</summary>
    public static CheckRule Reserved { get; } =
        new(
            "port-reserved",
            FindingLevel.Warning,
            "A port number in use that the registry holds back.",
            "Reserved numbers are not available for assignment: they are at the edge of a range, held for the assignee of the "
                + "same number on another transport protocol, or were given back. Choose another.",
            "RFC 6335 sections 6 and 7.2",
            Ranges
        );

    /// <summary>A Dynamic Port.</summary>
    public static CheckRule Dynamic { get; } =
        new(
            "port-dynamic",
            FindingLevel.Note,
            "A Dynamic Port, 49152 to 65535.",
            "Dynamic Ports are never assigned and are for temporary use, so no client can know one beforehand. A socket there "
                + "is usual; a number that is written into a file is not: choose one below 49152.",
            "RFC 6335 section 6",
            Ranges
        );

    /// <summary>The host may give the number away.</summary>
    public static CheckRule Ephemeral { get; } =
        new(
            "port-ephemeral",
            FindingLevel.Warning,
            "A port number inside the range that a system picks the ports of outgoing connections from.",
            "Now and then the number is taken when the service starts. Choose one outside the range, or keep this one out of it "
                + "(Linux: net.ipv4.ip_local_reserved_ports).",
            "RFC 6056 section 3.2",
            "https://www.rfc-editor.org/rfc/rfc6056.html#section-3.2"
        );

    /// <summary>Kubernetes may give the number away.</summary>
    public static CheckRule NodePort { get; } =
        new(
            "port-node-port",
            FindingLevel.Note,
            "A published port number inside Kubernetes' default range for services of type NodePort.",
            "On a machine of a cluster the number may be given to a service of the cluster.",
            "Kubernetes, Service, type NodePort",
            "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport"
        );

    /// <summary>A product uses the number that never applied.</summary>
    public static CheckRule KnownUse { get; } =
        new(
            "port-known-use",
            FindingLevel.Note,
            "A port number without assignment that a widespread product uses by default.",
            "Both on one machine collide. That the number is in use here says nothing of what uses it.",
            "the product's documents, told by 'berth suggest --explain N'; RFC 6335 section 8",
            Rfc6335 + "#section-8"
        );

    /// <summary>Something a file leaves open.</summary>
    public static CheckRule NotChecked { get; } =
        new(
            "port-not-checked",
            FindingLevel.Note,
            "A published port number that the file leaves open.",
            "The number comes from a variable without a default, from another file, or is picked when the container starts. "
                + "'berth check' without a file shows the sockets of the running host.",
            "Compose Specification, services, ports",
            "https://docs.docker.com/reference/compose-file/services/#ports"
        );

    /// <summary>A name stands at a number that is not its own.</summary>
    public static CheckRule ServicesNumber { get; } =
        new(
            "services-number",
            FindingLevel.Error,
            "A services file gives a name another port number than the registry.",
            "Programs that ask for the name reach the wrong number. Correct the line, or remove it.",
            "RFC 6335 sections 5 and 6",
            Ranges
        );

    /// <summary>A number has a name that is not its own.</summary>
    public static CheckRule ServicesName { get; } =
        new(
            "services-name",
            FindingLevel.Error,
            "A services file gives a port number another name than the registry.",
            "The number is shown under a name that the registry does not know there, and nobody finds it by its registered "
                + "name. Use the registered name, or add it as an alias.",
            "RFC 6335 section 5",
            Names
        );

    /// <summary>A name on a transport it is not registered for.</summary>
    public static CheckRule ServicesTransport { get; } =
        new(
            "services-transport",
            FindingLevel.Note,
            "A services file lists a name on a transport protocol that it is not registered for.",
            "Files used to list tcp and udp alike. Today a number is assigned for the transport protocols that the service "
                + "uses, and the others are held for its assignee.",
            "RFC 6335 section 7.2",
            Rfc6335 + "#section-7.2"
        );

    /// <summary>A line of which the registry knows nothing.</summary>
    public static CheckRule ServicesUnregistered { get; } =
        new(
            "services-unregistered",
            FindingLevel.Note,
            "A services file lists a name and a port number that the registry does not.",
            "A local addition. The number may be assigned to somebody else at any time.",
            "RFC 6335 section 6",
            Ranges
        );

    /// <summary>A line that a whole file lacks.</summary>
    public static CheckRule ServicesMissing { get; } =
        new(
            "services-missing",
            FindingLevel.Error,
            "A services file that holds most of the registry lacks an assigned name.",
            "Add the line, or write the file anew with 'berth export services'.",
            "RFC 6335 section 6",
            Ranges
        );

    /// <summary>A file that is a selection.</summary>
    public static CheckRule ServicesPartial { get; } =
        new(
            "services-partial",
            FindingLevel.Note,
            "A services file holds less than half of the registry.",
            "A selection, as systems ship it; what it lacks is not told line by line. 'berth export services' writes them all.",
            "RFC 6335 section 6",
            Ranges
        );

    /// <summary>All of them.</summary>
    public static ImmutableArray<CheckRule> All { get; } =
    [
        Assigned,
        Unassigned,
        Reserved,
        Dynamic,
        Ephemeral,
        NodePort,
        KnownUse,
        NotChecked,
        ServicesNumber,
        ServicesName,
        ServicesTransport,
        ServicesUnregistered,
        ServicesMissing,
        ServicesPartial,
    ];
}
