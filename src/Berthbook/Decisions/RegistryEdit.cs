using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>
/// A registry while a decision changes it: what is added, replaced, removed, and where. Lookups see what was changed
/// already, so that the acts of one decision see each other. Cost grows with the changes, not with the registry.
/// </summary>
sealed partial class RegistryEdit
{
    readonly List<string> choices = [];
    int nextRecordId;

    public RegistryEdit(RuleBasis basis, RuleBook rules, DateOnly day)
    {
        (Basis, Rules, Day) = (basis, rules, day);
        Header = basis.Registry.Header;
        Records = new(basis.Registry.Records, basis.PlaceOf, record => record.Id, 0);
        Contacts = new(basis.Registry.Contacts, basis.PlaceOf, contact => contact.Id, "");
        nextRecordId = Tables.NextRecordId;
    }

    public RuleBasis Basis { get; }

    public RuleBook Rules { get; }

    public DateOnly Day { get; }

    public RegistryHeader Header { get; set; }

    public EditedList<int, RegistryRecord> Records { get; }

    public EditedList<string, Contact> Contacts { get; }

    EditTables Tables => Basis.Tables;

    /// <summary>Why what was done so far does not fit, in words; null where it does.</summary>
    public string? Fault { get; private set; }

    /// <summary>The rule that what was done so far breaks, where it is not the act's own; null where it is.</summary>
    public string? BrokenRule { get; private set; }

    /// <summary>Says that something does not fit, and by which rule; the first such words count.</summary>
    public void Refuse(string rule, string fault) => Fault ??= Breaks(rule, fault);

    /// <summary>Notes the rule by which an act does not fit; gives back why, in words.</summary>
    public string Breaks(string rule, string fault)
    {
        BrokenRule ??= rule;
        return fault;
    }

    /// <summary>Notes what the registrar chose other than by default.</summary>
    public void Choose(string words)
    {
        if (!choices.Contains(words))
            choices.Add(words);
    }

    /// <summary>The record of an id as it is now, or null.</summary>
    public RegistryRecord? Find(int id) => Records.Find(id);

    /// <summary>The records of some ids as they are now; a fault where one is not there.</summary>
    public string? Find(ImmutableArray<int> ids, out List<RegistryRecord> found)
    {
        found = new(ids.Length);
        foreach (var id in ids)
        {
            if (Find(id) is not { } record)
                return $"The registry has no record {id}";
            if (!found.Contains(record))
                found.Add(record);
        }
        return found.Count == 0 ? "The decision names no record" : null;
    }

    /// <summary>The records that speak for a number on a transport protocol now.</summary>
    public List<RegistryRecord> On(PortNumber port, TransportProtocol transport)
    {
        var found = new List<RegistryRecord>();
        foreach (var record in Basis.Index.Find(port, transport))
        {
            if (!Records.Touched.ContainsKey(record.Id))
                found.Add(record);
        }
        foreach (var record in Records.Touched.Values)
        {
            if (record is { Number: { } range } && range.Contains(port) && record.SpeaksFor(transport))
                found.Add(record);
        }
        return found;
    }

    /// <summary>The records of a name now, ignoring case.</summary>
    public List<RegistryRecord> Named(ServiceName name)
    {
        var found = new List<RegistryRecord>();
        foreach (var record in Basis.Index.Find(name.Text))
        {
            if (!Records.Touched.ContainsKey(record.Id) && record.Name == name)
                found.Add(record);
        }
        foreach (var record in Records.Touched.Values)
        {
            if (record?.Name == name)
                found.Add(record!);
        }
        return found;
    }

    /// <summary>The records that name a document or a contact now.</summary>
    public List<RegistryRecord> Naming(ReferenceType type, string data)
    {
        var found = Tables
            .UsesOf(type, data)
            .Where(id => !Records.Touched.ContainsKey(id))
            .Select(id => Find(id)!)
            .ToList();
        found.AddRange(
            Records
                .Touched.Values.OfType<RegistryRecord>()
                .Where(record =>
                    EditTables.ReferencesOf(record).Any(reference => EditTables.IsTo(reference, type, data))
                )
        );
        return found;
    }

