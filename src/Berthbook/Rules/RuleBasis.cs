using System.Collections.Concurrent;
using System.Collections.Immutable;
using Berthbook.Decisions;
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
    readonly Lazy<Dictionary<uint, ImmutableArray<RegistryRecord>>> codes;
    readonly Lazy<FormerNames> formerNames;
    readonly Lazy<PortAdvisor> advisor;
    readonly Lazy<EditTables> tables;
    readonly ConcurrentDictionary<(PortClass, int), PortNumber?> picks = new();
    readonly ConcurrentDictionary<(PortClass, TransportProtocol), bool> full = new();

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
        codes = new(() => CodesIn(registry));
        formerNames = new(() => new(history));
        advisor = new(() => new(Index, history));
        tables = new(() => new(this));
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

    /// <summary>What suggests and picks free numbers.</summary>
    public PortAdvisor Advisor => advisor.Value;

    /// <summary>What decisions look up beside the index.</summary>
    internal EditTables Tables => tables.Value;

    /// <summary>Where a record stands in the document, from 0; -1 where there is none of that id.</summary>
    internal int PlaceOf(int recordId) => places.Value.GetValueOrDefault(recordId, -1);

    /// <summary>Where a contact stands in the document, from 0; -1 where there is none of that id.</summary>
    internal int PlaceOf(string contactId) => contactPlaces.Value.GetValueOrDefault(contactId, -1);

    /// <summary>How many references of records name a contact.</summary>
    internal int UsesOf(string contactId) => contactUses.Value.GetValueOrDefault(contactId);

    /// <summary>The records that have a DCCP service code.</summary>
    internal ImmutableArray<RegistryRecord> WithCode(uint code) =>
        codes.Value.TryGetValue(code, out var found) ? found : [];

    /// <summary>The number that the registry picks from a range for transports, at least one; null where none is free (procedures P9).</summary>
    internal PortNumber? PickFrom(PortClass range, ImmutableArray<TransportProtocol> transports)
    {
        var asked = transports.Aggregate(0, (set, transport) => set | (1 << (int)transport));
        return picks.GetOrAdd((range, asked), key => Pick(key.Item1, key.Item2));
    }

    /// <summary>Whether no number of a range is left Unassigned on a transport (procedures P8).</summary>
    internal bool IsFull(PortClass range, TransportProtocol transport) =>
        full.GetOrAdd(
            (range, transport),
            key => Index.Count(key.Item2, key.Item1)[(int)PortState.Unassigned] == 0
        );

    PortNumber? Pick(PortClass range, int transports)
    {
        var query = new SuggestionQuery
        {
            Transports =
            [
                .. TransportProtocols.All.Where(transport => (transports & (1 << (int)transport)) != 0),
            ],
            Range = range == PortClass.System ? SuggestionQuery.SystemPorts : SuggestionQuery.UserPorts,
            Count = 1,
        };
        return Advisor.Suggest(query).Items is [var first, ..] ? first.Ports.First : null;
    }

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

    static Dictionary<uint, ImmutableArray<RegistryRecord>> CodesIn(Registry registry)
    {
        var found = new Dictionary<uint, ImmutableArray<RegistryRecord>>();
        foreach (var record in registry.Records)
        {
            if (record.ServiceCode is { } code)
                found[code] = found.TryGetValue(code, out var known) ? known.Add(record) : [record];
        }
        return found;
    }
}
