using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Answers;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Storage;

namespace Berthbook.Server.Api;

/// <summary>
/// <c>POST requests/{number}/{action}</c>: an address for each action, with who may use it. What depends on the request itself is
/// judged by the request.
/// </summary>
static class RequestActionsApi
{
    /// <summary>An operation for each action of people.</summary>
    public static ImmutableArray<ApiOperation> All { get; } = [.. RequestActions.OfPeople.Select(Create)];

    static ApiOperation Create(RequestAction action) =>
        new(
            $"{Camel(action.Word())}Request",
            $"/requests/{{{RequestAnswers.Number.Name}}}/{action.Word()}",
            SummaryOf(action),
            typeof(RequestReply),
            call => TakeAsync(call, action)
        )
        {
            Description =
                "If-Match has the entity tag of the request as it was seen. \"may\" of a request's reply lists the actions that the "
                + "caller may take now.",
            Segments = [RequestAnswers.Number],
            Query = [RequestAnswers.DryRun],
            Headers =
            [
                new(
                    "If-Match",
                    "The entity tag of the request as it was seen; * for any.",
                    ParameterType.Text,
                    true
                ),
                RequestAnswers.Key(action.Decides()),
            ],
            Body = new(
                $"{Camel(action.Word(), isFirst: true)}Body",
                MoveFormat.SchemaOf(action),
                Hosting.Limits.MaxBody,
                IsOptional: true
            ),
            Verb = HttpMethods.Post,
            Requirements = [.. RequirementsOf(action)],
            IsOfOwn = true,
            MayBeMissing = true,
            Problems =
            [
                ProblemKind.Unknown,
                ProblemKind.Forbidden,
                ProblemKind.Conflict,
                ProblemKind.OtherVersion,
                ProblemKind.NoVersion,
                ProblemKind.Unavailable,
            ],
        };

    static IEnumerable<object> RequirementsOf(RequestAction action)
    {
        yield return new NeedsAccount();
        yield return new NeedsScope(TokenScope.Act);
        if (OfficesOf(action) is var offices and not Offices.None)
            yield return new NeedsOffice(offices);
    }

    // Who has no office may be an applicant, a holder or a stand-in, which the request knows.
    static Offices OfficesOf(RequestAction action) =>
        action switch
        {
            RequestAction.Approve or RequestAction.Reject => Offices.Registrar | Offices.Approver,
            RequestAction.Assign or RequestAction.Refer or RequestAction.Attempt => Offices.Registrar,
            RequestAction.StandIn => Offices.Approver,
            _ => Offices.None,
        };

    static async ValueTask<Answer> TakeAsync(Call call, RequestAction action)
    {
        var isDryRun = call.Query.Flag(RequestAnswers.DryRun.Name);
        if (call.Refusal is { } malformed)
            return malformed;
        var text = call.Segment(RequestAnswers.Number.Name);
        if (!ApiQuery.TryParseNumber(text, out var number))
            return Answer.Malformed(RequestAnswers.Number.Name, $"'{text}' is not the number of a request");
        var key = RequestAnswers.KeyOf(call, out var fault);
        if (fault is not null)
            return fault;
        if (key is null && action.Decides() && !isDryRun)
            return Answer.Malformed(
                "Idempotency-Key",
                $"To {action.Word()} needs the header Idempotency-Key, so that it happens once: send 1 to 128 visible ASCII characters, fresh for each call."
            );
        var version = RequestAnswers.VersionOf(call, number, out fault);
        if (fault is not null)
            return fault;
        var read = MoveFormat.Read(action, call.Body);
        if (read.Move is not { } move)
            return RequestAnswers.Unreadable(read.Faults);
        return await ChangeAsync(call, number, move, read.Choices, version!.Value, key, isDryRun);
    }

    static async ValueTask<Answer> ChangeAsync(
        Call call,
        int number,
        RequestMove move,
        Decisions.DecisionChoices? choices,
        int version,
        IdempotencyKey? key,
        bool isDryRun
    )
    {
        var by = call.Context.Actor;
        var (isHidden, isOther) = (false, false);
        var outcome = await call.Of<RequestStore>()
            .ChangeAsync(
                number,
                (request, hearing) =>
                {
                    // What the caller may not know of is not told by a version either.
                    isHidden = !request.IsKnownTo(by, hearing);
                    isOther = !isHidden && version != 0 && version != request.Version;
                    return isHidden
                            ? new Refusal(RefusalKind.Forbidden, "unseen", "There is no such request.")
                        : isOther
                            ? new Refusal(RefusalKind.Conflict, "version", "The request changed meanwhile.")
                        : request.Take(move, by, hearing);
                },
                choices,
                new(by)
                {
                    Key = key,
                    IsDryRun = isDryRun,
                    Name = $"request.{move.Action.Word()}",
                }
            );
        if (outcome.IsUnknown || isHidden)
            return RequestAnswers.Missing(number.ToString(CultureInfo.InvariantCulture));
        if (outcome.IsKeyOfAnother)
            return RequestAnswers.KeyUsed();
        if (isOther)
            return Answer.Problem(
                ProblemKind.OtherVersion,
                "The request changed since it was seen: read it again, then send its entity tag as If-Match."
            );
        return outcome.Refusal is { } refusal
            ? RequestAnswers.Refused(refusal)
            : await RequestAnswers.DoneAsync(call, outcome, isList: false, StatusCodes.Status200OK, isDryRun);
    }

    static string SummaryOf(RequestAction action) =>
        action switch
        {
            RequestAction.Submit => "Submit a draft",
            RequestAction.Ask => "Ask the applicant something",
            RequestAction.Answer => "Answer what was asked",
            RequestAction.Confirm => "Agree as who holds the assignment, or confirm a claim",
            RequestAction.Deny => "Do not agree, or do not confirm a claim",
            RequestAction.Recommend => "Recommend for or against it, as an expert",
            RequestAction.Approve => "Approve it",
            RequestAction.Reject => "Reject it, with a reason",
            RequestAction.Assign => "Carry the decision out: one revision",
            RequestAction.Withdraw => "Take it back",
            RequestAction.Refer => "Refer it to an expert",
            RequestAction.StandIn => "Name a stand-in for the experts of a pool",
            _ => "Record an attempt to reach a party",
        };

    static string Camel(string word, bool isFirst = false) =>
        string.Concat(
            word.Split('-')
                .Select((part, i) => i == 0 && !isFirst ? part : char.ToUpperInvariant(part[0]) + part[1..])
        );
}
