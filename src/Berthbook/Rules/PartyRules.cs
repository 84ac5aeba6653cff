using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using ContactIds = Berthbook.Decisions.ContactIds;

namespace Berthbook.Rules;

/// <summary>The rules K: parties.</summary>
static class PartyRules
{
    // The kinds that need the word of who holds an assignment.
    static readonly ImmutableArray<RequestKind> OfHolders =
    [
        Add,
        SecondName,
        Reuse,
        Deassign,
        Transfer,
        Maintenance,
        Rename,
        AssigneeName,
    ];

    public static ImmutableArray<Rule> All { get; } = [K1, K2, K3, K4];

    static Rule K1 =>
        new()
        {
            Id = "K1",
            Title = "Who stands for the assignee",
            Text =
                "Where no assignee is recorded, the contacts stand as the assignee, as IANA's table prints it. Where there is no party at all, the approver does, through the registrar.",
            Source = "RFC 6335 section 8.1.1, IANA's published revisions",
            Severity = Severity.Need,
            AppliesTo = OfHolders,
            Example =
                "netconf-beep had no party; its de-assignment was the approver's to decide. pearldoc-xact had a contact and no assignee: the contact could rename it.",
            Find = StandingIn,
        };

    static Rule K2 =>
        new()
        {
            Id = "K2",
            Title = "The ids of contacts",
            Text =
                "A contact's id is made from its name, with underscores for blanks, and _2, _3 … where it is taken; the registrar may set it. An id is never used again. A contact that no record names any more leaves with the change that orphans it.",
            Source = "IANA's published revisions",
            Severity = Severity.Need,
            Example =
                "The second Jay Beavers becomes Jay_Beavers_2. When the last record of a contact changes hands, the contact leaves in the same revision.",
            Find = Ids,
        };

    static Rule K3 =>
        new()
        {
            Id = "K3",
            Title = "A claim is confirmed by people",
            Text =
                "A confirmed mailbox alone never gives control over an assignment that was imported: domains lapse. The first claim of a contact is confirmed by the registrar, who keeps the evidence, later ones by the present holder; the other holders are told.",
            Source = "RFC 6335 section 8.1.1",
            Severity = Severity.Need,
            Example =
                "Who asks as the contact of redis, from that contact's very address, still waits for the registrar's confirmation.",
            Find = Claimed,
        };

    static Rule K4 =>
        new()
        {
            Id = "K4",
            Title = "Erased contacts",
            Text =
                "Contacts are personal data: their fields can be erased on request without breaking the journal's verification. What was erased shows as such at every revision, and an erased contact is asked for nothing.",
            Source = "data protection law",
            Severity = Severity.Need,
            Example =
                "Where the only contact of an assignment was erased, the approver stands for it; a new request cannot name that contact.",
            Find = Erased,
        };

    static IEnumerable<Finding> StandingIn(Question question)
    {
        var told = new List<HolderKind>();
        foreach (var record in question.Held)
        {
            var holder = question.HolderOf(record);
            if (holder.Kind is HolderKind.Assignee or HolderKind.Nobody || told.Contains(holder.Kind))
                continue;
            told.Add(holder.Kind);
            var approver = question.Settings.Label(Role.Approver);
            yield return holder.Kind == HolderKind.Contacts
                ? new(
                    "K1",
                    Severity.Advise,
                    null,
                    $"No assignee of {Say.Record(record)} is recorded: {holder.Names}, named as contact, stands for it."
                )
                : new(
                    "K1",
                    Severity.Need,
                    null,
                    $"No party of {Say.Record(record)} can be asked: {approver} stands for it, through {question.Settings.Label(Role.Registrar)}."
                )
                {
                    Asks = Procedure.Approver,
                    Step = new(
                        "awaiting-approval",
                        Role.Approver,
                        $"{Say.Sentence(approver)} decides for {Say.Record(record)}, which has no party.",
                        "K1"
                    ),
                };
        }
    }

    static IEnumerable<Finding> Ids(Question question)
    {
        foreach (var (member, party) in Named(question))
        {
            if (party.Contact is { } id && question.Basis.Registry.FindContact(id) is null)
                yield return new(
                    "K2",
                    Severity.Need,
                    $"{member}.name",
                    question.Basis.Former.HadContact(id)
                        ? $"{Say.Text(id)} was the id of a contact that left the registry, and ids are not used again: give name and e-mail address instead."
                        : $"No contact has the id {Say.Text(id)}: give name and e-mail address instead, or the id as the registry writes it."
                );
            else if (IdBesides(question.Basis, party) is var (usual, free))
                yield return new(
                    "K2",
                    Severity.Advise,
                    $"{member}.name",
                    $"The id {Say.Text(usual)} is taken, so {Say.Text(party.Name!)} is recorded as {Say.Text(free)}. If it is the same party, give that id instead."
                );
        }
    }

    // The id that a new party would have had, and the one that it gets; null where both are one or it is known by its address.
    static (string Usual, string Free)? IdBesides(RuleBasis basis, RequestParty party)
    {
        if (party is not { Contact: null, Name: { } name } || string.IsNullOrWhiteSpace(name))
            return null;
        var usual = ContactIds.Of(name);
        var isKnown = false;
        var free = ContactIds.Free(
            usual,
            id =>
            {
                if (basis.Registry.FindContact(id) is not { } contact)
                    return basis.Former.HadContact(id);
                isKnown |= Claim.IsSame(party, contact);
                return true;
            }
        );
        return isKnown || free == usual ? null : (usual, free);
    }

    static IEnumerable<Finding> Claimed(Question question)
    {
        if (question.Claim is not { } claim || question.Held.IsEmpty)
            yield break;
        var settings = question.Settings;
        var role = claim.Role == RequesterRole.Assignee ? settings.Label(Role.Assignee) : "the contact";
        var registrar = settings.Label(Role.Registrar);
        var what = Say.Record(question.Held[0]);
        yield return new(
            "K3",
            Severity.Need,
            null,
            claim.Match is { } match
                ? $"The request claims to come from {role} of {what}, {Say.Text(match.DisplayName)}. An address alone gives no control: {registrar} confirms the first claim and keeps the evidence."
                : $"The request claims to come from {role} of {what} and names nobody whom the registry knows as such: {registrar} confirms the claim only on evidence."
        )
        {
            Step = new(
                "confirmation-pending",
                Role.Registrar,
                $"{Say.Sentence(registrar)} confirms that the request comes from {role} of {what}, and tells the other holders.",
                "K3"
            ),
        };
    }

    static IEnumerable<Finding> Erased(Question question)
    {
        foreach (var (member, party) in Named(question))
        {
            if (party.Contact is { } id && question.Basis.Registry.FindContact(id) is { IsErased: true })
                yield return new(
                    "K4",
                    Severity.Need,
                    $"{member}.name",
                    $"The contact {Say.Text(id)} was erased on request and cannot answer for anything: name a party with an e-mail address."
                );
        }
        foreach (var record in question.Held)
        {
            foreach (var person in record.Holders)
            {
                if (question.Basis.Registry.FindContact(person.Data) is not { IsErased: true })
                    continue;
                yield return new(
                    "K4",
                    Severity.Advise,
                    null,
                    $"{Say.Text(person.Data)} of {Say.Record(record)} was erased on request and is not asked."
                );
                yield break;
            }
        }
    }

    static IEnumerable<(string Member, RequestParty Party)> Named(Question question)
    {
        if (question.Request.Assignee is { } assignee)
            yield return ("assignee", assignee);
        if (question.Request.Contact is { } contact)
            yield return ("contact", contact);
    }
}
