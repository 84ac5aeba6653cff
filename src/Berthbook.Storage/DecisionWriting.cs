using System.Collections.Immutable;
using Berthbook.Decisions;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Storage;

/// <summary>Carries decisions out, within the write of their request: each becomes a revision, or says by which rule it does not fit.</summary>
sealed class DecisionWriting(RegistryStore registry, RuleBook rules, DecidingBasis deciding)
{
    readonly Dictionary<int, ImmutableArray<Change>> told = [];
    readonly Winners winners = new(registry, deciding);

    /// <summary>What the dry run that is running would change, by the number of the request.</summary>
    public IReadOnlyDictionary<int, ImmutableArray<Change>> Told => told;

    /// <summary>Forgets the last dry run.</summary>
    public void Begin() => told.Clear();

    /// <summary>Carries out what a step decided, if it did.</summary>
    /// <param name="before">The request before the step.</param>
    /// <param name="after">The request after it.</param>
    /// <param name="hearing">What the step was held against.</param>
    /// <param name="choices">What the registrar chooses.</param>
    /// <param name="isDryRun">Whether only to tell what would change.</param>
    public Outcome CarryOut(
        Request before,
        Request after,
        Hearing hearing,
        DecisionChoices? choices,
        bool isDryRun
    )
    {
        for (var i = before.Steps.Length; i < after.Steps.Length; i++)
        {
            if (after.Steps[i] is not { Action: RequestAction.Assign, Revision: null } step)
                continue;
            var (revision, refusal) = Decide(after, step, hearing, choices, isDryRun);
            if (refusal is not null)
                return refusal;
            after = after with { Steps = after.Steps.SetItem(i, step with { Revision = revision }) };
        }
        return after;
    }

    /// <summary>A refusal with who has what is not to be had any more, where a decision gave it to another.</summary>
    public Refusal WithWinner(Refusal refusal, RequestDocument document) => winners.Told(refusal, document);

    (int Revision, Refusal? Refusal) Decide(
        Request request,
        RequestStep step,
        Hearing hearing,
        DecisionChoices? choices,
        bool isDryRun
    )
    {
        var asked = RequestedDecision.Asked(request.Document, choices);
        if (ChangesOf(request, hearing, choices, out var misfit) is not { } changes)
            return (0, winners.Told(Misfit(misfit, hearing), asked));
        var number = registry.Ledger.Count + 1;
        if (registry.Holdings.FollowDecision(number, changes, request.Document) is { } taken)
            return (0, Misfit(new(null, winners.WordsOf(taken)) { Rule = taken.Rule }, hearing));
        if (isDryRun)
        {
            told[request.Number] = changes;
            return (number, null);
        }
        var revision = registry.Write(
            new(
                changes,
                step.Office.ToString().ToLowerInvariant(),
                WhyOf(request),
                hearing.Now,
                Request: request.Number,
                LastAudit: AuditLog.Last(registry.Commands)
            )
        );
        deciding.Follow(revision);
        registry.Writer.OnUndo(deciding.Forget);
        ClaimedParties.Claim(registry.Commands, request, revision, hearing.Now);
        return (revision.Number, null);
    }

    // What the rules told already is fitted in; where that does not do, or the registrar chose, it is told anew.
    ImmutableArray<Change>? ChangesOf(
        Request request,
        Hearing hearing,
        DecisionChoices? choices,
        out DecisionOutcome misfit
    )
    {
        misfit = new(null, null);
        if (
            choices is null or { IsEmpty: true }
            && hearing.Verdict.Effect is { } known
            && deciding.Fit(known.Changes) is { } fitted
        )
            return fitted;
        var day = DateOnly.FromDateTime(hearing.Now.UtcDateTime);
        misfit = RequestedDecision.EffectOf(deciding.Fresh(), request.Document, day, choices, rules);
        return misfit.Effect is { } effect ? deciding.Fit(effect.Changes) : null;
    }

    // The rule by which the decision does not fit comes first, then what else weighs by now.
    static Refusal Misfit(DecisionOutcome outcome, Hearing hearing)
    {
        var (rule, words) = (outcome.Rule ?? "A10", $"It cannot be assigned: {outcome.Fault}.");
        return new(RefusalKind.Conflict, rule, words)
        {
            Findings =
            [
                new(rule, Severity.Refuse, null, words),
                .. hearing.Verdict.Findings.Where(finding =>
                    finding.Severity >= Severity.Need && finding.Rule != rule
                ),
            ],
        };
    }

    static string WhyOf(Request request) =>
        request.Document is { Name: { } name, Kind: var kind }
            ? $"request {request.Number}: {kind.Word()} {name}"
            : $"request {request.Number}: {request.Document.Kind.Word()}";
}