    /// <summary>Makes sure that nobody holds a name; a record that does nothing but reserve it leaves. A fault in words, or null.</summary>
    public string? TakeName(ServiceName name)
    {
        foreach (var record in Named(name))
        {
            if (record.Kind().State() != PortState.Reserved)
                return Breaks("N3", $"The name {name} is taken: {record}");
            if (record.Number is null)
                Remove(record);
        }
        return null;
    }

    /// <summary>Replaces a record by what it becomes; its id and the order of its parts in the file stay.</summary>
    public void Replace(RegistryRecord before, RegistryRecord after) =>
        Records.Replace(after with { Id = before.Id, Layout = before.Layout?.After(after) });

    /// <summary>Replaces a record by another in its place; its id stays.</summary>
    public void Renew(RegistryRecord before, RegistryRecord after) =>
        Records.Replace(after with { Id = before.Id });

    public void Remove(RegistryRecord record) => Records.Remove(record.Id);

    /// <summary>Adds a record, at its place by default or after another; returns its id.</summary>
    public int Add(RegistryRecord record, int? follows = null)
    {
        var added = record with { Id = nextRecordId++ };
        var usual = PlaceFor(added);
        Records.Add(added, ChosenPlace(added, follows, usual));
        return added.Id;
    }

    /// <summary>Moves a record behind another where the registrar says so.</summary>
    public void Move(RegistryRecord record, int follows) =>
        Records.Move(record.Id, ChosenPlace(record, follows, Records.Previous(record.Id)));

    int ChosenPlace(RegistryRecord record, int? follows, int usual)
    {
        if (follows is not { } chosen || chosen == usual)
            return usual;
        if (chosen == record.Id || (chosen != 0 && Find(chosen) is null))
        {
            Refuse("C13", $"There is no record {chosen} that {record} could follow");
            return usual;
        }
        Choose($"{record} stands after {Find(chosen)?.ToString() ?? "none"}");
        return chosen;
    }

    /// <summary>
    /// Makes sure that every contact that a record names from now on is there; what old files name in vain stays.
    /// </summary>
    public void CheckContacts()
    {
        foreach (var (id, record) in Records.Touched)
        {
            foreach (var reference in record?.People() ?? [])
            {
                if (
                    Contacts.Find(reference.Data) is null
                    && !(Records.Was(id)?.People() ?? []).Any(known => known.Data == reference.Data)
                )
                    Refuse("K2", $"{record} names {reference.Data}, which is no contact of the registry");
            }
        }
    }

    /// <summary>What the decision changes.</summary>
    public Effect ToEffect()
    {
        RemoveOrphans();
        var contacts = Contacts
            .Changes()
            .Select(change => new ContactChange(
                change.Was,
                change.Now,
                change.IsPlaced ? change.Follows : null
            ))
            .ToList();
        var records = Records
            .Changes()
            .Select(change => new RecordChange(
                change.Was,
                change.Now,
                change.IsPlaced ? change.Follows : null
            ))
            .ToList();
        var before = Basis.Registry.Header;
        var isChanged = contacts.Count > 0 || records.Count > 0 || !before.Equals(Header);
        if (isChanged && Rules.Has("C11"))
            Header = Header.WithUpdated(new(Day));
        var changes = ImmutableArray.CreateBuilder<Change>(1 + contacts.Count + records.Count);
        if (!before.Equals(Header))
            changes.Add(new HeaderChange(before, Header));
        changes.AddRange(contacts);
        changes.AddRange(records);
        return new(changes.DrainToImmutable(), [.. choices]);
    }

    /// <summary>A date that a decision sets: its day, or another that the registrar gives with a reason (procedures C11).</summary>
    /// <param name="choice">What the registrar gives, or null.</param>
    /// <param name="what">Which date it is, in words: <c>the modification date</c>.</param>
    public RegistryDate? DateOf(DateChoice? choice, string what)
    {
        if (!Rules.Has("C11"))
            return null;
        if (choice is null || choice.Date == new RegistryDate(Day))
            return new(Day);
        Choose(
            choice.Date is { } date
                ? $"{what} is {date}, not the day of the decision: {choice.Reason}"
                : $"{what} is not set: {choice.Reason}"
        );
        return choice.Date;
    }
}
