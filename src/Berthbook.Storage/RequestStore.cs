using System.Collections.Immutable;
using Berthbook.Decisions;
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
    readonly TimeProvider clock;
    readonly Commands commands;
    readonly DecidingBasis deciding;
    readonly RequestReaders readers;
    readonly RequestHearings hearings;
    readonly DecisionWriting decisions;

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
        (this.registry, this.clock, this.deciding) = (registry, clock, deciding);
        commands = registry.Commands;
        readers = new(registry.DatabasePath);
        hearings = new(commands, settings, clock, rules, deciding);
        decisions = new(registry, rules, deciding);
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
            return hearings.Of(request, null);
    }

    /// <summary>Takes what somebody else read of a revision, so that deciding need not read it again.</summary>
    public void Offer(RuleBasis basis, int revision)
    {
        hearings.Warm(basis);
        lock (registry.Writer.Gate)
            deciding.Offer(basis, revision);
    }

    /// <summary>Some entries of the audit.</summary>
    public IReadOnlyList<AuditRow> Audit(AuditQuery query) =>
        readers.Read(read => AuditLog.Read(read, query));

    /// <summary>
    /// The entries of the audit that are asked for, the oldest first, as lines of JSON (docs/journal-format.md section 9); in
    /// parts, each of which is read when it is wanted, so that an audit of any length can be sent.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>> ExportAudit(AuditQuery query)
    {
        query = query with { IsOldestFirst = true, Count = AuditQuery.Most };
        while (Audit(query) is { Count: > 0 } rows)
        {
            yield return AuditExport.Write(rows);
            query = query with { After = rows[^1].Entry.Number };
        }
    }

    /// <summary>Some requests, in the order asked for, and how many there are in all.</summary>
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
                decisions.Begin();
                var outcome = AnsweredCalls.Find(commands, call) ?? Stop(call) ?? write();
                return decisions.Told.Count == 0
                    ? outcome
                    : outcome with
                    {
                        Effects = decisions.Told.ToImmutableDictionary(),
                    };
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
        var hearing = hearings.Of(request, choices);
        var taken = step(request, hearing);
        if (taken.Refusal is { } refusal)
            return decisions.WithWinner(refusal, request.Document);
        var after = taken.Request! with { Version = request.Version + 1 };
        var carried = decisions.CarryOut(request, after, hearing, choices, call.IsDryRun);
        if (carried.Refusal is not null)
            return carried;
        after = carried.Request!;
        RequestRows.Store(commands, before, after, hearing.Now);
        Enter(call, $"request {after.Number}", null, after);
        Stored?.Invoke(new(registry.Connection, before, after, hearing));
        return after;
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
