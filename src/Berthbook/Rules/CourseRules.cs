using System.Collections.Immutable;
using static Berthbook.Rules.Asked;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>
/// The rules A10 to A17: the course of a request, from its submission to an appeal. What they say of the future of a request
/// is told by <see cref="NextSteps"/>.
/// </summary>
static class CourseRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new()
        {
            Id = "A10",
            Title = "How a request moves",
            Text =
                "A request moves: draft, submitted, information-needed, confirmation-pending, in-review, awaiting-approval, "
                + "approved, assigned; or rejected with a reason, withdrawn, expired; or appealed. No other move exists; each "
                + "is recorded with who, when and why.",
            Source = "RFC 8126 section 5.3 asks for transparency; the states are ours",
            Severity = Advise,
            Example =
                "A complete request for a User Port is told its way: submitted, in-review, awaiting-approval, assigned.",
        },
        new()
        {
            Id = "A11",
            Title = "Who reviews",
            Text =
                "An expert recommends and states why, citing criteria. An author, proponent, requester, assignee, contact or "
                + "member of the same organisation cannot review; where all are conflicted, the approver names a stand-in. A "
                + "pool gives one recommendation; a dispute among its experts goes to the approver.",
            Source = "RFC 8126 sections 5.2 and 5.3",
            Severity = Need,
            Example =
                "A designated expert is the contact of a request for a User Port: another expert of the pool reviews it.",
            Find = FindConflict,
        },
        new()
        {
            Id = "A12",
            Title = "After a rejection",
            Text =
                "A rejected request can be appealed (A13), or revised and submitted as a new one that refers to it.",
            Source = "RFC 6335 section 8.7",
            Severity = Advise,
            Example =
                "A request for 50000/tcp is refused: it is asked for again with a User Port, and `revises` says which one it "
                + "revises.",
            Find = FindRevised,
        },
        new()
        {
            Id = "A13",
            Title = "Appeal",
            Text =
                "An appeal goes first to the approver, then to the appeals body (of the IETF: the IAB), within two months of "
                + "the decision, stating the facts; nobody who decided sits on it.",
            Source = "RFC 6335 section 8.7; RFC 8126 section 10; RFC 2026 section 6.5.4",
            Severity = Advise,
            Example = "A request rejected on 2026-03-10 can be appealed to the IESG until 2026-05-10.",
        },
        new()
        {
            Id = "A14",
            Title = "Two requests for the same",
            Text =
                "Pending requests are public with what they ask for. Of two for the same name or number the one submitted "
                + "first is decided first; the later one is told at once and keeps its place. A pending request holds nothing "
                + "else.",
            Source = "RFC 7605 section 7.7; RFC 8126 section 4.4",
            Severity = Need,
            AppliesTo = AssignmentRules.New,
            Example =
                "45060/tcp is asked for while request 7 for it waits: request 7 is decided first, and the applicant knows.",
            Find = FindRivals,
        },
        new()
        {
            Id = "A15",
            Title = "A party that cannot be reached",
            Text =
                "Attempts to reach a party are recorded (by default for 30 days, with two reminders). Silence is never yes: "
                + "for A6 and A7 the expert decides, for C1 and C3 the request is refused, for C4 see there.",
            Source = "RFC 8126 section 9.4",
            Severity = Advise,
            Example =
                "The assignee of a name to which tcp is added does not answer for 30 days: the expert decides.",
        },
        new()
        {
            Id = "A16",
            Title = "Exceptions",
            Text =
                "The approver may grant what a rule refuses, case by case, with a written reason that is public. N1 and N3 "
                + "cannot be waived. The decision lists the rules waived.",
            Source = "RFC 8126 sections 3.3 and 7.2",
            Severity = Refuse,
            Example =
                "A request asks the IESG to waive P11 for 1021/tcp and says why: it is not refused, and IESG Approval decides.",
            Find = Waivers.FindFaults,
        },
        new()
        {
            Id = "A17",
            Title = "Clocks",
            Text =
                "By default an expert is reminded after 7 days, the registrar is told after 14, the approver after 30. Each "
                + "expert's open requests and times are visible to registrar and approver.",
            Source = "RFC 8126 section 5.3; RFC 7605 section 7.7",
            Severity = Advise,
            Example =
                "A review begun on 2026-03-10 without a recommendation is told to the IESG on 2026-04-09.",
        },
    ];

    static IEnumerable<Finding> FindConflict(Question question)
    {
        if (question.Basis.Registry.Header.Experts is not { } experts)
            yield break;
        foreach (
            var name in new[]
            {
                question.Request.Requester?.Name,
                question.Request.Assignee?.Name,
                question.Request.Contact?.Name,
            }.Distinct(StringComparer.OrdinalIgnoreCase)
        )
        {
            if (IsAmong(name, experts.OneLine))
            {
                var others =
                    $"another of the pool does, or a stand-in whom {question.Settings.Label(Role.Approver)} names";
                yield return new(
                    "A11",
                    Need,
                    null,
                    $"{Say.Text(name!)} is a designated expert and cannot review this request: {others}."
                )
                {
                    Step = new(
                        "in-review",
                        Role.Expert,
                        $"{Say.Text(name!)} has a part in the request and does not review it: {others}.",
                        "A11"
                    ),
                };
            }
        }
    }

    // Two words at least, each bound by what is no letter, so that an organisation's short name is no expert.
    static bool IsAmong(string? name, string experts)
    {
        if (name is null || name.Length < 5 || !name.Trim().Contains(' '))
            return false;
        var at = experts.IndexOf(name.Trim(), StringComparison.OrdinalIgnoreCase);
        var end = at + name.Trim().Length;
        return at >= 0
            && (at == 0 || !char.IsLetter(experts[at - 1]))
            && (end == experts.Length || !char.IsLetter(experts[end]));
    }

    static IEnumerable<Finding> FindRevised(Question question)
    {
        if (question.Request.Revises is { } number)
            yield return new(
                "A12",
                Advise,
                "revises",
                $"This is a new request that revises request {Say.Count(number)}; who reviews it is shown both."
            );
    }

    static IEnumerable<Finding> FindRivals(Question question)
    {
        if (!question.AsksAnew())
            yield break;
        foreach (var rival in question.Rivals)
        {
            var words = $"request {Say.Count(rival.Number)}, submitted on {Say.Day(rival.Submitted)}";
            var what = WhatBothWant(question, rival.Document);
            yield return new(
                "A14",
                Need,
                null,
                $"{Say.Sentence(words)}, asks for {what} too and is decided first; yours keeps its place after it."
            )
            {
                Step = new(
                    "submitted",
                    Role.Registrar,
                    $"{Say.Sentence(words)}, which asks for {what} too, is decided first.",
                    "A14"
                ),
            };
        }
    }

    static string WhatBothWant(Question question, Requests.RequestDocument other) =>
        Has(other.Name)
        && string.Equals(other.Name, question.Request.Name, StringComparison.OrdinalIgnoreCase)
            ? Say.Text(other.Name!)
            : question.NumberWords();
}
