using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>Complete requests over small registries, and the verdict of the rules in force on them.</summary>
static class AskedRules
{
    public static readonly DateOnly Today = new(2026, 3, 10);

    /// <summary>A registry of these records, which get the ids 1, 2, 3 …, with Ada, Bo and the erased Cy as contacts.</summary>
    public static Registry Registry(params RegistryRecord[] records) =>
        new(
            new() { Id = "small" },
            [.. records.Select((record, i) => record with { Id = i + 1 })],
            [
                new()
                {
                    Id = "Ada_Example",
                    Name = "Ada Example",
                    Uris = ["mailto:ada&example.org"],
                },
                new()
                {
                    Id = "Bo_Example",
                    Name = "Bo Example",
                    Uris = ["mailto:bo&example.org"],
                },
                new() { Id = "Cy_Erased", IsErased = true },
            ]
        );

    /// <summary>An assignment with a contact and perhaps an assignee; an empty number or contact is none.</summary>
    public static RegistryRecord Held(
        string name,
        string number,
        string transport,
        string contact = "Ada_Example",
        string? assignee = null
    ) =>
        SmallRegistry.Record(name, number, transport, $"The {name} protocol") with
        {
            Contacts = contact.Length == 0 ? [] : [new(ReferenceType.Person, contact)],
            Assignee = assignee is null ? default : [new(ReferenceType.Person, assignee)],
        };

    /// <summary>A record that assigns nothing: Unassigned, Reserved.</summary>
    public static RegistryRecord Nameless(string description, string number, string transport = "") =>
        SmallRegistry.Record("", number, transport, description);

    /// <summary>A request that gives all that an assignment needs.</summary>
    public static RequestDocument For(
        RequestKind kind,
        string? name,
        string port = "none",
        params string[] transports
    ) =>
        new()
        {
            Kind = kind,
            Name = name,
            Port = PortWish.TryParse(port, out var wish)
                ? wish
                : throw new ArgumentException(port, nameof(port)),
            Transports =
            [
                .. transports.Select(text =>
                    TransportProtocols.TryParse(text, out var transport)
                        ? transport
                        : throw new ArgumentException(text, nameof(transports))
                ),
            ],
            Assignee = new() { Name = "Dee Instruments", Email = "dee@example.com" },
            Contact = new() { Name = "Dee Example", Email = "dee@example.com" },
            Description = "Weighing in laboratories",
            Reference = "Readings in JSON over a stream, one a line; the sources are public.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
            Specification = "RFC 9999",
            WhyNotDynamic = "Firewalls of laboratories open one number, chosen once.",
            WhyNotUser = "It has to run before users are known.",
        };

    /// <summary>What the rules in force say.</summary>
    public static Verdict Check(
        Registry registry,
        RequestDocument request,
        ImmutableArray<PendingRequest> pending = default,
        RuleSettings? settings = null
    ) => InForce.Book.Check(new(new(registry), settings), request, Today, pending);

    /// <summary>All that the applicant is told, one line each.</summary>
    public static string Words(this Verdict verdict) =>
        string.Join(
            '\n',
            verdict
                .Findings.Select(finding => finding.Message)
                .Concat(verdict.Next.Select(step => step.Words))
        );

    /// <summary>The fields that the applicant has to mend.</summary>
    public static IEnumerable<string?> ToMend(this Verdict verdict) =>
        verdict.Findings.Where(finding => finding.IsToMend).Select(finding => finding.Field).Distinct();
}
