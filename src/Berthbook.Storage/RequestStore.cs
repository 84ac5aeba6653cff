using System.Collections.Immutable;
using Berthbook.Decisions;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>The requests with their histories, and the only way a registry of one's own changes by decision.</summary>
/// <remarks>
/// A change is one write of the <see cref="RegistryWriter"/>: it loads the request, asks the rules anew, takes the step and
/// stores all that follows, or nothing but the audit entry that it was refused.
/// </remarks>
public sealed class RequestStore : IDisposable
{
    readonly RegistryStore registry;
    readonly RuleSettings settings;
    readonly RuleBook rules;
    readonly TimeProvider clock;
    readonly Commands commands;
    readonly DecidingBasis deciding;
    readonly RequestReaders readers;
    readonly Dictionary<int, (int Version, PendingRequest Request)> pending = [];

    // What the dry run that is running would change.
    readonly Dictionary<int, ImmutableArray<Change>> told = [];

    /// <param name="registry">The journal of the same folder, open to be written.</param>
    /// <param name="settings">What the operator decided.</param>
    /// <param name="clock">Tells the time.</param>
    public RequestStore(RegistryStore registry, RuleSettings settings, TimeProvider clock)
        : this(registry, settings, clock, RuleBook.Standard, new(registry, settings)) { }

    internal RequestStore(
        RegistryStore registry,
        RuleSettings settings,
        TimeProvider clock,
        RuleBook rules,
        DecidingBasis deciding
    )
    {
        (this.registry, this.settings, this.clock) = (registry, settings, clock);
        (this.rules, this.deciding) = (rules, deciding);
        commands = registry.Commands;
        readers = new(registry.DatabasePath);
        registry.Reloaded += deciding.Forget;
    }

    /// <summary>Within a write: what else belongs to a request that was just stored, such as letters and clocks.</summary>
    public Action<RequestChange>? Stored { get; set; }

