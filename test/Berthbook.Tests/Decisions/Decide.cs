using System.Text;
using Berthbook.Formats;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>Decides on small registries and shows the rows that are published then.</summary>
static class Decide
{
    public static readonly DateOnly Day = new(2026, 3, 6);

    /// <summary>A registry of some records, with the contacts that they name, last updated on 2026-01-02.</summary>
    public static RuleBasis Basis(params RegistryRecord[] records)
    {
        var header = new RegistryHeader
        {
            Id = "service-names-port-numbers",
            Parts =
            [
                new(HeaderPartKind.Title, new("Harbour")),
                new(HeaderPartKind.Updated, new("2026-01-02")),
                new(HeaderPartKind.Expert, new("TCP/UDP: Ada Example")),
            ],
        };
        var contacts = records
            .SelectMany(record => record.People())
            .Select(person => person.Data)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(id => new Contact
            {
                Id = id,
                Name = id.Replace('_', ' '),
                Uris = [$"mailto:{id.ToLowerInvariant()}&example.org"],
            });
        return new(new RegistryIndex(new(header, [.. SmallRegistry.Of(records).Records], [.. contacts])));
    }

    /// <summary>A record as its cells are written, held by some contact.</summary>
    public static RegistryRecord Held(
        string name,
        string number,
        string transport,
        string contact = "Bob",
        string assignee = "",
        string registered = "2020-01-02"
    ) =>
        SmallRegistry.Record(name, number, transport, $"The {name} protocol") with
        {
            Contacts = [Person(contact)],
            Assignee = assignee.Length == 0 ? default : [Person(assignee)],
            Registered = RegistryDate.TryParse(registered, out var date) ? date : null,
        };

    public static RegistryRecord Bare(string number, string description, string transport = "") =>
        SmallRegistry.Record("", number, transport, description);

    public static Reference Person(string id) => new(ReferenceType.Person, id);

    public static Assign Assign(string name, string port, params TransportProtocol[] transports) =>
        new()
        {
            Name = ServiceName.Historic(name),
            Port = PortNumber.TryParse(port, out var number) ? number : null,
            Transports = [.. transports],
            Description = new($"The {name} protocol"),
            Assignee = Party.New("Ada Example", null, "mailto:ada&example.com"),
            Contacts = [Party.New("Ada Example", null, "mailto:ada&example.com")],
        };

    /// <summary>The registry after some acts, whose changes a comparison would tell as well.</summary>
    public static Registry After(RuleBasis basis, params Act[] acts) =>
        SameChanges.Check(Effect(basis, acts), basis.Registry);

    public static Effect Effect(RuleBasis basis, params Act[] acts)
    {
        var outcome = new Decision(Day, [.. acts]).EffectOn(basis, InForce.Book);
        Assert.Null(outcome.Fault);
        return outcome.Effect!;
    }

    /// <summary>Why some acts do not fit.</summary>
    public static string? Fault(RuleBasis basis, params Act[] acts) =>
        new Decision(Day, [.. acts]).EffectOn(basis, InForce.Book).Fault;

    /// <summary>The published rows after some acts: the cells that say something.</summary>
    public static string[] Rows(RuleBasis basis, params Act[] acts) => Rows(After(basis, acts));

    public static string[] Rows(Registry registry) =>
        [
            .. Encoding
                .UTF8.GetString(CsvFormat.Write(registry))
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(row => row.TrimEnd(',')),
        ];
}
