using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Berthbook.Server.Layout;

/// <summary>
/// Lists for browsing, derived from a registry when the first reader wants them and kept as long as it is served.
/// </summary>
sealed class Listings
{
    static readonly ConditionalWeakTable<Registry, Listings> Known = [];

    /// <summary>The order of the service names.</summary>
    public static IComparer<RegistryRecord> ByName { get; } =
        Comparer<RegistryRecord>.Create((one, other) => one.Name!.Value.CompareTo(other.Name!.Value));

    readonly Lazy<ImmutableArray<RegistryRecord>> names;
    readonly Lazy<ImmutableArray<Contact>> contacts;
    readonly Lazy<ILookup<string, RegistryRecord>> byContact;

    Listings(Registry registry)
    {
        names = new(() =>
            [
                .. registry
                    .Records.Where(record => record.Name is not null)
                    .DistinctBy(record => record.Name!.Value)
                    .Order(ByName),
            ]
        );
        contacts = new(() =>
            [.. registry.Contacts.OrderBy(contact => contact.DisplayName, StringComparer.OrdinalIgnoreCase)]
        );
        byContact = new(() =>
            registry
                .Records.SelectMany(record => PersonsOf(record).Select(id => (id, record)))
                .ToLookup(pair => pair.id, pair => pair.record, StringComparer.Ordinal)
        );
    }

    /// <summary>The first record of every service name, in the order of the names.</summary>
    public ImmutableArray<RegistryRecord> Names => names.Value;

    /// <summary>The contacts in the order of what they are called.</summary>
    public ImmutableArray<Contact> Contacts => contacts.Value;

    public static Listings Of(Registry registry) =>
        Known.GetValue(registry, static registry => new(registry));

    /// <summary>The records that name a contact as assignee, as contact or in their words, in document order.</summary>
    public IEnumerable<RegistryRecord> RecordsOf(string contactId) => byContact.Value[contactId];

    static IEnumerable<string> PersonsOf(RegistryRecord record) =>
        (record.Assignee.IsDefault ? [] : record.Assignee.AsEnumerable())
            .Concat(record.Contacts)
            .Concat(record.Description.References)
            .Concat(record.Note?.References ?? [])
            .Where(reference => reference.Type == ReferenceType.Person)
            .Select(reference => reference.Data)
            .Distinct();
}
