using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Rules.Asked;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>The rules A1 to A4: what a request has to state.</summary>
static class StatementRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new()
        {
            Id = "A1",
            Title = "What a request has to give",
            Text =
                "Required are the service name, the transport protocols (also where no port number is asked for), name and "
                + "e-mail address of the assignee and of the contact, a description and a reference; with DCCP a service "
                + "code, which is refused without DCCP. Optional are the port number, known unauthorized uses and assignment "
                + "notes. The reference is a statement that stays with the request; the record's Reference column gets only "
                + "documents that the registrar cites. All transport protocols of one request become records of one "
                + "decision. E-mail addresses are confirmed by a link before the request counts. A change says which "
                + "assignment it is about.",
            Source = "RFC 6335 section 8.1.1",
            Severity = Refuse,
            Example =
                "A request for lab-scales names no contact: it cannot be submitted before contact.name and contact.email "
                + "are given.",
            Find = FindMissing,
        },
        new()
        {
            Id = "A2",
            Title = "A statement on the protocol",
            Text =
                "The statement describes the protocol or says that it is proprietary, and says whether it uses broadcast, "
                + "multicast or anycast on IP level.",
            Source = "RFC 6335 section 8.1.1",
            Severity = Need,
            AppliesTo = AssignmentRules.New,
            Example =
                "A discovery protocol does not say whether it uses broadcast: it cannot be submitted before `broadcast` is "
                + "true or false.",
            Find = FindUnstated,
        },
        new()
        {
            Id = "A3",
            Title = "Why a Dynamic Port does not serve",
            Text =
                "A request for a User Port gives the reason why a Dynamic Port, found at run time, does not serve.",
            Source = "RFC 6335 sections 8.1.1 and 8.1.2",
            Severity = Need,
            AppliesTo = AssignmentRules.New,
            Example =
                "A request for 45060/tcp without `whyNotDynamic` has to give it before an expert reads it.",
            Find = FindUnexplainedUserPort,
        },
        new()
        {
            Id = "A4",
            Title = "Why it has to be a System Port",
            Text =
                "A request for a System Port gives the reason why a Dynamic Port does not serve, the reason why a User Port "
                + "does not serve, and a stable specification; a statement that the protocol is proprietary is not enough.",
            Source = "RFC 6335 sections 8.1.1 and 8.1.2",
            Severity = Need,
            AppliesTo = AssignmentRules.New,
            Example =
                "A company asks for 917/tcp for a proprietary protocol: it has to cite a stable specification.",
            Find = FindUnexplainedSystemPort,
        },
    ];

    static IEnumerable<Finding> FindMissing(Question question)
    {
        var request = question.Request;
        if (question.AsksAnew())
        {
            foreach (var finding in MissingOfNew(question))
                yield return finding;
        }
        else if (question.Kind is not (RequestKind.Housekeeping or RequestKind.Header))
        {
            if (!Has(request.Name) && question.Port is null)
                yield return Missing(
                    "name",
                    "Say which assignment it is about: its service name, its port number or both."
                );
        }
        foreach (var finding in BadAddress("assignee", request.Assignee))
            yield return finding;
        foreach (var finding in BadAddress("contact", request.Contact))
            yield return finding;
        foreach (var finding in BadAddress("requester", request.Requester))
            yield return finding;
    }

    static IEnumerable<Finding> MissingOfNew(Question question)
    {
        var request = question.Request;
        if (!Has(request.Name))
            yield return Missing("name", "Give the service name: 1 to 15 letters, digits and hyphens.");
        if (question.Transports.IsEmpty)
            yield return Missing(
                "transports",
                "Say which transport protocols the service uses (tcp, udp, sctp, dccp), also where it asks for no port number."
            );
        if (!(request.IsIetfStream && question.Rules.Has("A8")))
        {
            foreach (
                var finding in MissingOfParty("assignee", "whom the assignment belongs to", request.Assignee)
            )
                yield return finding;
            foreach (
                var finding in MissingOfParty("contact", "who answers for the assignment", request.Contact)
            )
                yield return finding;
        }
        if (!Has(request.Description))
            yield return Missing("description", "Describe the service in a short sentence; it is published.");
        if (!Has(request.Reference))
            yield return Missing(
                "reference",
                "State how the protocol works, or that it is proprietary; this stays with the request."
            );
        var usesDccp = question.Transports.Contains(TransportProtocol.Dccp);
        if (usesDccp && request.ServiceCodes.IsEmpty && question.Kind != RequestKind.Transfer)
            yield return Missing("serviceCodes", "With DCCP, give the service code: SC:abcd, or a number.");
        if (!usesDccp && !request.ServiceCodes.IsEmpty)
            yield return new(
                "A1",
                Refuse,
                "serviceCodes",
                $"A service code is for DCCP alone, and the request does not ask for DCCP: leave out {Say.Text(request.ServiceCodes[0])}, or add dccp."
            );
    }

    static IEnumerable<Finding> MissingOfParty(string member, string what, RequestParty? party)
    {
        if (Has(party?.Contact))
            yield break;
        if (!Has(party?.Name))
            yield return Missing($"{member}.name", $"Name the {member}: {what}.");
        if (!Has(party?.Email))
            yield return Missing(
                $"{member}.email",
                $"Give the e-mail address of the {member}; it is confirmed by a link before the request counts."
            );
    }

    static IEnumerable<Finding> FindUnstated(Question question)
    {
        var request = question.Request;
        if (!question.AsksAnew())
            yield break;
        if (request.UsesBroadcast is null)
            yield return Unstated("broadcast");
        if (request.UsesMulticast is null)
            yield return Unstated("multicast");
        if (request.UsesAnycast is null)
            yield return Unstated("anycast");
    }

    static IEnumerable<Finding> FindUnexplainedUserPort(Question question)
    {
        if (
            question.AsksAnew()
            && question.RangeAsked() == PortClass.User
            && !Has(question.Request.WhyNotDynamic)
        )
            yield return WhyNotDynamic("A3", question);
    }

    static IEnumerable<Finding> FindUnexplainedSystemPort(Question question)
    {
        if (!question.AsksAnew() || question.RangeAsked() != PortClass.System)
            yield break;
        var request = question.Request;
        var what = question.NumberWords();
        if (!Has(request.WhyNotDynamic))
            yield return WhyNotDynamic("A4", question);
        if (!Has(request.WhyNotUser))
            yield return new(
                "A4",
                Need,
                "whyNotUser",
                $"Say why it has to be {what}, a System Port, and a User Port (1024 to 49151) does not serve."
            );
        if (!Has(request.Specification))
            yield return new(
                "A4",
                Need,
                "specification",
                request.IsProprietary == true
                    ? $"A proprietary statement is not enough for {what}: cite a stable specification, or ask for a User Port."
                    : $"A System Port needs a stable specification: cite the document that {what} is for."
            );
    }

    static IEnumerable<Finding> BadAddress(string member, RequestParty? party)
    {
        if (party?.Email is { } email && Has(email) && !MailAddress.IsWellFormed(email))
            yield return Missing(
                $"{member}.email",
                $"'{Say.Text(email)}' is no e-mail address: write user@host."
            );
    }

    static Finding Missing(string field, string message) => new("A1", Need, field, message);

    static Finding Unstated(string how) =>
        new("A2", Need, how, $"Say whether the protocol uses {how} on IP level: true or false.");

    static Finding WhyNotDynamic(string rule, Question question) =>
        new(
            rule,
            Need,
            "whyNotDynamic",
            $"Say why {question.NumberWords()} is needed and a Dynamic Port, picked at run time, does not serve."
        );
}
