using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Ports;

/// <summary>What a port number is, on every transport protocol or on one.</summary>
sealed class PortModel(CurrentRegistry current) : RegistryPage(current)
{
    /// <summary>How many services of a port have their DNS labels told; no port of IANA's has more.</summary>
    const int MaxServices = 5;

    public PortFacts Facts { get; private set; } = null!;

    /// <summary>The one transport protocol that is asked for, or null.</summary>
    public TransportProtocol? Transport { get; private set; }

    /// <summary>The states to show: of all transport protocols or of the one.</summary>
    public ImmutableArray<PortStatus> Statuses { get; private set; }

    /// <summary>The records to show, those that differ in nothing but the transport protocol as one.</summary>
    public ImmutableArray<RecordGroup> Groups { get; private set; }

    /// <summary>The services that hold the number under their primary name.</summary>
    public ImmutableArray<ServiceFacts> Services { get; private set; }

    public PortNumber Port => Facts.Port;

    public string Place => Transport is { } transport ? $"{Port}/{transport.Name()}" : Port.ToString();

    public override string Title => $"Port {Place}{(Names.Any() ? $": {string.Join(", ", Names)}" : "")}";

    public override string Address =>
        Transport is { } transport ? Addresses.Port(Port, transport) : Addresses.Port(Port);

    public override IReadOnlyList<Link> Trail =>
        [
            new("/ports", "Ports"),
            new(Addresses.Ports(Port.Class.First()), $"{Port.Class} Ports"),
            .. Transport is null ? [] : new[] { new Link(Addresses.Port(Port), Port.ToString()) },
        ];

    /// <summary>The names that hold the number, each once, old spellings aside.</summary>
    public IEnumerable<ServiceName> Names =>
        Statuses
            .SelectMany(status => status.Records)
            .Where(record => record.Name is not null && record.Kind() == RecordKind.Assigned)
            .Select(record => record.Name!.Value)
            .Distinct();

    /// <summary>The names that hold the number with what they stand for, those that stand for the same together.</summary>
    public IEnumerable<(IEnumerable<ServiceName> Names, string Words)> Holders =>
        Facts
            .Records.Where(record => Names.Contains(record.Name.GetValueOrDefault()))
            .DistinctBy(record => record.Name)
            .GroupBy(record => record.Summary, StringComparer.OrdinalIgnoreCase)
            .Select(group => (group.Select(record => record.Name!.Value), group.Key));

    /// <summary>What can be asked of the registry about the number.</summary>
    public IEnumerable<Link> Requests
    {
        get
        {
            (string, string)[] known =
            [
                ("port", Port.ToString()),
                .. Transport is { } transport
                    ? [("transport", transport.Name())]
                    : Array.Empty<(string, string)>(),
            ];
            if (Statuses.Any(status => status.Effective == PortState.Unassigned))
                yield return new(Addresses.Request(RequestKind.Assign, known), $"Ask for port {Place}");
            if (!Names.Any())
                yield break;
            yield return new(Addresses.Request(RequestKind.SecondName, known), "Add a second name to it");
            yield return new(
                Addresses.Request(RequestKind.UnauthorizedUse, known),
                "Report an unauthorized use of it"
            );
        }
    }

    /// <summary>In one sentence, what the number is.</summary>
    public string Summary
    {
        get
        {
            var states = Statuses.Select(status => status.Effective).Distinct().ToList();
            if (states is [var state])
                return state switch
                {
                    PortState.Dynamic => "Dynamic: never assigned, for anybody to pick at run time.",
                    PortState.Assigned => "Assigned.",
                    _ =>
                        $"{state} on {(Statuses.Length == 1 ? Transport!.Value.UpperName() : "every transport protocol")}.",
                };
            var parts = states
                .OrderDescending()
                .Select(known =>
                    $"{known} on {Words.List(Statuses.Where(status => status.Effective == known).Select(status => status.Transport.UpperName()))}"
                );
            return string.Join("; ", parts) + ".";
        }
    }

    public IActionResult OnGet(string number, string? transport)
    {
        if (!PortNumber.TryParse(number, out var port))
            return Refuse(400, PortRange.FaultOf(number) ?? "A port page shows one number, 0 to 65535");
        if (transport is not null)
        {
            if (!TransportProtocols.TryParse(transport, out var known))
                return Refuse(
                    400,
                    "A port number has four transport protocols: tcp, udp, sctp and dccp",
                    new Link(Addresses.Port(port), $"Port {port} on all of them")
                );
            Transport = known;
        }
        Facts = PortFacts.Of(Index, port);
        Statuses = Transport is { } only ? [Facts.On(only)] : Facts.Statuses;
        Groups = RecordGroup.Of(
            Transport is null ? Facts.Records : Statuses.SelectMany(status => status.Records)
        );
        Services =
        [
            .. Names
                .Take(MaxServices)
                .Select(name => ServiceFacts.Find(Index, name.Text)!)
                .Where(facts => facts.Primary is null),
        ];
        return Page();
    }
}
