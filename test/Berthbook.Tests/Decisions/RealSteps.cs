using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>The step from one revision to the next, and the decision that makes it.</summary>
sealed record RealStep(string From, string To, Func<RuleBasis, ImmutableArray<Act>> Acts)
{
    public Decision Decision(RuleBasis basis) =>
        new(DateOnly.ParseExact(To[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture), Acts(basis));
}

/// <summary>Seven steps of IANA's own year, told as decisions.</summary>
static class RealSteps
{
    static readonly ImmutableArray<TransportProtocol> Tcp = [TransportProtocol.Tcp];
    static readonly ImmutableArray<TransportProtocol> Udp = [TransportProtocol.Udp];

    static readonly Reference Released = new(ReferenceType.Draft, "RFC-ietf-netconf-port-numbers-07");

    static Assign Udpstp { get; } =
        new()
        {
            Name = Name("udpstp"),
            Transports = Udp,
            Port = new(24601),
            Description = new("UDP-based IP-Layer Capacity and performance measurement protocol"),
            Assignee = Party.Known("IESG"),
            Contacts = [Party.Known("IETF_Chair")],
            References = [new(ReferenceType.Draft, "RFC-ietf-ippm-capacity-protocol-25")],
            AreTwinsLast = true,
        };

    // Each name stands right after netrjs, so the last of the alphabet comes first.
    static ImmutableArray<Act> Netconf(RuleBasis basis) =>
        [
            GiveBack(basis, "netconfsoaphttp", "NETCONF over SOAP", "netrjs"),
            GiveBack(basis, "netconfsoapbeep", "NETCONF over SOAP", "netrjs"),
            GiveBack(basis, "netconf-beep", "NETCONF over BEEP", "netrjs"),
            new Maintain
            {
                Records = Ids(basis, "pmcd"),
                Assignee = Party.Known("Performance_Co-Pilot_PCP_Project"),
            },
        ];

    static Deassign GiveBack(RuleBasis basis, string name, string use, string follows) =>
        new()
        {
            Records = Ids(basis, name),
            Note = RichText.Of([
                new(InlineKind.Text, $"Previously assigned to {use} but released by "),
                new(InlineKind.Reference, Reference: Released),
            ]),
            Name = new()
            {
                IsWithoutTransport = true,
                Modified = new(null, "the document dates them"),
                AddedReferences = [Released],
                Follows = Ids(basis, follows)[0],
            },
        };

    static Assign Xahaud { get; } =
        new()
        {
            Name = Name("xahaud"),
            Transports = Tcp,
            Port = new(21337),
            Description = new("Xahau P2P network protocol"),
            Assignee = Party.New(null, "INFTF MTU", "mailto:bharath&inftf.org"),
            Contacts = [Party.New("Bharath Chari", null, "mailto:bharath&inftf.org")],
            References = [new(ReferenceType.Uri, "https://xahau.network")],
        };

    static ImmutableArray<Act> Skytale(RuleBasis basis) =>
        [
            new Rename { Records = Ids(basis, "fox-skytale"), Name = Name("skytale") },
            new AssigneeName
            {
                Records = Ids(basis, "fox-skytale"),
                Assignee = Party.New("Sentyron B.V.", null, "mailto:iana&sentyron.com"),
            },
            new Maintain
            {
                Records = Ids(basis, "fox-skytale"),
                Description = new("Sentyron SkyTale encrypted communication"),
                Updates =
                [
                    new("Mark_Revier")
                    {
                        Name = "Mark Revier",
                        Organization = "Sentyron B.V.",
                        Uris = ["mailto:iana&sentyron.com"],
                    },
                ],
            },
        ];

    static Assign Ollama { get; } =
        new()
        {
            Name = Name("ollama"),
            Transports = Tcp,
            Port = new(11434),
            Description = new("Ollama"),
            Assignee = Party.New("Jesse Gross", null, "mailto:jesse&ollama.com"),
            Contacts = [Party.New("Jesse Gross", null, "mailto:jesse&ollama.com")],
            Registered = new(Date("2025-09-26"), "the day of the request"),
        };

    static Assign Wchr { get; } =
        new()
        {
            Name = Name("wchr"),
            Transports = Udp,
            Description = new("Powered wheelchair command protocol"),
            Assignee = Party.New(null, "Tolt Technologies LLC", "mailto:jay&tolttechnologies.com") with
            {
                Id = "Tolt_Technologies",
            },
            Contacts = [Party.New("Jay Beavers", "Tolt Technologies LLC", "mailto:jay&tolttechnologies.com")],
            Note = new(
                "Defined TXT keys: model (device model identifier), sn (device serial number), app (firmware version), boot (bootloader version and signing status), githash (firmware build commit), crash (crash info present flag)"
            ),
        };

    static Assign Veroce { get; } =
        new()
        {
            Name = Name("veroce"),
            Transports = Udp,
            Port = new(4794),
            Description = new("veRoCE Transport Protocol"),
            Assignee = Party.New("ByteDance", null, "mailto:daihuichen&bytedance.com"),
            Contacts = [Party.New("Dai Huichen", null, "mailto:daihuichen&bytedance.com")],
        };

    public static IReadOnlyDictionary<string, RealStep> All { get; } =
        new Dictionary<string, RealStep>(StringComparer.Ordinal)
        {
            ["udpstp"] = new("2025-09-26", "2025-09-26-2", _ => [Udpstp]),
            ["netconf"] = new("2025-09-26-2", "2025-09-29", Netconf),
            ["xahaud"] = new("2025-09-29", "2025-10-16", _ => [Xahaud]),
            ["skytale"] = new("2025-10-22", "2025-10-29", Skytale),
            ["ollama"] = new("2026-01-23", "2026-02-02", _ => [Ollama]),
            ["wchr"] = new("2026-02-13", "2026-02-25", _ => [Wchr]),
            ["veroce"] = new("2026-02-26", "2026-03-06", _ => [Veroce]),
        };

    static ServiceName Name(string text) => ServiceName.Historic(text);

    static RegistryDate Date(string text) =>
        RegistryDate.TryParse(text, out var date) ? date : throw new FormatException(text);

    static ImmutableArray<int> Ids(RuleBasis basis, string name) =>
        [.. basis.Index.Find(name).Select(record => record.Id)];
}
