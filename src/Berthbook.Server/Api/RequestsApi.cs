using Berthbook.Answers;
using Berthbook.Formats;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Accounts;
using Berthbook.Storage;

namespace Berthbook.Server.Api;

/// <summary>Checks, takes, lists and finds requests.</summary>
static class RequestsApi
{
    static readonly Parameter Draft = new(
        "draft",
        "true: kept as a draft, which only its author sees.",
        ParameterType.Flag
    );

    static readonly Parameter ByMail = new(
        "byMail",
        "true: the registrar enters it for somebody who wrote by mail and has no account.",
        ParameterType.Flag
    );

    static readonly Parameter State = new(
        "state",
        "Only those that stand there; several parted by commas.",
        ParameterType.RequestStates
    );

    static readonly Parameter Mine = new(
        "mine",
        "true: the caller's own, drafts and reports included.",
        ParameterType.Flag
    );

    static readonly Parameter Sort = new(
        "sort",
        "Members of a request to sort by, separated by commas, the first strongest, a hyphen before one that descends: "
            + $"{string.Join(", ", RequestOrder.Members)}. States in the order in which a request passes them; absent members "
            + "come last; equal requests the latest first.",
        ParameterType.Text
    );

    public static readonly ApiOperation Check = new(
        "checkRequest",
        "/requests/check",
        "What the rules say of a request, without submitting it",
        typeof(VerdictReply),
        Checked
    )
    {
        Description =
            "A dry run: nothing is stored. The answer is the same whatever the verdict: \"findings\" says what is refused, "
            + "needed and advised, with the rule; \"effect\" how the published records would change; \"next\" what happens. A "
            + "need without a field waits for somebody else.",
        Body = new("Request", PublishedFiles.RequestSchema, RequestFormat.MaxBytes),
    };

    public static readonly ApiOperation Submit = new(
        "submitRequests",
        "/requests",
        "Submit a request, or several, or keep drafts",
        typeof(RequestReply),
        SubmitAsync
    )
    {
        Description =
            "The body is one request document, or a list of 1 to 100, which are taken all or none; a list is answered with a list. A "
            + "request that First Come First Served grants is assigned at once, and is published when this is answered.",
        Query = [Draft, ByMail, RequestAnswers.DryRun],
        Headers = [RequestAnswers.Key(isRequired: false)],
        Body = new("Request", PublishedFiles.RequestSchema, RequestBatch.MaxBytes),
        Status = StatusCodes.Status201Created,
        Requirements = [new NeedsAccount(), new NeedsScope(TokenScope.Act)],
        IsOfOwn = true,
        IsOneOrMany = true,
        Problems =
        [
            ProblemKind.Unknown,
            ProblemKind.Forbidden,
            ProblemKind.Conflict,
            ProblemKind.Unavailable,
        ],
    };

    public static readonly ApiOperation List = new(
        "listRequests",
        "/requests",
        "Requests, the latest first unless sorted otherwise",
        typeof(ListReply<RequestSummary>),
        Listed
    )
    {
        Description =
            "Everybody sees what was submitted, but for reports of unauthorized use; a list of precedents by rule.",
        Query =
        [
            State,
            new("rule", "Only those to which a rule was applied: A7.", ParameterType.Text),
            new(
                "search",
                "Only those whose name, number or description contains a text.",
                ParameterType.Text
            ),
            Mine,
            Sort,
            Parameter.Page,
            Parameter.PageSize,
        ],
        IsOfOwn = true,
        IsOfTheMoment = true,
        Problems = [ProblemKind.Unknown, ProblemKind.Unavailable],
    };

    public static readonly ApiOperation Find = new(
        "getRequest",
        "/requests/{number}",
        "A request with its history",
        typeof(RequestReply),
        Found
    )
    {
        Description =
            "Everybody sees the public part: state, dates, reasons of decisions, the rules applied, and what is asked without persons and "
            + "mail addresses. Who asks, the experts of its pools, registrar, approver and holders see all of it. The entity tag "
            + "goes into If-Match of an action.",
        Segments = [RequestAnswers.Number],
        MayBeMissing = true,
        IsOfOwn = true,
        IsOfTheMoment = true,
        Problems = [ProblemKind.Unavailable],
    };

