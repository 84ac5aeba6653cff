using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;
using Deciding = Berthbook.Rules.Procedure;

namespace Berthbook.Answers;

/// <summary>A request with its history, as somebody may see it: everybody the public part, the parties and those who decide all.</summary>
public sealed record RequestReply : RequestSummary
{
    RequestReply(RequestSummary summary)
        : base(summary) { }

    /// <summary>The procedure that decides or decided, by the registry's label; null where it is refused, ended undecided or not told yet.</summary>
    public required string? Procedure { get; init; }

    /// <summary>What the rules find now; none once it ended.</summary>
    public required ImmutableArray<FindingReply> Findings { get; init; }

    /// <summary>The changes that a decision would make, or that it made.</summary>
    public required ImmutableArray<ChangeReply> Effect { get; init; }

    /// <summary>What happens next, in order; none once it ended.</summary>
    public required ImmutableArray<StepReply> Next { get; init; }

    /// <summary>Its history, the oldest step first.</summary>
    public required ImmutableArray<TakenStepReply> Steps { get; init; }

    /// <summary>The request document, as far as it may be seen.</summary>
    public required JsonElement Document { get; init; }

    /// <summary>The pools of experts that it concerns.</summary>
    public required ImmutableArray<string> Pools { get; init; }

    /// <summary>The pools whose recommendation is waited for.</summary>
    public required ImmutableArray<string> Missing { get; init; }

    /// <summary>What who asks may do to it now.</summary>
    public required ImmutableArray<string> May { get; init; }

    /// <summary>The answer of a request.</summary>
    /// <param name="request">The request, which who asks may see (<see cref="Request.IsKnownTo"/>).</param>
    /// <param name="hearing">What it is held against now.</param>
    /// <param name="by">Who asks; null for everybody.</param>
    /// <param name="history">The published revisions.</param>
    /// <param name="registry">The registry that is published now.</param>
    public static RequestReply Of(
        Request request,
        Hearing hearing,
        Actor? by,
        History history,
        Registry registry
    )
    {
        var isOpenTo = request.IsOpenTo(by, hearing);
        var verdict = request.State.IsEnd() ? null : hearing.Verdict;
        var part = isOpenTo ? null : new PublicDocument(request.Document, registry);
        // What was decided is published with its revision.
        var effect = verdict is not null
            ? part is null
                ? verdict.Effect?.Changes
                : Masked(part, verdict)
            : request.Revision is not { } revision
                ? null
                : revision <= history.Revisions.Length
                    ? history.Revisions[revision - 1].Changes
                    : null;
        return new(RequestSummary.Of(request))
        {
            Procedure = (verdict is null ? DeciderOf(request) : verdict.Procedure) is { } procedure
                ? hearing.Settings.Label(procedure)
                : null,
            Findings = verdict is null ? [] : FindingsOf(verdict, part),
            Effect = [.. (effect ?? []).Select(ChangeReply.Of)],
            Next = verdict is null ? [] : NextOf(request, verdict, hearing.Settings, part),
            Steps =
            [
                .. request.Steps.Select(step => TakenStepReply.Of(step, part, request.AreNotesOpenTo(by))),
            ],
            Document = Json(part is null ? request.Document : part.Part),
            Pools = Words(request.Pools),
            Missing = Words(request.MissingPools(hearing)),
            May = by is null ? [] : [.. request.Allowed(by, hearing).Select(action => action.Word())],
        };
    }

    static JsonElement Json(RequestDocument document)
    {
        using var json = JsonDocument.Parse(RequestFormat.Write(document));
        return json.RootElement.Clone();
    }

    static ImmutableArray<Change>? Masked(PublicDocument part, Verdict verdict) =>
        verdict.Effect is { } effect ? [.. part.Effect(effect.Changes)] : null;

    static ImmutableArray<string> Words(ImmutableArray<ExpertPool> pools) =>
        [.. pools.Select(pool => pool.Word())];

    static ImmutableArray<FindingReply> FindingsOf(Verdict verdict, PublicDocument? part) =>
        [
            .. verdict
                .Findings.Where(finding => part is null || PublicDocument.IsPublic(finding.Field))
                .Select(FindingReply.Of)
                .Select(finding =>
                    part is null ? finding : finding with { Message = part.Words(finding.Message) }
                ),
        ];

    // Steps that are behind it are left out.
    static ImmutableArray<StepReply> NextOf(
        Request request,
        Verdict verdict,
        RuleSettings settings,
        PublicDocument? part
    ) =>
        [
            .. verdict
                .Next.Where(step =>
                    !RequestStates.TryParse(step.State, out var state) || state >= request.State
                )
                .Select(step => StepReply.Of(step, settings))
                .Select(step => part is null ? step : step with { Words = part.Words(step.Words) }),
        ];

    // What decided it, told by who did.
    static Deciding? DeciderOf(Request request)
    {
        var decision = request.Steps.LastOrDefault(step =>
            step.Action is RequestAction.Approve or RequestAction.Reject
        );
        return decision?.Office switch
        {
            RequestOffice.Registry => Deciding.FirstComeFirstServed,
            RequestOffice.Registrar => request.Recommendations.Any()
                ? Deciding.ExpertReview
                : Deciding.Registrar,
            RequestOffice.Approver => request.Document.Approval?.Policy switch
            {
                "ietf-review" => Deciding.IetfReview,
                "iesg-approval" => Deciding.IesgApproval,
                "standards-action" => Deciding.StandardsActionOrIesgApproval,
                _ => Deciding.Approver,
            },
            _ => null,
        };
    }
}

/// <summary>A step that was taken.</summary>
/// <param name="Number">Its number within the request, from 1.</param>
/// <param name="Time">When.</param>
/// <param name="Action">What was done: <c>recommend</c>.</param>
/// <param name="Office">As what: <c>registry</c>, <c>applicant</c>, <c>holder</c>, <c>expert</c>, <c>registrar</c>, <c>approver</c>.</param>
/// <param name="State">Where the request stood after it.</param>
/// <param name="Reason">The reason, question, answer, evidence or attempt; null where there is none, or where it is not for who asks.</param>
/// <param name="Note">The note for registrar, approver and experts; null where there is none, or where it is not for who asks.</param>
/// <param name="Rules">The rules that were applied, or cited as criteria.</param>
/// <param name="Pool">The pool that recommends, or for which a stand-in is named; null elsewhere.</param>
/// <param name="For">Whether the recommendation is for the request; null elsewhere.</param>
/// <param name="Revision">The revision that it made, or null.</param>
public sealed record TakenStepReply(
    int Number,
    DateTimeOffset Time,
    string Action,
    string Office,
    string State,
    string? Reason,
    string? Note,
    ImmutableArray<string> Rules,
    string? Pool,
    bool? For,
    int? Revision
)
{
    /// <summary>The answer of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="part">The public part of the document, where who asks sees no more.</param>
    /// <param name="isNoteOpen">Whether who asks may see notes.</param>
    public static TakenStepReply Of(RequestStep step, PublicDocument? part, bool isNoteOpen) =>
        new(
            step.Number,
            step.Time,
            step.Action.Word(),
            step.Office.ToString().ToLowerInvariant(),
            step.State.Word(),
            part is null ? step.Words
                : step is { IsPublic: true, Words: { } words } ? part.Words(words)
                : null,
            part is null && isNoteOpen ? step.Note : null,
            step.Rules,
            step.Pool?.Word(),
            step.IsFor,
            step.Revision
        );
}
