using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Berthbook.Answers;
using Berthbook.Formats;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.Net.Http.Headers;

namespace Berthbook.Server.Api;

/// <summary>What all addresses of requests have in common: what they read of a call, and how they answer.</summary>
static class RequestAnswers
{
    // A commit is served within milliseconds; who waits longer is answered without.
    static readonly TimeSpan MostWait = TimeSpan.FromSeconds(10);

    public static readonly Parameter Number = new(
        "number",
        "The number of the request, from 1.",
        ParameterType.Revision
    );

    public static readonly Parameter DryRun = new(
        "dryRun",
        "true: everything is done but the commit; nothing is kept, no mail goes out.",
        ParameterType.Flag
    );

    public static Parameter Key(bool isRequired) =>
        new(
            "Idempotency-Key",
            "1 to 128 visible ASCII characters, a fresh key for each call. The same call with the same key is done once and "
                + "answered again; another call with the key is refused.",
            ParameterType.Text,
            isRequired
        );

    /// <summary>The key of a call; a fault where it is none. Null where none is given.</summary>
    public static IdempotencyKey? KeyOf(Call call, out Answer? fault)
    {
        fault = null;
        var given = call.Context.Request.Headers["Idempotency-Key"];
        if (given.Count == 0)
            return null;
        if (given is [{ Length: > 0 and <= 128 } text] && text.All(c => c is > ' ' and <= '~'))
            return new(text, Fingerprint(call));
        fault = Answer.Malformed(
            "Idempotency-Key",
            "An idempotency key is 1 to 128 visible ASCII characters, given once; make a fresh one for each call."
        );
        return null;
    }

    /// <summary>The answer of requests that a call made or changed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="outcome">What came of it, without a refusal.</param>
    /// <param name="isList">Whether several are answered, as a list.</param>
    /// <param name="status">The status.</param>
    /// <param name="isDryRun">Whether nothing was kept.</param>
    public static async ValueTask<Answer> DoneAsync(
        Call call,
        CallOutcome outcome,
        bool isList,
        int status,
        bool isDryRun
    )
    {
        if (!isDryRun && outcome.Revision is { } revision)
            await ServedAsync(call, revision);
        var snapshot = call.Of<CurrentRegistry>().Snapshot;
        if (!isList)
            return Of(call, outcome.Requests[0], snapshot) with
            {
                Status = status,
                Location = status == StatusCodes.Status201Created ? AddressOf(outcome.Requests[0]) : null,
            };
        ImmutableArray<RequestReply> replies =
        [
            .. outcome.Requests.Select(request => ReplyOf(call, request, snapshot)),
        ];
        return Answer.Ok(replies, ApiJson.Default.ImmutableArrayRequestReply) with
        {
            Status = status,
            Location = status == StatusCodes.Status201Created ? AddressOf(outcome.Requests[0]) : null,
        };
    }