    static Answer Checked(Call call)
    {
        var read = RequestFormat.Read(call.Body);
        if (read.Document is not { } document)
            return RequestAnswers.Unreadable(read.Faults);
        var basis = call.Snapshot.Basis;
        var today = DateOnly.FromDateTime(call.Of<TimeProvider>().GetUtcNow().UtcDateTime);
        var verdict = RuleBook.Standard.Check(basis, document, today);
        return Answer.Ok(
            VerdictReply.Of(
                verdict,
                basis.Settings,
                call.Of<Settings>().ApplyAddressOf(call.Snapshot.Registry)
            ),
            ApiJson.Default.VerdictReply
        );
    }

    static async ValueTask<Answer> SubmitAsync(Call call)
    {
        var (isDraft, isByMail) = (call.Query.Flag(Draft.Name), call.Query.Flag(ByMail.Name));
        var isDryRun = call.Query.Flag(RequestAnswers.DryRun.Name);
        var key = RequestAnswers.KeyOf(call, out var fault);
        if ((call.Refusal ?? fault) is { } malformed)
            return malformed;
        var by = call.Context.Actor;
        if (isByMail && new NeedsOffice(Offices.Registrar).Judge(call.Context.Caller) is { } refused)
            return call.Refuse(refused);
        var batch = RequestBatch.Read(call.Body);
        if (!batch.Faults.IsEmpty)
            return RequestAnswers.Unreadable(batch.Faults);
        var outcome = await call.Of<RequestStore>()
            .SubmitAsync(
                batch.Documents,
                isDraft,
                new(by)
                {
                    Key = key,
                    IsByMail = isByMail,
                    IsDryRun = isDryRun,
                    Name = isDraft ? "request.draft" : "request.submit",
                }
            );
        if (outcome.IsKeyOfAnother)
            return RequestAnswers.KeyUsed();
        return outcome.Refusal is { } refusal
            ? RequestAnswers.Refused(refusal, batch.IsList ? outcome.RefusedAt : null)
            : await RequestAnswers.DoneAsync(
                call,
                outcome,
                batch.IsList,
                isDryRun ? StatusCodes.Status200OK : StatusCodes.Status201Created,
                isDryRun
            );
    }

    static Answer Listed(Call call)
    {
        var states = call.Query.RequestStates(State.Name);
        var isMine = call.Query.Flag(Mine.Name);
        var paging = call.Query.Paging();
        var order = RequestOrder.Parse(call.Query.Text(Sort.Name));
        if (order.Fault is { } unsortable)
            call.Query.Fail(Sort.Name, unsortable);
        if (call.Refusal is { } malformed)
            return malformed;
        var by = call.Context.FindActor();
        if (isMine && by is null)
            return call.Refuse(new NeedsAccount().Judge(call.Context.Caller)!);
        var (requests, total) = call.Of<RequestStore>()
            .List(
                new()
                {
                    States = states,
                    Rule = call.Query.Text("rule"),
                    Text = call.Query.Text("search"),
                    Applicant = isMine ? by!.Account : null,
                    IsPublic = !isMine,
                    Order = order,
                    Skip = (int)Math.Min((paging.Page - 1L) * paging.PageSize, int.MaxValue),
                    Count = paging.PageSize,
                }
            );
        return Answer.Ok(
            new(total, paging.Page, paging.PageSize, [.. requests.Select(RequestSummary.Of)]),
            ApiJson.Default.ListReplyRequestSummary
        );
    }

    static Answer Found(Call call)
    {
        var text = call.Segment(RequestAnswers.Number.Name);
        if (!ApiQuery.TryParseNumber(text, out var number))
            return Answer.Malformed(RequestAnswers.Number.Name, $"'{text}' is not the number of a request");
        var store = call.Of<RequestStore>();
        return
            store.Find(number) is { } request
            && request.IsKnownTo(call.Context.FindActor(), store.Hear(request))
            ? RequestAnswers.Of(call, request, call.Snapshot)
            : RequestAnswers.Missing(text);
    }
}
