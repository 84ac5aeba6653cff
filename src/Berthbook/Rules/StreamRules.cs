using System.Collections.Immutable;
using Berthbook.Decisions;
using Berthbook.Requests;
using static Berthbook.Rules.Asked;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>The rules A8 and A9: requests of the IETF's documents and working groups.</summary>
static class StreamRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new()
        {
            Id = "A8",
            Title = "Parties of the IETF stream",
            Text =
                "For documents of the IETF stream the assignee is the IESG and the contact is the IETF Chair.",
            Source = "RFC 6335 section 8.1.1",
            Severity = Need,
            AppliesTo =
            [
                RequestKind.Assign,
                RequestKind.Add,
                RequestKind.SecondName,
                RequestKind.Reuse,
                RequestKind.EarlyAllocation,
            ],
            Example =
                "A request with a document of the IETF stream names a company as assignee: it names the IESG instead, or "
                + "leaves the parties out.",
            Find = FindOtherParties,
        },
        new()
        {
            Id = "A9",
            Title = "Early allocation",
            Text =
                "For a document in the making the working group's chair asks, with the approver's yes. The assignment is "
                + "marked \"TEMPORARY - registered DATE, expires DATE + 1 year\" and renewed once, further only by IESG "
                + "Approval. At expiry it is shown as expired and stays unavailable; the clock stops while the document is "
                + "with the IESG or the RFC Editor. Then, each by decision: permanent (the mark goes, the parties are A8's, "
                + "the registration date stays), deprecated, or de-assigned (C1).",
            Source = "RFC 7120 section 3",
            Severity = Refuse,
            AppliesTo = [RequestKind.EarlyAllocation],
            Example =
                "The chairs of a working group ask for 914/udp for their draft: once the IESG says yes it is theirs for a "
                + "year.",
            Find = FindEarly,
        },
    ];

    static IEnumerable<Finding> FindOtherParties(Question question)
    {
        var request = question.Request;
        if (!request.IsIetfStream)
            yield break;
        if (request.Assignee is { IsEmpty: false } assignee && !IsOne(assignee, "IESG"))
            yield return new(
                "A8",
                Need,
                "assignee.name",
                $"For a document of the IETF stream the assignee is the IESG, not {Called(assignee)}: write IESG or leave it out."
            );
        if (request.Contact is { IsEmpty: false } contact && !IsOne(contact, "IETF Chair"))
            yield return new(
                "A8",
                Need,
                "contact.name",
                $"For a document of the IETF stream the contact is the IETF Chair, not {Called(contact)}: write IETF Chair or leave it out."
            );
    }

    static IEnumerable<Finding> FindEarly(Question question)
    {
        var request = question.Request;
        if (request.Role is RequesterRole.Applicant or RequesterRole.Assignee or RequesterRole.Contact)
            yield return new(
                "A9",
                Refuse,
                "role",
                "An early allocation is asked for by the chair of the working group whose document it is for: let the chair ask, or ask with kind assign."
            );
        if (!Has(request.Specification))
            yield return new(
                "A9",
                Need,
                "specification",
                "Name the draft that the allocation is for, with its version."
            );
        yield return question.IsRenewal ? Renewed(question) : Allocated(question);
    }

    static Finding Allocated(Question question)
    {
        var approver = Say.Sentence(question.Settings.Label(Role.Approver));
        return new(
            "A9",
            Need,
            null,
            $"{approver} has to say yes; the assignment is then marked TEMPORARY and, decided today, expires on {Say.Day(question.Today.AddYears(1))} unless it is renewed, once."
        )
        {
            Asks = Procedure.Approver,
            Step = new(
                "awaiting-approval",
                Role.Approver,
                $"{approver} says yes or no to the early allocation; it lasts a year, is renewed once, further only by {question.Settings.Label(Procedure.IesgApproval)}, and then becomes permanent, deprecated or de-assigned by decision.",
                "A9"
            ),
        };
    }

    // A year from the day of registration is the first term; a later day of expiry shows that it was renewed.
    static Finding Renewed(Question question)
    {
        var days = question
            .Named.Select(record => TemporaryMark.DaysOf(record.Description))
            .FirstOrDefault(known => known is not null);
        var name = question.NameWords();
        var until =
            days is not { } mark ? $"{name} is allocated early."
            : mark.Expires.FirstDay < question.Today
                ? $"{name} was allocated early, expired on {mark.Expires} and stays unavailable."
            : $"{name} is allocated early until {mark.Expires}.";
        if (days is { } terms && terms.Registered.FirstDay.AddYears(1) < terms.Expires.FirstDay)
            return new(
                "A9",
                Need,
                null,
                $"{until} It was renewed once: {question.Settings.Label(Procedure.IesgApproval)} decides on any further year."
            )
            {
                Asks = Procedure.IesgApproval,
            };
        return new(
            "A9",
            Need,
            null,
            $"{until} {Say.Sentence(question.Settings.Label(Role.Approver))} decides on the one renewal, for a year."
        )
        {
            Asks = Procedure.Approver,
        };
    }

    static string Called(RequestParty party) =>
        Say.Text(party.Name ?? party.Contact ?? party.Organization ?? party.Email!);

    static bool IsOne(RequestParty party, string name) =>
        name.Equals(
            (party.Contact ?? party.Name)?.Replace('_', ' ').Trim(),
            StringComparison.OrdinalIgnoreCase
        );
}