    /// <summary>The answer of one request, with its entity tag.</summary>
    public static Answer Of(Call call, Request request, Snapshot snapshot)
    {
        var answer = Answer.Ok(ReplyOf(call, request, snapshot), ApiJson.Default.RequestReply);
        // The version, by which actions go, and the bytes, which are others for others.
        var hash = Convert.ToHexStringLower(SHA256.HashData(answer.Body.Span).AsSpan(0, 6));
        return answer with
        {
            ETag = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{request.Number}-{request.Version}-{hash}\""
            ),
        };
    }

    /// <summary>The answer where there is no such request, or none that the caller may know of.</summary>
    public static Answer Missing(string number) => Answer.NotFound($"There is no request {number}.");

    /// <summary>The answer to what was refused by a rule or a state.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="place">Of several documents the place of the one that was refused; null for one alone.</param>
    public static Answer Refused(Refusal refusal, int? place = null)
    {
        var words = place is { } at
            ? $"The document at place {at} of the list is refused, so none was taken: {refusal.Words}"
            : refusal.Words;
        if (refusal.Kind == RefusalKind.Malformed)
            return Answer.Problem(
                ProblemKind.Malformed,
                words,
                new Fault(null, null, FieldAt(refusal.Field, place), refusal.Words)
            );
        ImmutableArray<FindingReply> findings =
            refusal.Findings.Length > 0
                ? [.. refusal.Findings.Select(FindingReply.Of)]
                : [new(refusal.Rule, "refuse", refusal.Field, refusal.Words)];
        return Answer.Problem(
            refusal.Kind == RefusalKind.Forbidden ? ProblemKind.Forbidden : ProblemKind.Conflict,
            words,
            [],
            [.. findings.Select(finding => finding with { Field = FieldAt(finding.Field, place) })]
        );
    }

    /// <summary>The answer to a document, or to what is said to an action, that cannot be read.</summary>
    public static Answer Unreadable(ImmutableArray<Problem> faults) =>
        Answer.Problem(
            ProblemKind.Malformed,
            faults[0].Message,
            faults.Select(fault => new Fault(
                fault.Line,
                fault.Column,
                fault.Field.Length == 0 ? null : fault.Field,
                fault.Message
            ))
        );

    public static Answer KeyUsed() => Answer.Problem(ProblemKind.KeyUsed, ProblemKind.KeyUsed.Explanation);

    static string? FieldAt(string? field, int? place) =>
        place is not { } at ? field
        : field is null ? $"[{at}]"
        : $"[{at}].{field}";

    static string AddressOf(Request request) =>
        string.Create(CultureInfo.InvariantCulture, $"{Layout.Addresses.Api}/requests/{request.Number}");

    static RequestReply ReplyOf(Call call, Request request, Snapshot snapshot) =>
        RequestReply.Of(
            request,
            call.Of<RequestStore>().Hear(request),
            call.Context.FindActor(),
            snapshot.History,
            snapshot.Registry
        );

    // The revision is committed whether or not it can be served by now.
    static async Task ServedAsync(Call call, int revision)
    {
        try
        {
            await call.Of<CurrentRegistry>()
                .ServedAsync(revision)
                .WaitAsync(MostWait, CancellationToken.None);
        }
        catch (Exception e)
        {
            call.Of<ILogger<Call>>()
                .LogWarning(e, "Revision {Revision} is committed, not served yet", revision);
        }
    }

    static byte[] Fingerprint(Call call)
    {
        var request = call.Context.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{request.Method} {request.PathBase}{request.Path}{request.QueryString}\n"
            )
        );
        hash.AppendData(call.Body.Span);
        return hash.GetHashAndReset();
    }

    /// <summary>The version that If-Match names; 0 for any. A refusal where it names none of the request.</summary>
    public static int? VersionOf(Call call, int number, out Answer? fault)
    {
        fault = null;
        var given = call.Context.Request.Headers.IfMatch;
        if (given.Count == 0)
        {
            fault = Answer.Problem(
                ProblemKind.NoVersion,
                "If-Match is missing: send the entity tag of the request as it was seen, or * for any version."
            );
            return null;
        }
        if (!EntityTagHeaderValue.TryParseStrictList(given, out var tags))
        {
            fault = Answer.Malformed(
                "If-Match",
                $"'{given}' is no entity tag: send the one of the request's last answer, as \"{number}-1\", or *."
            );
            return null;
        }
        if (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)))
            return 0;
        foreach (var tag in tags)
        {
            // NUMBER-VERSION, and what tells one reader's bytes from another's.
            if (
                !tag.IsWeak
                && tag.Tag.ToString().Trim('"').Split('-') is [var of, var version, ..]
                && ApiQuery.TryParseNumber(of, out var tagged)
                && tagged == number
                && ApiQuery.TryParseNumber(version, out var seen)
                && seen > 0
            )
                return seen;
        }
        return -1;
    }
}
