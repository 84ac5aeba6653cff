using System.Collections.Immutable;
using static Berthbook.Requests.RequestKind;

namespace Berthbook.Requests;

/// <summary>
/// The members of request documents, in the order in which documents, templates and forms write them. A document that
/// gives a member its kind does not use is malformed.
/// </summary>
public static class RequestMembers
{
    static readonly ImmutableArray<RequestKind> Every = [.. RequestKinds.All];

    // Kinds that ask for an assignment, by a new holder of an old one included.
    static readonly ImmutableArray<RequestKind> New =
    [
        Assign,
        Add,
        SecondName,
        Reuse,
        Transfer,
        EarlyAllocation,
    ];

    // Kinds that speak of one assignment, held or asked for.
    static readonly ImmutableArray<RequestKind> OfOne = [.. Every.Except([Housekeeping, RequestKind.Header])];

    /// <summary>All members but <c>kind</c>.</summary>
    public static ImmutableArray<RequestMember> All { get; } =
    [
        new(
            "name",
            RequestGroup.What,
            "Service name",
            "1 to 15 ASCII letters, digits and hyphens, at least one letter (RFC 6335 section 5.1). Of a change: the name that is assigned.",
            OfOne
        ),
        new(
            "newName",
            RequestGroup.What,
            "New service name",
            "The name that the service is to have from now on.",
            [Reuse, Rename]
        ),
        new(
            "transports",
            RequestGroup.What,
            "Transport protocols",
            "tcp, udp, sctp, dccp: the ones the service uses today, also where no port number is asked for (RFC 6335 section 8.1.1). Of a change: the ones it concerns.",
            [.. OfOne.Except([AssigneeName])]
        ),
        new(
            "port",
            RequestGroup.What,
            "Port number",
            "A number; \"user\" or \"system\" for one that the registry picks; \"none\" for a name alone (RFC 6335 section 8.1.1). Of a change: the number that is assigned.",
            [.. OfOne.Except([AssigneeName])]
        ),
        new(
            "newPort",
            RequestGroup.What,
            "New port number",
            "The number that the service is to have from now on.",
            [Rename]
        ),
        new(
            "serviceCodes",
            RequestGroup.What,
            "DCCP service codes",
            "With DCCP, and only with it: SC:text of up to four characters, SC=number, SC=xHEX or a decimal number (RFC 4340 section 8.1.2).",
            [Assign, Add, SecondName, Reuse, EarlyAllocation]
        ),
        new(
            "otherNames",
            RequestGroup.What,
            "Other names of the same service",
            "The service names that are found to name one service (RFC 6335 section 5).",
            [UnauthorizedUse]
        ),
        new(
            "role",
            RequestGroup.Parties,
            "You ask as",
            "applicant, assignee, contact, registrar, approver or chair. A claim until it is confirmed.",
            Every
        ),
        new(
            "requester",
            RequestGroup.Parties,
            "Who asks",
            "Name and e-mail address of who asks, where it is not the contact; or the id of a contact that the registry has.",
            Every
        ),
        new(
            "assignee",
            RequestGroup.Parties,
            "Assignee",
            "Whom the assignment belongs to: an organisation or a person, with name and e-mail address (RFC 6335 section 8.1.1).",
            [Assign, Add, SecondName, Reuse, Transfer, EarlyAllocation, Maintenance, AssigneeName]
        ),
        new(
            "contact",
            RequestGroup.Parties,
            "Contact",
            "The person who answers for the assignment and may submit changes, with name and e-mail address (RFC 6335 section 8.1.1).",
            [Assign, Add, SecondName, Reuse, Transfer, EarlyAllocation, Maintenance, AssigneeName]
        ),
        new(
            "description",
            RequestGroup.Service,
            "Description",
            "What the service is, in a short sentence; it is published. No abbreviations that few know (RFC 6335 section 8.1.1).",
            [.. New, Maintenance, Rename, Correction]
        ),
        new(
            "reference",
            RequestGroup.Service,
            "Statement on the protocol",
            "How the protocol works, or that it is proprietary: enough for a reviewer to judge the request (RFC 6335 section 8.1.1). It stays with the request.",
            [.. New, Maintenance]
        ),
        new(
            "proprietary",
            RequestGroup.Service,
            "Proprietary",
            "Whether the protocol is proprietary, so that no document describes it.",
            New
        ),
        new(
            "broadcast",
            RequestGroup.Service,
            "Uses broadcast",
            "Whether the protocol uses broadcast on IP level (RFC 6335 section 8.1.1).",
            New
        ),
        new(
            "multicast",
            RequestGroup.Service,
            "Uses multicast",
            "Whether the protocol uses multicast on IP level (RFC 6335 section 8.1.1).",
            New
        ),
        new(
            "anycast",
            RequestGroup.Service,
            "Uses anycast",
            "Whether the protocol uses anycast on IP level (RFC 6335 section 8.1.1).",
            New
        ),
        new(
            "specification",
            RequestGroup.Service,
            "Specification",
            "A stable document: an RFC, a draft, an address. A System Port needs one (RFC 6335 section 8.1.1); an early allocation names its draft.",
            [.. New, Maintenance]
        ),
        new(
            "ietfStream",
            RequestGroup.Service,
            "Document of the IETF stream",
            "Whether a document of the IETF stream asks for it; the IESG is then the assignee and the IETF Chair the contact (RFC 6335 section 8.1.1).",
            [.. New.Except([Transfer]), Deassign]
        ),
        new(
            "unauthorizedUse",
            RequestGroup.Service,
            "Unauthorized use",
            "Who uses the name or number without an assignment, as far as it is known (RFC 6335 section 8.1.1).",
            [.. New.Except([Transfer]), UnauthorizedUse]
        ),
        new(
            "notes",
            RequestGroup.Service,
            "Assignment notes",
            "Words to stand in the registry beside the assignment: TXT keys, a former use (RFC 6335 section 8.1.1).",
            [.. New, Deassign, Maintenance, Correction]
        ),
        new(
            "whyNotDynamic",
            RequestGroup.Reasons,
            "Why a Dynamic Port does not serve",
            "Why the number cannot be picked at run time and told out of band or by DNS-SD (RFC 6335 section 8.1.1).",
            New
        ),
        new(
            "whyNotUser",
            RequestGroup.Reasons,
            "Why a User Port does not serve",
            "Why it has to be a System Port (RFC 6335 section 8.1.1).",
            New
        ),
        new(
            "whyAnother",
            RequestGroup.Reasons,
            "Why another port number",
            "Why the service needs a further number, or a secure one beside an insecure one: one number serves all its versions (RFC 6335 section 7.2).",
            [Assign, Add, SecondName]
        ),
        new(
            "inBand",
            RequestGroup.Reasons,
            "How peers recognise the extension",
            "How the peers on the shared number tell in band which of the two services they speak (RFC 7605 section 7.9).",
            [SecondName]
        ),
        new(
            "outOfUse",
            RequestGroup.Reasons,
            "That it is out of use",
            "The statement that the number is no longer used, and how that is known (RFC 6335 section 8.2).",
            [Deassign, Reuse]
        ),
        new(
            "reason",
            RequestGroup.Reasons,
            "Reason",
            "Why: of a release, a revocation, a transfer, a change, a correction; of an exception, what makes it one.",
            Every
        ),
        new(
            "releaseName",
            RequestGroup.Decision,
            "Give back the name as well",
            "The name becomes Reserved; without this it stays assigned without a port number (RFC 6335 section 8.2).",
            [Deassign]
        ),
        new(
            "useUnclear",
            RequestGroup.Decision,
            "Whether it is used is unclear",
            "The community is then called before it is revoked (RFC 6335 section 8.4).",
            [Revoke]
        ),
        new(
            "attempts",
            RequestGroup.Decision,
            "Attempts to reach the holder",
            "When and how the party was tried to be reached, and with what result (RFC 8126 section 9.4).",
            [Add, SecondName, Deassign, Revoke, Transfer]
        ),
        new(
            "agreed",
            RequestGroup.Decision,
            "The holder agrees",
            "Whether the party that holds the assignment knows and accepts what is asked.",
            [Deassign, Revoke, Transfer, Rename]
        ),
        new(
            "evidence",
            RequestGroup.Decision,
            "Evidence",
            "What shows it: kept with the decision, not published.",
            [Revoke, Maintenance, AssigneeName, UnauthorizedUse]
        ),
        new(
            "approval",
            RequestGroup.Decision,
            "Approval given elsewhere",
            "ietf-review, iesg-approval or standards-action, with the document or minute and the written reason (RFC 8126 section 4).",
            [.. New, Deassign, Revoke, RequestKind.Header, Correction]
        ),
        new(
            "revises",
            RequestGroup.Decision,
            "Revises request",
            "The number of the request that this one revises.",
            Every
        ),
        new(
            "waives",
            RequestGroup.Decision,
            "Rules to waive",
            "The rules that the approver is asked to waive, by id, with the reason in \"reason\" (RFC 8126 section 7.2). N1 and N3 cannot be waived.",
            Every
        ),
        new(
            "replacements",
            RequestGroup.Decision,
            "Replacements",
            "What becomes what, in all records: a draft's label an RFC's, one contact's id another's.",
            [Housekeeping]
        ),
        new(
            "header",
            RequestGroup.Decision,
            "Header",
            "Experts, note, title or references of the registry itself, as they are to read.",
            [RequestKind.Header]
        ),
    ];

    /// <summary>The member of a name, or null.</summary>
    public static RequestMember? Find(string name) => All.FirstOrDefault(member => member.Name == name);

    /// <summary>The members that a kind uses, in order.</summary>
    public static IEnumerable<RequestMember> Of(RequestKind kind) =>
        All.Where(member => member.Kinds.Contains(kind));
}
