using System.Collections.Immutable;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Contacts;

/// <summary>Who a contact is, and the records that name it.</summary>
sealed class ContactModel(CurrentRegistry current) : RegistryPage(current)
{
    const int Size = 100;

    public Contact Contact { get; private set; } = null!;

    public Pager Pager { get; private set; } = null!;

    /// <summary>How many records name the contact.</summary>
    public int Total { get; private set; }

    /// <summary>The records on this page, those that differ in nothing but the transport protocol as one.</summary>
    public ImmutableArray<RecordGroup> Groups { get; private set; }

    public override string Title => Pager.Titled($"Contact {Contact.DisplayName} ({Contact.Id})");

    public override string Address => Pager.At(Pager.Page);

    public override string Twin => Addresses.Twin(Addresses.Contact(Contact.Id));

    public override IReadOnlyList<Link> Trail => [new("/contacts", "Contacts")];

    public IActionResult OnGet([FromQuery] string? page)
    {
        var id = Addresses.NameAfter(HttpContext, "/contacts/");
        if (Registry.FindContact(id) is not { } contact)
            return Refuse(404, $"The registry has no contact \u201c{Words.Cut(id)}\u201d", Near(id));
        Contact = contact;
        var groups = RecordGroup.Of(Listings.Of(Registry).RecordsOf(id));
        Total = groups.Sum(group => group.Records.Length);
        if (Pager.Find(page, groups.Length, Size, Addresses.Contact(id)) is not { } pager)
            return Refuse(
                404,
                "The list has no such page",
                new Link(Addresses.Contact(id), contact.DisplayName)
            );
        Pager = pager;
        Groups = [.. groups.Skip(pager.Skip).Take(Size)];
        return Page();
    }

    /// <summary>What the contact is to a record.</summary>
    public string Role(RegistryRecord record)
    {
        var isAssignee = !record.Assignee.IsDefault && record.Assignee.Any(IsIt);
        var isContact = record.Contacts.Any(IsIt);
        return (isAssignee, isContact) switch
        {
            (true, true) => "assignee and contact",
            (true, false) => "assignee",
            (false, true) => "contact",
            _ => "named in its words",
        };
    }

    bool IsIt(Reference reference) => reference.Type == ReferenceType.Person && reference.Data == Contact.Id;

    Link[] Near(string id) =>
        [
            .. NearNames
                .Of(id, Registry.Contacts.Select(contact => contact.Id))
                .Select(near => new Link(Addresses.Contact(near), near)),
            new(Addresses.Search(id), $"Records that contain \u201c{Words.Cut(id)}\u201d"),
        ];
}
