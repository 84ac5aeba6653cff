using System.Collections.Immutable;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Services;

/// <summary>The service names in alphabetical order, a letter at a time.</summary>
sealed class IndexModel(CurrentRegistry current) : RegistryPage(current)
{
    const int Size = 100;

    /// <summary>The letter shown, or null for all names.</summary>
    public char? Letter { get; private set; }

    public Pager Pager { get; private set; } = null!;

    /// <summary>How many names the list has on all its pages.</summary>
    public int Total { get; private set; }

    /// <summary>The first record of each name on this page.</summary>
    public ImmutableArray<RegistryRecord> Names { get; private set; }

    public override string Title =>
        Pager.Titled(Letter is { } letter ? $"Service names, {letter}" : "Service names");

    public override string Address => Pager.At(Pager.Page);

    // The API's list knows pages of the same size, but no letters.
    public override string? Twin => Letter is null ? Addresses.Twin(Address) : null;

    public IActionResult OnGet(string? letter, [FromQuery] string? page)
    {
        if (!Letters.TryParse(letter, out var only))
            return Refuse(400, "A list of service names is of one letter, A to Z, or # for all others");
        Letter = only;
        var names = Listings.Of(Registry).Names;
        ImmutableArray<RegistryRecord> listed = Letter is null
            ? names
            : [.. names.Where(record => Letters.Of(record.Name!.Value.Text) == Letter)];
        Total = listed.Length;
        if (Pager.Find(page, Total, Size, Letters.Address("/services", Letter)) is not { } pager)
            return Refuse(404, "The list has no such page", new Link("/services", "Its first page"));
        Pager = pager;
        Names = [.. listed.Skip(pager.Skip).Take(Size)];
        return Page();
    }

    /// <summary>Where a name is: its numbers with their transport protocols.</summary>
    public IEnumerable<(PortRange? Number, IEnumerable<TransportProtocol> Transports)> Places(
        ServiceName name
    ) =>
        Index
            .Find(name.Text)
            .GroupBy(record => record.Number)
            .Select(group =>
                (
                    group.Key,
                    group
                        .Where(record => record.Transport is not null)
                        .Select(record => record.Transport!.Value)
                        .Distinct()
                )
            );
}
