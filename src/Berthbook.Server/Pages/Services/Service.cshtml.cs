using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;
using Letters = Berthbook.Server.Layout.Letters;

namespace Berthbook.Server.Pages.Services;

/// <summary>What a service name is, where it lives, and how it is found in the DNS.</summary>
sealed class ServiceModel(CurrentRegistry current) : RegistryPage(current)
{
    /// <summary>How many of its port numbers have their states told; the records tell of all.</summary>
    const int MaxNumbers = 3;

    public ServiceFacts Facts { get; private set; } = null!;

    /// <summary>The name as the registry writes it.</summary>
    public ServiceName Name => Facts.Records[0].Name!.Value;

    /// <summary>The states on every transport protocol, for each number of the name.</summary>
    public ImmutableArray<(PortRange Number, ImmutableArray<PortStatus> Statuses)> Places
    {
        get;
        private set;
    }

    public ImmutableArray<RecordGroup> Groups { get; private set; }

    /// <summary>The names before and after in the alphabet, null at the ends.</summary>
    public (ServiceName? Before, ServiceName? After) Beside { get; private set; }

    public override string Title => $"Service {Name}";

    public override string Address => Addresses.Service(Name);

    public override IReadOnlyList<Link> Trail =>
        [
            new("/services", "Services"),
            new(Letters.Address("/services", Letters.Of(Name.Text)), Letters.Of(Name.Text).ToString()),
        ];

    /// <summary>What the name stands for, each description once.</summary>
    public IEnumerable<string> Descriptions =>
        Facts
            .Records.Select(record => record.Summary)
            .Where(words => words.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>What can be asked of the registry about the name; of an old spelling nothing, but of the name to use.</summary>
    public IEnumerable<Link> Requests =>
        Facts.IsHistoric
            ? []
            : Asked.Select(asked => new Link(
                Addresses.Request(asked.Kind, ("name", Name.Text)),
                asked.Words
            ));

    static readonly (RequestKind Kind, string Words)[] Asked =
    [
        (RequestKind.Add, "Add a transport or a number"),
        (RequestKind.Maintenance, "Bring its record up to date"),
        (RequestKind.Deassign, "Give it back"),
        (RequestKind.UnauthorizedUse, "Report an unauthorized use of it"),
    ];

    public IActionResult OnGet()
    {
        var asked = Addresses.NameAfter(HttpContext, "/services/");
        if (ServiceFacts.Find(Index, asked) is not { } facts)
            return Refuse(404, $"No record has the service name \u201c{Words.Cut(asked)}\u201d", Near(asked));
        Facts = facts;
        Groups = RecordGroup.Of(facts.Records);
        Places =
        [
            .. facts
                .Records.Where(record => record.Number is not null)
                .Select(record => record.Number!.Value)
                .Distinct()
                .Take(MaxNumbers)
                .Select(number =>
                    (
                        number,
                        TransportProtocols
                            .All.Select(transport => Index.Status(number.First, transport))
                            .ToImmutableArray()
                    )
                ),
        ];
        var names = Listings.Of(Registry).Names;
        var at = names.BinarySearch(facts.Records[0], Listings.ByName);
        Beside = (
            at > 0 ? names[at - 1].Name : null,
            at >= 0 && at < names.Length - 1 ? names[at + 1].Name : null
        );
        return Page();
    }

    Link[] Near(string asked) =>
        [
            .. NearNames
                .Of(asked, Listings.Of(Registry).Names.Select(record => record.Name!.Value.Text))
                .Select(name => new Link(Addresses.Service(ServiceName.Historic(name)), name)),
            .. ServiceName.TryParse(asked, out _, out _)
                ?
                [
                    new(
                        Addresses.Request(RequestKind.Assign, ("name", asked)),
                        $"Ask for the name \u201c{asked}\u201d"
                    ),
                ]
                : Array.Empty<Link>(),
            new(Addresses.Search(asked), $"Records that contain \u201c{Words.Cut(asked)}\u201d"),
        ];
}