    /// <summary>Submits documents, 1 to 100, all or none; or keeps them as drafts.</summary>
    public Task<CallOutcome> SubmitAsync(
        IReadOnlyList<RequestDocument> documents,
        bool isDraft,
        RequestCall call
    )
    {
        ArgumentOutOfRangeException.ThrowIfZero(documents.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(documents.Count, 100);
        return WriteAsync(() => Submit(documents, isDraft, call), call);
    }

    /// <summary>
    /// Loads a request, asks the rules anew, takes a step, carries it out, and stores request, journal, audit and mail
    /// together; or stores nothing but the refusal's audit entry.
    /// </summary>
    public Task<CallOutcome> ChangeAsync(
        int number,
        Func<Request, Hearing, Outcome> step,
        DecisionChoices? choices,
        RequestCall call
    ) => WriteAsync(() => Change(number, step, choices, call), call);

    /// <summary>A request, or null.</summary>
    public Request? Find(int number) => readers.Read(read => RequestRows.Find(read, number));

    /// <summary>What the rules say of a request now, and who holds what it concerns.</summary>
    public Hearing Hear(Request request)
    {
        lock (registry.Writer.Gate)
            return HearNow(request, null);
    }

    /// <summary>Takes what somebody else read of a revision, so that deciding need not read it again.</summary>
    public void Offer(RuleBasis basis, int revision)
    {
        // What it makes when it is first asked is made here and not while a write waits.
        rules.Check(basis, Sample, default);
        lock (registry.Writer.Gate)
            deciding.Offer(basis, revision);
    }

    /// <summary>Some entries of the audit, the latest first, and how many there are in all.</summary>
    public (IReadOnlyList<AuditRow> Entries, int Total) Audit(AuditQuery query) =>
        readers.Read(read => AuditLog.Read(read, query));

    /// <summary>Writes the whole audit, the oldest entry first, as lines of JSON.</summary>
    public void ExportAudit(Stream output) =>
        readers.Read(read =>
        {
            AuditExport.Write(read, output);
            return true;
        });

    /// <summary>Some requests, the latest first, and how many there are in all.</summary>
    public (IReadOnlyList<Request> Requests, int Total) List(RequestQuery query) =>
        readers.Read(read => RequestRows.List(read, query));

    /// <inheritdoc/>
    public void Dispose()
    {
        registry.Reloaded -= deciding.Forget;
        readers.Dispose();
    }

    Task<CallOutcome> WriteAsync(Func<CallOutcome> write, RequestCall call) =>
        registry.Writer.RunAsync(
            _ =>
            {
                told.Clear();
                var outcome = AnsweredCalls.Find(commands, call) ?? Stop(call) ?? write();
                return told.Count == 0 ? outcome : outcome with { Effects = told.ToImmutableDictionary() };
            },
            _ => !call.IsDryRun
        );

    CallOutcome? Stop(RequestCall call)
    {
        if (CallerRights.Lost(registry.Connection, call.By) is not { } refusal)
            return null;
        Enter(call, "", refusal.Rule);
        return new() { Refusal = refusal };
    }

    CallOutcome Submit(IReadOnlyList<RequestDocument> documents, bool isDraft, RequestCall call)
    {
        var outcome = registry.Writer.Attempt(
            () => SubmitAll(documents, isDraft, call),
            done => done.Refusal is null
        );
        if (outcome.Refusal is { } refusal)
            Enter(
                call,
                documents.Count == 1 ? "a new request" : $"{documents.Count} new requests",
                refusal.Rule
            );
        return outcome;
    }

    CallOutcome SubmitAll(IReadOnlyList<RequestDocument> documents, bool isDraft, RequestCall call)
    {
        var number = RequestRows.LastNumber(commands);
        var stored = new List<Request>();
        foreach (var document in documents)
        {
            var draft = Request.Draft(document, call.By, call.IsByMail) with { Number = ++number };
            var outcome = Step(
                null,
                draft,
                (request, hearing) =>
                    isDraft ? request.Keep(call.By, hearing) : request.Submit(call.By, hearing),
                null,
                call
            );
            if (outcome.Refusal is { } refusal)
                return new() { Refusal = refusal, RefusedAt = stored.Count };
            stored.Add(outcome.Request!);
        }
        var done = new CallOutcome
        {
            Requests = stored,
            Revision = stored.LastOrDefault(request => request.Revision is not null)?.Revision,
        };
        AnsweredCalls.Store(commands, call, done, clock.GetUtcNow());
        return done;
    }

    CallOutcome Change(
        int number,
        Func<Request, Hearing, Outcome> step,
        DecisionChoices? choices,
        RequestCall call
    )
    {
        var subject = $"request {number}";
        if (RequestRows.Find(commands, number) is not { } before)
        {
            Enter(call, subject, "unknown");
            return new() { IsUnknown = true };
        }
        if (call.Version is { } seen && seen != before.Version)
        {
            Enter(call, subject, "version", before);
            return new() { OtherVersion = before.Version };
        }
        var outcome = registry.Writer.Attempt(
            () => Step(before, before, step, choices, call),
            done => done.Refusal is null
        );
        if (outcome.Refusal is { } refusal)
        {
            Enter(call, subject, refusal.Rule, before);
            return new() { Refusal = refusal };
        }
        var after = outcome.Request!;
        var done = new CallOutcome
        {
            Requests = [after],
            Revision = after.Revision != before.Revision ? after.Revision : null,
        };
        AnsweredCalls.Store(commands, call, done, clock.GetUtcNow());
        return done;
    }

    // A step with all that follows from it; before is null where the request is new.
    Outcome Step(
        Request? before,
        Request request,
        Func<Request, Hearing, Outcome> step,
        DecisionChoices? choices,
        RequestCall call
    )
    {
        var hearing = HearNow(request, choices);
        var taken = step(request, hearing);
        if (taken.Refusal is not null)
            return taken;
        var after = taken.Request! with { Version = request.Version + 1 };
        var carried = CarryOut(request, after, hearing, choices, call);
        if (carried.Refusal is not null)
            return carried;
        after = carried.Request!;
        RequestRows.Store(commands, before, after, hearing.Now);
        Enter(call, $"request {after.Number}", null, after);
        Stored?.Invoke(new(registry.Connection, before, after, hearing));
        return after;
    }

    // Where the step assigns, the decision is made and becomes a revision.
    Outcome CarryOut(
        Request before,
        Request after,
        Hearing hearing,
        DecisionChoices? choices,
        RequestCall call
    )
    {
        for (var i = before.Steps.Length; i < after.Steps.Length; i++)
        {
            if (after.Steps[i] is not { Action: RequestAction.Assign, Revision: null } step)
                continue;
            var (revision, refusal) = Decide(after, step, hearing, choices, call);
            if (refusal is not null)
                return refusal;
            after = after with { Steps = after.Steps.SetItem(i, step with { Revision = revision }) };
        }
        return after;
    }

    (int Revision, Refusal? Refusal) Decide(
        Request request,
        RequestStep step,
        Hearing hearing,
        DecisionChoices? choices,
        RequestCall call
    )
    {
        if (ChangesOf(request, hearing, choices, out var fault) is not { } changes)
            return (0, new(RefusalKind.Conflict, "P2", $"It cannot be assigned: {fault}."));
        var number = registry.Ledger.Count + 1;
        if (registry.Holdings.FollowDecision(number, changes, request.Document) is { } taken)
            return (0, Refused(taken));
        if (call.IsDryRun)
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
                LastAudit: AuditLog.Last(commands)
            )
        );
        deciding.Follow(revision);
        registry.Writer.OnUndo(deciding.Forget);
        ClaimedParties.Claim(commands, request, revision, hearing.Now);
        return (revision.Number, null);
    }

    // What the rules told already is fitted in; where that does not do, or the registrar chose, it is told anew.
    ImmutableArray<Change>? ChangesOf(
        Request request,
        Hearing hearing,
        DecisionChoices? choices,
        out string? fault
    )
    {
        fault = null;
        if (
            choices is null or { IsEmpty: true }
            && hearing.Verdict.Effect is { } known
            && deciding.Fit(known.Changes) is { } fitted
        )
            return fitted;
        var day = DateOnly.FromDateTime(hearing.Now.UtcDateTime);
        var told = RequestedDecision.EffectOf(deciding.Fresh(), request.Document, day, choices, rules);
        fault = told.Fault;
        return told.Effect is { } effect ? deciding.Fit(effect.Changes) : null;
    }

    Hearing HearNow(Request request, DecisionChoices? choices)
    {
        var basis = deciding.For(request.Document, choices is null or { IsEmpty: true });
        var now = clock.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return new()
        {
            Verdict = rules.Check(basis, request.Document, day, PendingBefore(request)),
            Settings = settings,
            Now = now,
            Holders = rules.HoldersOf(basis, request.Document, day),
            ApplicantClaims = ClaimedParties.Of(commands, request.Applicant),
            ApplicantOrganization = ClaimedParties.OrganizationOf(commands, request.Applicant),
        };
    }

    // Documents are read once; what waits is asked anew, since other writes of the same commit count.
    ImmutableArray<PendingRequest> PendingBefore(Request request)
    {
        var found = RequestRows.Pending(commands);
        if (found.Count == 0)
        {
            pending.Clear();
            return [];
        }
        var earlier = ImmutableArray.CreateBuilder<PendingRequest>(found.Count);
        foreach (var (number, version) in found)
        {
            if (request.Number > 0 && number >= request.Number)
                break;
            if (!pending.TryGetValue(number, out var known) || known.Version != version)
                pending[number] = known = (version, RequestRows.Find(commands, number)!.ToPending());
            earlier.Add(known.Request);
        }
        return earlier.DrainToImmutable();
    }

    Refusal Refused(Taken taken)
    {
        var holder = deciding.Fresh().Registry.Records.FirstOrDefault(record => record.Id == taken.Record);
        var request = registry
            .Ledger.Revisions.LastOrDefault(revision =>
                revision.Request is not null
                && revision.Changes.Any(change =>
                    change is RecordChange { After: not null } record && record.Id == taken.Record
                )
            )
            ?.Request;
        var by = request is { } number ? $", by request {number}" : "";
        return new(
            RefusalKind.Conflict,
            taken.Rule,
            $"It cannot be assigned: {taken.What} is held by {holder?.ToString() ?? "another record"} (record {taken.Record}{by})."
        );
    }

    void Enter(RequestCall call, string subject, string? rule, Request? request = null) =>
        AuditLog.Append(
            registry.Connection,
            new(call.By.Account, call.Name, subject, rule is null, rule)
            {
                Request = request?.Number,
                Version = request?.Version,
            },
            clock.GetUtcNow()
        );

    static RequestDocument Sample { get; } =
        new()
        {
            Kind = RequestKind.Assign,
            Name = "some-name",
            Transports = [TransportProtocol.Tcp],
            Assignee = new() { Name = "Somebody", Email = "somebody@example.org" },
            Contact = new() { Name = "Somebody", Email = "somebody@example.org" },
            Description = "Something",
        };

    static string WhyOf(Request request) =>
        request.Document is { Name: { } name, Kind: var kind }
            ? $"request {request.Number}: {kind.Word()} {name}"
            : $"request {request.Number}: {request.Document.Kind.Word()}";
}

/// <summary>A request that was just stored, within the write that stores it.</summary>
/// <param name="Connection">The connection of the write: what is written on it is committed with the request.</param>
/// <param name="Before">The request before; null where it is new.</param>
/// <param name="After">The request after.</param>
/// <param name="Hearing">What its step was held against.</param>
public sealed record RequestChange(
    SqliteConnection Connection,
    Request? Before,
    Request After,
    Hearing Hearing
);
