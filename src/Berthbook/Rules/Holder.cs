using System.Collections.Immutable;

namespace Berthbook.Rules;

/// <summary>By what right somebody answers for an assignment (procedures K1).</summary>
enum HolderKind : byte
{
    /// <summary>Nobody that the rules in force know.</summary>
    Nobody,

    /// <summary>The recorded assignee.</summary>
    Assignee,

    /// <summary>The contacts, who stand as the assignee where none is recorded.</summary>
    Contacts,

    /// <summary>The approver, through the registrar, where there is no party at all.</summary>
    Approver,
}

/// <summary>Who holds an assignment (procedures K1).</summary>
/// <param name="Kind">By what right.</param>
/// <param name="Parties">The contacts of the registry that it is; none where it is the approver or nobody.</param>
sealed record Holder(HolderKind Kind, ImmutableArray<Contact> Parties)
{
    /// <summary>Who holds a record, by the rules in force.</summary>
    public static Holder Of(RuleBook rules, RuleBasis basis, RegistryRecord record)
    {
        var assignee = Reachable(rules, basis, record.Assignee);
        if (!assignee.IsEmpty)
            return new(HolderKind.Assignee, assignee);
        if (!rules.Has("K1"))
            return new(HolderKind.Nobody, []);
        var contacts = Reachable(rules, basis, record.Contacts);
        return new(contacts.IsEmpty ? HolderKind.Approver : HolderKind.Contacts, contacts);
    }

    /// <summary>The holder in a sentence: <c>the assignee Example Instruments</c>.</summary>
    public string Words(RuleSettings settings) =>
        Kind switch
        {
            HolderKind.Assignee => $"{settings.Label(Role.Assignee)} {Names}",
            HolderKind.Contacts => $"the contact {Names}, who stands for {settings.Label(Role.Assignee)}",
            HolderKind.Approver => $"{settings.Label(Role.Approver)}, since no party is recorded",
            _ => "nobody",
        };

    /// <summary>The names of the parties.</summary>
    public string Names => Say.And([.. Parties.Select(party => Say.Text(party.DisplayName))]);

    // A contact that was erased cannot be asked (procedures K4).
    static ImmutableArray<Contact> Reachable(
        RuleBook rules,
        RuleBasis basis,
        ImmutableArray<Reference> references
    )
    {
        if (references.IsDefaultOrEmpty)
            return [];
        var found = ImmutableArray.CreateBuilder<Contact>(references.Length);
        foreach (var reference in references)
        {
            var contact = basis.Registry.FindContact(reference.Data) ?? new() { Id = reference.Data };
            if (!(contact.IsErased && rules.Has("K4")))
                found.Add(contact);
        }
        return found.ToImmutable();
    }
}
