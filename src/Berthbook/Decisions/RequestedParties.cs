using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>
/// The parties of a request as a decision names them: contacts that the registry has, where id or name and address say so,
/// else new ones; for documents of the IETF stream the IESG and the IETF Chair (procedures A8).
/// </summary>
sealed class RequestedParties
{
    readonly Registry registry;

    public RequestedParties(Question question)
    {
        registry = question.Basis.Registry;
        var request = question.Request;
        if (IsOfIetf(question))
        {
            Assignee = Official("IESG", "IESG", "iesg&ietf.org");
            Contact = Official("IETF_Chair", "IETF Chair", "chair&ietf.org");
            return;
        }
        Assignee = PartyOf(request.Assignee);
        Contact = PartyOf(request.Contact);
        if (question.Kind == RequestKind.Maintenance)
            Updates = [.. UpdatesOf(request)];
    }

    public Party? Assignee { get; }

    public Party? Contact { get; }

    /// <summary>The contacts whose own fields a maintenance changes: named by id, with other fields.</summary>
    public ImmutableArray<ContactUpdate> Updates { get; } = [];

    /// <summary>Whether the request names a contact that the registry does not have.</summary>
    public bool AreUnknown { get; private set; }

    /// <summary>Who holds a record, as a party: its assignee; null where none is recorded.</summary>
    public Party? HolderOf(RegistryRecord record) =>
        record.Assignee is { IsDefaultOrEmpty: false } assignee
        && registry.FindContact(assignee[0].Data) is not null
            ? Party.Known(assignee[0].Data)
            : null;

    // A temporary assignment is the working group's until the document is published (procedures A9).
    static bool IsOfIetf(Question question) =>
        question.Request.IsIetfStream
        && question.Kind
            is RequestKind.Assign
                or RequestKind.Add
                or RequestKind.SecondName
                or RequestKind.Reuse
        && question.Rules.Has("A8");

    Party Official(string id, string name, string address) =>
        registry.FindContact(id) is null ? Party.New(name, null, $"mailto:{address}") : Party.Known(id);

    Party? PartyOf(RequestParty? party)
    {
        if (party?.Contact is { } id)
        {
            AreUnknown |= registry.FindContact(id) is null;
            return Party.Known(id);
        }
        var name = Said(party?.Name);
        var organization = Said(party?.Organization);
        if ((name ?? organization) is not { } called)
            return null;
        var address = AddressOf(party!);
        return KnownAs(called, address) is { } known
            ? Party.Known(known.Id)
            : Party.New(name, organization, address is null ? [] : [address]);
    }

    // The contact of the name that has the address, whichever of those that share the name.
    Contact? KnownAs(string name, string? address)
    {
        Contact? found = null;
        ContactIds.Free(
            ContactIds.Of(name),
            id =>
            {
                if (registry.FindContact(id) is not { } contact)
                    return false;
                if (
                    found is null
                    && address is not null
                    && contact.Uris.Contains(address, StringComparer.OrdinalIgnoreCase)
                )
                    found = contact;
                return true;
            }
        );
        return found;
    }

    IEnumerable<ContactUpdate> UpdatesOf(RequestDocument request)
    {
        foreach (var party in (RequestParty?[])[request.Assignee, request.Contact])
        {
            if (
                party is not { Contact: { } id }
                || registry.FindContact(id) is not { } contact
                || (party.Name ?? party.Organization ?? party.Email) is null
            )
                continue;
            yield return new(id)
            {
                Name = Said(party.Name) ?? contact.Name,
                Organization = Said(party.Organization) ?? contact.Organization,
                Uris = AddressOf(party) is { } address ? [address] : contact.Uris,
            };
        }
    }

    // The registry writes & for @, against harvesters (formats.md 2.3).
    static string? AddressOf(RequestParty party) =>
        Said(party.Email) is { } email ? $"mailto:{email.Replace('@', '&')}" : null;

    static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : Cells.Fold(text);
}
