using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Answers;
using Berthbook.Decisions;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Layout;
using Berthbook.Server.Pages.RequestForm;
using Berthbook.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Berthbook.Server.Pages.Requests;

/// <summary>
/// One request: where it stands and who acts next, its history, what is asked, what the rules say, what would change, and
/// what the viewer may do. The public sees no private part of it.
/// </summary>
[RequestSizeLimit(MaxBody)]
sealed class RequestModel(CurrentRegistry current, Settings settings) : RequestsPage(current, settings)
{
    // All words as long as they may be, each byte written as three.
    const int MaxBody = 256 << 10;

    public RequestStanding Standing { get; private set; } = null!;

    /// <summary>Whether the viewer may see all of it, but perhaps the notes.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The forms of what the viewer may do now.</summary>
    public ImmutableArray<ActionForm> Forms { get; private set; } = [];

    /// <summary>What the rules say, while it is not decided.</summary>
    public ImmutableArray<FindingMark> Checklist { get; private set; } = [];

    /// <summary>What they advise.</summary>
    public ImmutableArray<FindingMark> Advice { get; private set; } = [];

    /// <summary>The rules that found nothing.</summary>
    public ImmutableArray<Rule> Met { get; private set; } = [];

    /// <summary>What would change in the registry, or did.</summary>
    public ImmutableArray<EffectPart> Effect { get; private set; } = [];

    /// <summary>The history.</summary>
    public ImmutableArray<ToldStep> Steps { get; private set; } = [];

    /// <summary>What it waits for.</summary>
    public ImmutableArray<Awaited> Next { get; private set; } = [];

    /// <summary>What is asked.</summary>
    public ImmutableArray<(string Title, ImmutableArray<AskedField> Fields)> Asked { get; private set; } = [];

    /// <summary>Who takes it into account that the viewer may be near a party, in words; null where nobody has to.</summary>
    public string? Part { get; private set; }

    public Berthbook.Requests.Request Shown => Standing.Request;

    public override string Title => $"Request {Shown.Number}: {Shown.Document.What()}";

    public override string Address => RequestWords.AddressOf(Shown.Number);

    public override IReadOnlyList<Link> Trail => [new("/requests", "Requests")];

    /// <summary>The rules that the page names, for the list at its end.</summary>
    public List<Rule> Named =>
        [
            .. RuleBook.Standard.Rules.Where(rule =>
                Steps.Any(step => step.Rules.Contains(rule.Id))
                || Next.Any(next => next.Rule == rule.Id)
                || Checklist.Concat(Advice).Any(mark => mark.Rule == rule)
                || Met.Contains(rule)
                || Forms.Any(form => form.Refusal?.Rule == rule)
            ),
        ];

    public IActionResult OnGet(string number) => Load(number) is { } refused ? refused : Page();

    public async Task<IActionResult> OnPostAsync(string number, [FromQuery] string? act)
    {
        if (Load(number) is { } refused)
            return refused;
        if (Viewer is not { } actor)
            return Redirect(SignIn(Address));
        if (!RequestActions.TryParse(act, out var action))
            return Refuse(400, "The form names no action that there is", new Link(Address, Title));
        var typed = await Request.ReadFormAsync(HttpContext.RequestAborted);
        var (posted, field, fault) = PostedMove.Read(action, typed);
        if (posted is null)
            return Show(400, new(action, Standing) { Typed = typed, Refusal = new(fault!, Field: field) });
        var outcome = await Store.ChangeAsync(
            Shown.Number,
            (request, hearing) => request.Take(posted.Move, actor, hearing),
            posted.Choices,
            new(actor)
            {
                Key = posted.Key,
                Version = posted.Version,
                IsDryRun = posted.IsDryRun,
                Name = $"request.{action.Word()}",
            }
        );
        if (outcome.IsUnknown)
            return Unknown();
        if (RefusalOf(outcome) is var (status, refusal))
        {
            // What is there now, which may be another than was seen.
            Load(number);
            return Show(status, new(action, Standing) { Typed = typed, Refusal = refusal });
        }
        if (posted.IsDryRun)
            return Show(200, new(action, Standing) { Typed = typed, Preview = PreviewOf(outcome) });
        if (outcome.Revision is { } revision)
            await Current.ServedAsync(revision);
        return Redirect(Address);
    }

