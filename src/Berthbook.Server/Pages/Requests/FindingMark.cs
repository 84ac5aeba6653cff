using System.Collections.Immutable;
using Berthbook.Answers;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Server.Pages.Requests;

/// <summary>A line of the checklist: what a rule says of a request by now.</summary>
/// <param name="Look"><c>refusal</c>, <c>need</c>, <c>awaited</c>, <c>done</c> or <c>advice</c>.</param>
/// <param name="Word">The same for people, before the words.</param>
/// <param name="Words">What the rule says.</param>
/// <param name="Rule">The rule.</param>
sealed record FindingMark(string Look, string Word, string Words, Rule Rule)
{
    /// <summary>The checklist of a request, the gravest first, advice left out.</summary>
    public static ImmutableArray<FindingMark> Of(RequestStanding standing, PublicDocument? masked) =>
        [
            .. standing
                .Hearing.Verdict.Findings.Where(finding => finding.Severity != Severity.Advise)
                .Select(finding => Of(standing, masked, finding))
                .OfType<FindingMark>(),
        ];

    /// <summary>What is only advised.</summary>
    public static ImmutableArray<FindingMark> AdviceOn(RequestStanding standing, PublicDocument? masked) =>
        [
            .. standing
                .Hearing.Verdict.Findings.Where(finding => finding.Severity == Severity.Advise)
                .Select(finding => Of(standing, masked, finding))
                .OfType<FindingMark>(),
        ];

    /// <summary>The rules that could refuse or need something, and found nothing.</summary>
    public static ImmutableArray<Rule> MetBy(RequestStanding standing)
    {
        var found = standing.Hearing.Verdict.Findings.Select(finding => finding.Rule).ToHashSet();
        return
        [
            .. RuleBook.Standard.Rules.Where(rule =>
                rule.Severity != Severity.Advise
                && rule.Concerns(standing.Request.Document.Kind)
                && !found.Contains(rule.Id)
            ),
        ];
    }

    static FindingMark? Of(RequestStanding standing, PublicDocument? masked, Finding finding)
    {
        if (RuleBook.Standard.Find(finding.Rule) is not { } rule)
            return null;
        // What is said of a party says who it is.
        if (masked is not null && !PublicDocument.IsPublic(finding.Field))
            return null;
        var words = masked?.Words(finding.Message) ?? finding.Message;
        return finding.Severity switch
        {
            Severity.Refuse => new("refusal", "Refused:", words, rule),
            Severity.Advise => new("advice", "Advice:", words, rule),
            _ when finding.Field is not null => new("need", "Needed:", words, rule),
            _ when IsSettled(standing, finding) => new("done", "Done:", words, rule),
            _ => new("awaited", "Waits:", words, rule),
        };
    }

    // A need without a field waits for somebody: for a holder's word, or for the experts'.
    static bool IsSettled(RequestStanding standing, Finding finding)
    {
        var (request, hearing) = standing;
        if (request.State is <= RequestState.InformationNeeded)
            return false;
        if (finding.Step is { State: "confirmation-pending" })
            return !request.Awaited(hearing).Contains(finding);
        return finding.Asks is Procedure.ExpertReview or Procedure.SpecificationRequired
            && request.State > RequestState.ConfirmationPending
            && standing.Missing.IsEmpty;
    }
}
