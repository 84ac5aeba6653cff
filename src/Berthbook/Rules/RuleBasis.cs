using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Suggestions;

namespace Berthbook.Rules;

/// <summary>
/// What rules and decisions read: a registry with its index, its past and the operator's settings. Immutable; what is
/// derived from it is made when it is first asked for, once a revision.
/// </summary>
public sealed class RuleBasis
{
    readonly Lazy<Dictionary<int, int>> places;
    readonly Lazy<Dictionary<string, int>> contactPlaces;
    readonly Lazy<Dictionary<string, int>> contactUses;
    readonly Lazy<FormerNames> formerNames;
    readonly Lazy<PortAdvisor> advisor;

    /// <summary>The basis of a registry.</summary>
    /// <param name="index">The registry with its index. Records without ids (a file just read) get some.</param>
    /// <param name="settings">What the operator decided; the defaults where null.</param>
    /// <param name="history">The registry's past, which knows names and contact ids that left; null where there is none.</param>
    public RuleBasis(RegistryIndex index, RuleSettings? settings = null, History? history = null)
    {
        Index = HasIds(index.Registry) ? index : new(Differ.Identify(null, index.Registry, 1));
        Settings = settings ?? RuleSettings.Default;
        History = history;
        var registry = Index.Registry;
        places = new(() => PlacesOf(registry.Records.Select(record => record.Id)));
        contactPlaces = new(() => PlacesOf(registry.Contacts.Select(contact => contact.Id)));
        contactUses = new(() => UsesIn(registry));
        formerNames = new(() => new(history));
        advisor = new(() => new(Index, history));
    }

    /// <summary>The registry with its index; every record has an id.</summary>
    public RegistryIndex Index { get; }

    /// <summary>The registry.</summary>
    public Registry Registry => Index.Registry;

    /// <summary>What the operator decided.</summary>
    public RuleSettings Settings { get; }

    /// <summary>The registry's past, or null.</summary>
    public History? History { get; }

    /// <summary>The names and contact ids that left the registry.</summary>
    internal FormerNames Former => formerNames.Value;

    /// <summary>What picks free numbers.</summary>
    internal PortAdvisor Advisor => advisor.Value;

    /// <summary>Where a record stands in the document, from 0; -1 where there is none of that id.</summary>
    internal int PlaceOf(int recordId) => places.Value.GetValueOrDefault(recordId, -1);

    /// <summary>Where a contact stands in the document, from 0; -1 where there is none of that id.</summary>
    internal int PlaceOf(string contactId) => contactPlaces.Value.GetValueOrDefault(contactId, -1);

    /// <summary>How many references of records name a contact.</summary>
    internal int UsesOf(string contactId) => contactUses.Value.GetValueOrDefault(contactId);

    static bool HasIds(Registry registry) => registry.Records.All(record => record.Id > 0);

    static Dictionary<T, int> PlacesOf<T>(IEnumerable<T> ids)
        where T : notnull
    {
        var found = new Dictionary<T, int>();
        foreach (var id in ids)
            found.TryAdd(id, found.Count);
        return found;
    }

    static Dictionary<string, int> UsesIn(Registry registry)
    {
        var uses = new Dictionary<string, int>(registry.Contacts.Length, StringComparer.Ordinal);
        foreach (var record in registry.Records)
        {
            foreach (var reference in record.People())
                uses[reference.Data] = uses.GetValueOrDefault(reference.Data) + 1;
        }
        return uses;
    }
}