    // Who may not see it is told what is told of one that is not there.
    StatusCodeResult? Load(string number)
    {
        if (
            !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            || asked < 1
        )
            return Refuse(400, "Requests have numbers, from 1 upwards", All);
        if (Store.Find(asked) is not { } request)
            return Refuse(404, $"There is no request {asked}", All);
        var hearing = Store.Hear(request);
        if (!request.IsKnownTo(Viewer, hearing))
            return Refuse(404, $"There is no request {asked}", All);
        Tell(new(request, hearing));
        return null;
    }

    StatusCodeResult Unknown() => Refuse(404, $"There is no request {Shown.Number}", All);

    PageResult Show(int status, ActionForm form)
    {
        var known = Forms.Select(other => other.Action).ToList().IndexOf(form.Action);
        var whole = form with { Pools = PoolsOf(form.Action) };
        Forms = known < 0 ? Forms.Insert(0, whole) : Forms.SetItem(known, whole);
        Response.StatusCode = status;
        return Page();
    }

    static (int Status, FormRefusal Refusal)? RefusalOf(CallOutcome outcome) =>
        outcome switch
        {
            { OtherVersion: not null } => (
                409,
                new(
                    "Something was done to the request since you opened this page. Look at it again, then press the button again."
                )
            ),
            { IsKeyOfAnother: true } => (
                409,
                new(
                    "This form was sent already with something else in it. Look at what came of it, then press the button again."
                )
            ),
            { Refusal: { } refusal } => FormRefusal.Of(refusal),
            _ => null,
        };

    void Tell(RequestStanding standing)
    {
        Standing = standing;
        var (request, hearing) = standing;
        IsOpen = request.IsOpenTo(Viewer, hearing);
        var masked = IsOpen ? null : new PublicDocument(request.Document, Registry);
        Asked = AskedField.Of(masked?.Part ?? request.Document);
        Steps = ToldStep.Of(request, Labels, masked, request.AreNotesOpenTo(Viewer));
        Next =
        [
            .. standing.Next.Select(next =>
                masked is null ? next : next with { Words = masked.Words(next.Words) }
            ),
        ];
        if (!request.State.IsEnd())
        {
            Checklist = FindingMark.Of(standing, masked);
            Advice = FindingMark.AdviceOn(standing, masked);
            Met = FindingMark.MetBy(standing);
        }
        Effect = EffectOf(standing, masked);
        if (Viewer is not { } actor)
            return;
        Part =
            IsOpen
            && !request.State.IsEnd()
            && actor.IsAny(OfficeWords.Experts | Offices.Registrar | Offices.Approver)
                ? request.PartOf(actor, hearing)
                    ?? (
                        request.IsNear(actor)
                            ? "your e-mail address is of the same domain as that of a party"
                            : null
                    )
                : null;
        Forms =
        [
            .. request
                .Allowed(actor, hearing)
                .Select(action => new ActionForm(action, standing) { Pools = PoolsOf(action) }),
        ];
    }

    ImmutableArray<ExpertPool> PoolsOf(RequestAction action) =>
        action switch
        {
            RequestAction.StandIn => Shown.Pools,
            RequestAction.Recommend when Viewer is { } actor =>
            [
                .. Shown.Pools.Where(pool => Shown.PoolOf(actor, pool) is not null),
            ],
            _ => [],
        };

    // Of what was carried out, what its revision changed; else what it would change now.
    ImmutableArray<EffectPart> EffectOf(RequestStanding standing, PublicDocument? masked)
    {
        var (request, hearing) = standing;
        if (request.Revision is { } revision)
            return revision <= Snapshot.History.Revisions.Length
                ? EffectPart.Of(new Effect(Snapshot.History.Revisions[revision - 1].Changes, []))
                : [];
        return request.State.IsEnd() || hearing.Verdict.Effect is not { } effect ? []
            : masked is null ? EffectPart.Of(effect)
            : EffectPart.Of(effect with { Changes = [.. masked.Effect(effect.Changes)] });
    }

    ImmutableArray<EffectPart> PreviewOf(CallOutcome outcome) =>
        outcome.Effects.TryGetValue(Shown.Number, out var changes)
            ? EffectPart.Of(new Effect(changes, []))
            : [];
}
