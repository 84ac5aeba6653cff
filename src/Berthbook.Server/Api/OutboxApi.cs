using System.Text.Json.Serialization;
using Berthbook.Answers;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Storage;

namespace Berthbook.Server.Api;

/// <summary>A letter of the outbox. <c>state</c> is waiting, sent or given-up; a letter that was sent has no body any more.</summary>
sealed record LetterReply(
    int Number,
    string State,
    string Kind,
    string To,
    string Subject,
    string Body,
    int? Request,
    DateTimeOffset Created,
    int Attempts,
    DateTimeOffset? NextAttempt,
    DateTimeOffset? Sent,
    string? Fault,
    string MessageId
);

/// <summary>How replies about the outbox become JSON.</summary>
[JsonSerializable(typeof(ListReply<LetterReply>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
sealed partial class OutboxJson : JsonSerializerContext
{
    static OutboxJson() => Default = new(AnswerJson.NewOptions());
}

/// <summary>The mail that is owed, for the administrator: all there is where no relay sends it.</summary>
static class OutboxApi
{
    public static readonly ApiOperation List = new(
        "listOutbox",
        "/outbox",
        "The letters that are owed or sent, the newest first",
        typeof(ListReply<LetterReply>),
        ListAll
    )
    {
        Description =
            "For administrators, with a token of scope act, since links in letters are keys. Without a relay in the settings "
            + "letters stay here.",
        Query = [Parameter.Page, Parameter.PageSize],
        Requirements = [.. TokensApi.Acting, new NeedsOffice(Offices.Administrator)],
        Problems = [ProblemKind.Unknown, ProblemKind.Forbidden],
        IsOfTheMoment = true,
        IsOfOwn = true,
    };

    static Answer ListAll(Call call)
    {
        var paging = call.Query.Paging();
        if (call.Refusal is { } refusal)
            return refusal;
        var skip = (int)Math.Min((paging.Page - 1L) * paging.PageSize, int.MaxValue);
        var (letters, total) = call.Of<AccountsDatabase>()
            .Read(connection => Outbox.List(connection, skip, paging.PageSize));
        return Answer.Ok(
            new(total, paging.Page, paging.PageSize, [.. letters.Select(ReplyOf)]),
            OutboxJson.Default.ListReplyLetterReply
        );
    }

    static LetterReply ReplyOf(OutboxLetter letter) =>
        new(
            letter.Number,
            letter.State.Word(),
            letter.Letter.Kind,
            letter.Letter.To,
            letter.Letter.Subject,
            letter.Letter.Body,
            letter.Letter.Request,
            letter.Created,
            letter.Attempts,
            letter.NextAttempt,
            letter.Sent,
            letter.Fault,
            letter.MessageId
        );
}
