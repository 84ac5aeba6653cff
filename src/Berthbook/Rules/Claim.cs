using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// That the requester is the assignee or the contact of an assignment: said by the role of the request, or by an address or
/// contact id that the assignment names. Nothing is proven by it (procedures K3).
/// </summary>
/// <param name="Role">As what the requester asks: assignee or contact.</param>
/// <param name="Match">The contact of the assignment that the requester names or has the address of, or null.</param>
sealed record Claim(RequesterRole Role, Contact? Match)
{
    /// <summary>The claim that a request makes on records, or null where it makes none.</summary>
    public static Claim? Of(Question question, ImmutableArray<RegistryRecord> records)
    {
        var role = question.Request.Role;
        if (role > RequesterRole.Contact)
            return null;
        var party = question.Request.Requester ?? question.Request.Contact;
        foreach (var record in records)
        {
            if (Find(question, party, record.Assignee) is { } assignee)
                return new(Said(role, RequesterRole.Assignee), assignee);
        }
        foreach (var record in records)
        {
            if (Find(question, party, record.Contacts) is { } contact)
                return new(Said(role, RequesterRole.Contact), contact);
        }
        return role is RequesterRole.Assignee or RequesterRole.Contact && !records.IsEmpty
            ? new(role, null)
            : null;
    }

    /// <summary>Whether a party of a request is a contact: by its id or its e-mail address.</summary>
    public static bool IsSame(RequestParty party, Contact contact) =>
        party.Contact is { } id
            ? id == contact.Id
            : party.Email is { Length: > 0 } email
                && contact.Uris.Any(uri =>
                    uri.Length == "mailto:".Length + email.Length
                    && uri.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
                    && IsSameAddress(uri.AsSpan("mailto:".Length), email)
                );

    static RequesterRole Said(RequesterRole role, RequesterRole found) =>
        role is RequesterRole.Assignee or RequesterRole.Contact ? role : found;

    static Contact? Find(Question question, RequestParty? party, ImmutableArray<Reference> references)
    {
        if (party is null || references.IsDefaultOrEmpty)
            return null;
        foreach (var reference in references)
        {
            if (question.Basis.Registry.FindContact(reference.Data) is { } contact && IsSame(party, contact))
                return contact;
        }
        return null;
    }

    // The registry writes user&host for user@host.
    static bool IsSameAddress(ReadOnlySpan<char> written, ReadOnlySpan<char> email)
    {
        for (var i = 0; i < email.Length; i++)
        {
            var c = written[i] == '&' ? '@' : written[i];
            if (char.ToLowerInvariant(c) != char.ToLowerInvariant(email[i]))
                return false;
        }
        return true;
    }
}
