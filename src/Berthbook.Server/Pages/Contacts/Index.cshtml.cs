using System.Collections.Immutable;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Contacts;

/// <summary>The contacts in the order of what they are called, a letter at a time.</summary>
sealed class IndexModel(CurrentRegistry current) : RegistryPage(current)
{
    const int Size = 100;

    /// <summary>The letter shown, or null for all contacts.</summary>
    public char? Letter { get; private set; }

    public Pager Pager { get; private set; } = null!;

    /// <summary>How many contacts the list has on all its pages.</summary>
    public int Total { get; private set; }

    /// <summary>The contacts on this page.</summary>
    public ImmutableArray<Contact> Contacts { get; private set; }

    public override string Title => Pager.Titled(Letter is { } letter ? $"Contacts, {letter}" : "Contacts");

    public override string Address => Pager.At(Pager.Page);

    public override string Twin => Addresses.Twin("/contacts");

    public IActionResult OnGet(string? letter, [FromQuery] string? page)
    {
        if (!Letters.TryParse(letter, out var only))
            return Refuse(400, "A list of contacts is of one letter, A to Z, or # for all others");
        Letter = only;
        var all = Listings.Of(Registry).Contacts;
        ImmutableArray<Contact> listed = Letter is null
            ? all
            : [.. all.Where(contact => Letters.Of(contact.DisplayName) == Letter)];
        Total = listed.Length;
        if (Pager.Find(page, Total, Size, Letters.Address("/contacts", Letter)) is not { } pager)
            return Refuse(404, "The list has no such page", new Link("/contacts", "Its first page"));
        Pager = pager;
        Contacts = [.. listed.Skip(pager.Skip).Take(Size)];
        return Page();
    }
}
