using System.Collections.Immutable;

namespace Berthbook.Decisions;

// Contacts: their ids, their fields, and that they leave with the last record that names them (procedures K2).
sealed partial class RegistryEdit
{
    readonly List<(Party Party, string Id)> settled = [];

    /// <summary>The reference to a party, which becomes a contact where it is new. A fault in words, or null.</summary>
    public string? Settle(Party party, out Reference reference)
    {
        reference = new(ReferenceType.Person, party.Id ?? "");
        if (party.IsKnown)
            return Contacts.Find(party.Id!) is null
                ? Breaks("K2", $"The registry has no contact {party.Id}")
                : null;
        var known = settled.Find(one => one.Party.Equals(party)).Id;
        if (known is null)
        {
            if (IdFor(party, out known) is { } fault)
                return fault;
            settled.Add((party, known));
            AddContact(party, known);
        }
        reference = new(ReferenceType.Person, known);
        return null;
    }

    /// <summary>The references to several parties.</summary>
    public string? Settle(ImmutableArray<Party> parties, out ImmutableArray<Reference> references)
    {
        references = [];
        foreach (var party in parties)
        {
            if (Settle(party, out var reference) is { } fault)
                return fault;
            references = references.Add(reference);
        }
        return null;
    }

    /// <summary>The reference to an assignee; <c>default</c> where none is given.</summary>
    public string? SettleAssignee(Party? assignee, out ImmutableArray<Reference> references)
    {
        references = default;
        if (assignee is null)
            return null;
        var fault = Settle(assignee, out var reference);
        references = [reference];
        return fault;
    }

    /// <summary>Brings contacts up to date.</summary>
    public string? Update(ImmutableArray<ContactUpdate> updates)
    {
        foreach (var update in updates)
        {
            if (Contacts.Find(update.Id) is not { } contact)
                return Breaks("K2", $"The registry has no contact {update.Id}");
            Contacts.Replace(
                contact with
                {
                    Name = update.Name,
                    Organization = update.Organization,
                    Uris = update.Uris,
                    Updated = DateOf(update.Updated, $"the date of contact {update.Id}"),
                    Gaps = null,
                }
            );
        }
        return null;
    }

    /// <summary>Puts a contact right, as given.</summary>
    public string? Correct(ContactCorrection correction)
    {
        if (correction.After is { } given && given.Id != correction.Id)
            return $"The contact {correction.Id} keeps its id";
        var known = Contacts.Find(correction.Id);
        if (correction.After is not { } after)
        {
            if (known is null || Basis.UsesOf(correction.Id) > 0)
                return known is null
                    ? $"The registry has no contact {correction.Id}"
                    : $"Records name {correction.Id}: it leaves with the last of them";
            Contacts.Remove(correction.Id);
        }
        else if (known is null)
            Contacts.Add(after, Chosen(correction.Follows, after.Id) ?? PlaceFor(after));
        else
        {
            Contacts.Replace(after);
            if (Chosen(correction.Follows, after.Id) is { } follows)
                Contacts.Move(after.Id, follows);
        }
        return null;
    }

    string? IdFor(Party party, out string id)
    {
        var usual = ContactIds.Free(ContactIds.Of(party.Name ?? party.Organization ?? ""), IsTaken);
        id = party.Id ?? usual;
        if (id == usual)
            return null;
        if (!ContactIds.IsWellFormed(id))
            return Breaks(
                "K2",
                $"'{id}' is no id of a contact: letters, digits, '.', '-', '_', and a letter or '_' first"
            );
        if (IsTaken(id))
            return Breaks("K2", $"The contact id {id} is taken, or was: ids are never used again");
        Choose($"the contact's id is {id}, not {usual}");
        return null;
    }

    bool IsTaken(string id) =>
        Contacts.Find(id) is not null || Contacts.Was(id) is not null || Basis.Former.HadContact(id);

    // Where the registrar puts a contact, or null for the place by default.
    string? Chosen(string? follows, string id)
    {
        if (follows is not { Length: > 0 } || (follows != id && Contacts.Find(follows) is not null))
            return follows;
        Refuse("C13", $"There is no contact {follows} that another could follow");
        return null;
    }

    void AddContact(Party party, string id)
    {
        var contact = new Contact
        {
            Id = id,
            Name = party.Name,
            Organization = party.Organization,
            Uris = party.Uris,
            Updated = DateOf(party.Updated, $"the date of contact {id}"),
        };
        var usual = PlaceFor(contact);
        if (party.Follows is { } follows && follows != usual)
            Choose($"contact {id} follows {(follows.Length == 0 ? "none" : follows)}");
        Contacts.Add(contact, Chosen(party.Follows, id) ?? usual);
    }

    // Only contacts that this decision orphans leave; those that nobody named before stay.
    void RemoveOrphans()
    {
        if (!Rules.Has("K2"))
            return;
        var fewer = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, now) in Records.Touched)
        {
            foreach (var reference in Records.Was(id)?.People() ?? [])
                fewer[reference.Data] = fewer.GetValueOrDefault(reference.Data) - 1;
            foreach (var reference in now?.People() ?? [])
                fewer[reference.Data] = fewer.GetValueOrDefault(reference.Data) + 1;
        }
        foreach (var id in Contacts.Touched.Keys)
        {
            if (Contacts.Was(id) is null)
                fewer.TryAdd(id, 0);
        }
        foreach (var (id, difference) in fewer)
        {
            if (
                Contacts.Find(id) is not null
                && Basis.UsesOf(id) + difference == 0
                && (difference < 0 || Contacts.Was(id) is null)
            )
                Contacts.Remove(id);
        }
    }
}
