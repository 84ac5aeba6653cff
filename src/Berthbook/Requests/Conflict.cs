namespace Berthbook.Requests;

/// <summary>
/// Who has a part in a request and so neither reviews nor decides it (procedures A11, reliability T5): its author, requester,
/// assignee or contact, and members of the same organisation.
/// </summary>
static class Conflict
{
    /// <summary>Which part somebody has in a request, in words; null where none is known.</summary>
    public static string? Of(Request request, Actor actor, Hearing hearing) =>
        OfPerson(request, actor, hearing) ?? OfOrganization(request, actor, hearing);

    /// <summary>The same, but for the organisation: colleagues of the assignee decide in a company's own registry.</summary>
    public static string? OfPerson(Request request, Actor actor, Hearing hearing)
    {
        if (actor.Account == request.Applicant && actor.Account != 0)
            return "you asked for it";
        foreach (var party in PartiesOf(request))
        {
            if (Same(actor.Email, party.Email))
                return "it names your e-mail address";
            if (party.Contact is { } contact && actor.Claims.Contains(contact))
                return $"you act for {contact}, whom it names";
            if (Same(actor.Name, party.Name))
                return "it names you";
        }
        return Course.IsHolder(actor.Claims, hearing) ? "you hold the assignment that it concerns" : null;
    }

    static string? OfOrganization(Request request, Actor actor, Hearing hearing) =>
        PartiesOf(request)
            .Any(party =>
                Same(actor.Organization, party.Organization) || Same(actor.Organization, party.Name)
            )
            ? $"you belong to {actor.Organization}, which it names"
        : Same(actor.Organization, hearing.ApplicantOrganization)
            ? $"you belong to {actor.Organization}, as who asks does"
        : null;

    /// <summary>Whether the domain of the address is that of a party, which the registrar should look at; never a conflict by itself.</summary>
    public static bool IsNear(Request request, Actor actor) =>
        DomainOf(actor.Email) is { } domain
        && PartiesOf(request).Any(party => Same(domain, DomainOf(party.Email)));

    static IEnumerable<RequestParty> PartiesOf(Request request) =>
        new[]
        {
            request.Document.Requester,
            request.Document.Assignee,
            request.Document.Contact,
        }.OfType<RequestParty>();

    static string? DomainOf(string? email) =>
        email?.LastIndexOf('@') is { } at and >= 0 ? email[(at + 1)..] : null;

    static bool Same(string? one, string? other) =>
        !string.IsNullOrWhiteSpace(one)
        && other is not null
        && string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
