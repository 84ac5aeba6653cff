using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Rules.Asked;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>The rules A5 to A7: which procedure decides, and who has to confirm.</summary>
static class PathRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new()
        {
            Id = "A5",
            Title = "Which procedure decides",
            Text =
                "No port number asked for: First Come First Served; the registrar may refer the request to an expert, and "
                + "many at once from one applicant are referred. User Port: Expert Review, or IETF Review or IESG Approval. "
                + "System Port: IETF Review or IESG Approval only. Reserved: P7. Dynamic: P4. Where several apply, the "
                + "stricter decides; an expert may be asked informally in every case.",
            Source = "RFC 6335 sections 7.2 and 8.1.2",
            Severity = Need,
            AppliesTo = AssignmentRules.New,
            Example =
                "A request for 45060/tcp goes to Expert Review; the same request without a number is granted when it is "
                + "complete.",
            Find = FindProcedure,
        },
        new()
        {
            Id = "A6",
            Title = "The assignee confirms what is added to its name",
            Text =
                "A transport protocol or port number that is added to an assigned name by somebody who is neither its "
                + "assignee nor its contact waits for the assignee's confirmation, else the contact's (K1). Where nobody "
                + "answers, A15 says what follows.",
            Source = "RFC 6335 section 8.1.1",
            Severity = Need,
            AppliesTo = [RequestKind.Add],
            Example =
                "A stranger adds tcp to wchr: the request waits until Tolt Technologies LLC has confirmed it.",
            Find = FindUnconfirmedAddition,
        },
        new()
        {
            Id = "A7",
            Title = "The assignee confirms a new name on its port",
            Text =
                "A new name on a port number that is assigned waits for that assignee's confirmation and goes to Expert "
                + "Review, in addition to what A5 asks.",
            Source = "RFC 6335 section 8.1.1",
            Severity = Refuse,
            AppliesTo = AssignmentRules.New,
            Example =
                "turns is to share 5349/tcp with stuns: the assignee of stuns confirms, and an expert reviews whether peers "
                + "can tell the two apart.",
            Find = FindSharedNumber,
        },
    ];

    static IEnumerable<Finding> FindProcedure(Question question)
    {
        // A block is refused (P10); what is Reserved or Dynamic is P7's and P4's.
        if (
            !question.AsksAnew()
            || question.Request.Port.Kind == PortWishKind.Block
            || question.Situations.Any(at => at.State is PortState.Reserved or PortState.Dynamic)
        )
            yield break;
        var what = question.NumberWords();
        switch (question.RangeAsked())
        {
            case null:
                yield return WithoutNumber(question);
                break;
            case PortClass.User when question.Request.Approval is { } approval:
                yield return Deciding(
                    question,
                    Procedure.IetfReviewOrIesgApproval,
                    $"since the request comes with {PolicyWords(approval.Policy)}; for a User Port that takes the place of Expert Review"
                );
                break;
            case PortClass.User:
                yield return Deciding(
                    question,
                    Procedure.ExpertReview,
                    $"since {UserPort(question)} is asked for"
                );
                break;
            case PortClass.System:
                yield return Deciding(
                    question,
                    Procedure.IetfReviewOrIesgApproval,
                    question.Port is null
                        ? "since a System Port (0 to 1023) is asked for"
                        : $"since {what} is a System Port (0 to 1023)"
                );
                break;
            default:
                break;
        }
    }

    static Finding WithoutNumber(Question question)
    {
        var others = CountOfApplicant(question);
        if (others + 1 < question.Settings.ManyRequests)
            return new(
                "A5",
                Advise,
                null,
                $"{question.Settings.Label(Procedure.FirstComeFirstServed)} decides, since no port number is asked for; the registrar may refer it to an expert."
            )
            {
                Asks = Procedure.FirstComeFirstServed,
            };
        return Deciding(
            question,
            Procedure.ExpertReview,
            $"with {Say.Many(others, "other request")} of the same applicant submitted within {Say.Many(question.Settings.ManyRequestsDays, "day")}: many at once are referred to an expert"
        );
    }

    static Finding Deciding(Question question, Procedure procedure, string since) =>
        new("A5", Need, null, $"{question.Settings.Label(procedure)} decides, {since}.") { Asks = procedure };

    static string UserPort(Question question) =>
        question.Port is { } port ? $"{port}, a User Port (1024 to 49151)," : "a User Port (1024 to 49151)";

    static string PolicyWords(string policy) =>
        policy switch
        {
            "ietf-review" => "an IETF Review",
            "iesg-approval" => "an IESG Approval",
            "standards-action" => "a Standards Action",
            _ => Say.Text(policy),
        };

    // One applicant is told by the e-mail address of who asks, else of the contact.
    static int CountOfApplicant(Question question)
    {
        if (Applicant(question.Request) is not { } applicant)
            return 0;
        var since = question.Today.AddDays(-question.Settings.ManyRequestsDays);
        var count = 0;
        foreach (var other in question.Pending)
        {
            if (
                DateOnly.FromDateTime(other.Submitted.UtcDateTime) >= since
                && applicant.Equals(Applicant(other.Document), StringComparison.OrdinalIgnoreCase)
            )
                count++;
        }
        return count;
    }

    static string? Applicant(RequestDocument request) =>
        request.Requester?.Email ?? request.Requester?.Contact ?? request.Contact?.Email;

    static IEnumerable<Finding> FindUnconfirmedAddition(Question question)
    {
        if (!Has(question.Request.Name))
            yield break;
        if (question.Named.IsEmpty)
        {
            yield return new(
                "A6",
                Refuse,
                "name",
                $"{question.NameWords()} is not assigned, so nothing can be added to it: ask for it with kind assign."
            );
            yield break;
        }
        if (question.IsParty(question.Named))
            yield break;
        var holders = question.Holders(question.Named);
        yield return new(
            "A6",
            Need,
            null,
            $"{question.NameWords()} belongs to {holders}: what is added to it waits for {holders} to confirm, since you ask neither as its assignee nor as its contact."
        )
        {
            Step = new(
                "confirmation-pending",
                question.Confirms(question.Named),
                $"{Say.Sentence(holders)} confirms or denies that {Say.And(question.Transports)} is added to {question.NameWords()}.",
                "A6"
            ),
        };
    }

    static IEnumerable<Finding> FindSharedNumber(Question question)
    {
        ImmutableArray<RegistryRecord> others =
        [
            .. question
                .Situations.Where(at => at.State == PortState.Assigned)
                .SelectMany(at => at.Assignments)
                .Where(record => !IsOfService(question, record))
                .Distinct(),
        ];
        if (others.IsEmpty)
        {
            if (question is { Kind: RequestKind.SecondName, Port: not null, Transports.IsEmpty: false })
                yield return NothingToShare(question);
            yield break;
        }
        var holders = question.Holders(others);
        var isConfirmed = question.IsParty(others) && question.Kind == RequestKind.SecondName;
        var review =
            $"{question.Settings.Label(Procedure.ExpertReview)} decides whether the two can share it";
        yield return new(
            "A7",
            Need,
            null,
            isConfirmed
                ? $"{question.Port} is assigned to {others[0]} already: {review}."
                : $"{question.Port} is assigned to {others[0]} already: its assignee, {holders}, has to confirm the new name, and {review}."
        )
        {
            Asks = Procedure.ExpertReview,
            Step = isConfirmed
                ? null
                : new(
                    "confirmation-pending",
                    question.Confirms(others),
                    $"{Say.Sentence(holders)} confirms or denies that {question.NameWords()} shares {question.Port} with {others[0].Name?.Text ?? others[0].Summary}.",
                    "A7"
                ),
        };
    }

    // Who reuses or takes over a number, or adds to its own name, puts no other name beside the present one.
    static bool IsOfService(Question question, RegistryRecord record) =>
        question.Kind is RequestKind.Reuse or RequestKind.Transfer
        || (
            question.Kind == RequestKind.Add
            && record.Name is { } name
            && name.Text.Equals(question.Request.Name, StringComparison.OrdinalIgnoreCase)
        );

    static Finding NothingToShare(Question question) =>
        new(
            "A7",
            Refuse,
            "port",
            $"{question.Port}/{Say.And(question.Transports)} is assigned to nobody, so there is no name to stand beside: ask for it with kind assign."
        );
}
