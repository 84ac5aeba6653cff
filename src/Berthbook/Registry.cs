using System.Collections.Immutable;

namespace Berthbook;

/// <summary>
/// The whole registry at one revision: header, records and contacts in the order they are published. Immutable; a
/// new revision is a new value that shares what did not change.
/// </summary>
public sealed class Registry(
    RegistryHeader header,
    ImmutableArray<RegistryRecord> records,
    ImmutableArray<Contact> contacts
)
{
    readonly Lazy<Dictionary<string, Contact>> contactsById = new(() =>
    {
        var byId = new Dictionary<string, Contact>(contacts.Length, StringComparer.Ordinal);
        foreach (var contact in contacts)
            byId.TryAdd(contact.Id, contact);
        return byId;
    });

    /// <summary>Title, last update, experts, notes, footnotes.</summary>
    public RegistryHeader Header { get; } = header;

    /// <summary>The records in document order, which is never re-sorted.</summary>
    public ImmutableArray<RegistryRecord> Records { get; } = records;

    /// <summary>The contacts in document order.</summary>
    public ImmutableArray<Contact> Contacts { get; } = contacts;

    /// <summary>The contact with an id, or null. Ids are compared to the character.</summary>
    public Contact? FindContact(string id) => contactsById.Value.GetValueOrDefault(id);
}
