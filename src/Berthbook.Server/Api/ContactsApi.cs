using System.Collections.Immutable;
using Berthbook.Answers;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Api;

/// <summary>A contact with the records that name it as assignee or contact, or in their words.</summary>
sealed record ContactReply(
    string Id,
    string? Name,
    string? Organization,
    ImmutableArray<string> Uris,
    string? Updated,
    ImmutableArray<RegistryRecord> Records
);

/// <summary>Answers who a contact is.</summary>
static class ContactsApi
{
    static readonly Parameter Id = new(
        "id",
        "The contact's id, to the character and with its case; an id may end in a blank (%20).",
        ParameterType.Text
    );

    public static readonly ApiOperation FindContact = new(
        "getContact",
        "/contacts/{id}",
        "Who a contact is, and the records that name it",
        typeof(ContactReply),
        Find
    )
    {
        Segments = [Id],
        MayBeMissing = true,
    };

    public static readonly ApiOperation ListContacts = new(
        "listContacts",
        "/contacts",
        "All contacts in the order of what they are called",
        typeof(ListReply<ContactSummary>),
        List
    )
    {
        Query = [Parameter.Page, Parameter.PageSize],
    };

    /// <summary>Whether a contact is among references.</summary>
    public static bool IsAmong(ImmutableArray<Reference> references, string id)
    {
        if (references.IsDefault)
            return false;
        foreach (var reference in references)
        {
            if (reference.Type == ReferenceType.Person && reference.Data == id)
                return true;
        }
        return false;
    }

    static Answer Find(Call call)
    {
        var id = call.NameAfter("/contacts/");
        if (call.Snapshot.Registry.FindContact(id) is not { } contact)
            return Answer.NotFound($"The registry has no contact '{id}'.");
        var summary = ContactSummary.Of(contact);
        return Answer.Ok(
            new(
                summary.Id,
                summary.Name,
                summary.Organization,
                summary.Uris,
                summary.Updated,
                [.. Listings.Of(call.Snapshot.Registry).RecordsOf(id)]
            ),
            ApiJson.Default.ContactReply
        );
    }

    static Answer List(Call call)
    {
        var paging = call.Query.Paging();
        if (call.Refusal is { } refusal)
            return refusal;
        return Answer.Ok(
            ListReply.Of(Listings.Of(call.Snapshot.Registry).Contacts, paging, ContactSummary.Of),
            ApiJson.Default.ListReplyContactSummary
        );
    }
}
