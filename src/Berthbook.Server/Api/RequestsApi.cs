using Berthbook.Answers;
using Berthbook.Formats;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Server.Api;

/// <summary>Answers what the rules say of a request that nobody submitted.</summary>
static class RequestsApi
{
    public static readonly ApiOperation Check = new(
        "checkRequest",
        "/requests/check",
        "What the rules say of a request, without submitting it",
        typeof(VerdictReply),
        Answered
    )
    {
        Description =
            "A dry run: nothing is stored. The answer is the same whatever the verdict: \"findings\" says what is refused, "
            + "needed and advised, with the rule; \"effect\" how the published records would change; \"next\" what happens. A "
            + "need without a field waits for somebody else.",
        Body = new("Request", PublishedFiles.RequestSchema, RequestFormat.MaxBytes),
    };

    static Answer Answered(Call call)
    {
        var read = RequestFormat.Read(call.Body);
        if (read.Document is not { } document)
            return Answer.Problem(
                ProblemKind.Malformed,
                read.Faults[0].Message,
                read.Faults.Select(fault => new Fault(
                    fault.Line,
                    fault.Column,
                    fault.Field.Length == 0 ? null : fault.Field,
                    fault.Message
                ))
            );
        var services = call.Context.RequestServices;
        var basis = call.Snapshot.Basis;
        var today = DateOnly.FromDateTime(
            services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime
        );
        var verdict = RuleBook.Standard.Check(basis, document, today);
        return Answer.Ok(
            VerdictReply.Of(
                verdict,
                basis.Settings,
                services.GetRequiredService<Settings>().ApplyAddressOf(call.Snapshot.Registry)
            ),
            ApiJson.Default.VerdictReply
        );
    }
}
