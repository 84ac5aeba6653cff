using System.Collections.Immutable;
using Berthbook.Formats;
using Berthbook.Rules;

namespace Berthbook.Requests;

/// <summary>
/// The letters that a change of a request owes: to whom, and what they say. Pure; nobody's private data stands in a letter to
/// somebody else, and every link begins with the address of the settings.
/// </summary>
public static class Letters
{
    const int LongestLine = 200; // of a subject; RFC 5322 section 2.1.1 allows 998 octets of a line

    /// <summary>The letters of one change, in the order in which they are sent.</summary>
    /// <param name="before">The request before it; null where it is new.</param>
    /// <param name="after">The request after it, as it is stored.</param>
    /// <param name="hearing">What the change was held against.</param>
    /// <param name="head">What all letters of the registry have in common.</param>
    /// <param name="code">Makes a new secret code for a link.</param>
    public static ImmutableArray<OwedLetter> About(
        Request? before,
        Request after,
        Hearing hearing,
        LetterHead head,
        Func<string> code
    )
    {
        var writing = new LetterWriting(after, hearing, head, code);
        return
        [
            .. after.Steps.Skip(before?.Steps.Length ?? 0).SelectMany(step => OfStep(writing, step)),
            .. OfState(before, after, hearing, writing),
        ];
    }

    /// <summary>Whether mail can be sent to an address: <c>user@host</c>, of a length that relays take, without anything that steers.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= 254 && MailAddress.IsWellFormed(text) && text.All(Shown.IsSafe);

    /// <summary>A text as one line that cannot forge another, cut where it is too long: a subject, the words of a relay.</summary>
    public static string OneLine(string text)
    {
        var line = string.Join(
            ' ',
            string.Concat(text.Select(c => Shown.IsSafe(c) ? c : ' '))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return line.Length <= LongestLine ? line : $"{line.AsSpan(0, LongestLine - 1)}…";
    }

    static IEnumerable<OwedLetter> OfStep(LetterWriting writing, RequestStep step) =>
        step.Action switch
        {
            RequestAction.Submit => [.. writing.Receipt(), .. writing.AddressLinks("address")],
            RequestAction.Ask => writing.Question(step),
            RequestAction.Answer => writing.Answer(step),
            RequestAction.StandIn => writing.StandIn(step),
            RequestAction.Reject or RequestAction.Deny => writing.Rejected(step),
            RequestAction.Approve when writing.Request.State == RequestState.Approved => writing.Approved(
                step
            ),
            RequestAction.Assign => writing.Assigned(step),
            RequestAction.Withdraw => writing.Withdrawn(),
            RequestAction.Expire => writing.Expired(step),
            RequestAction.Silence => writing.Silent(step),
            RequestAction.Remind => writing.Reminder(step),
            _ => [],
        };

    // What others are asked for where the request came to stand somewhere else.
    static IEnumerable<OwedLetter> OfState(
        Request? before,
        Request after,
        Hearing hearing,
        LetterWriting writing
    )
    {
        var isNew = before?.State != after.State;
        if (isNew && after.State == RequestState.ConfirmationPending)
            return writing.Confirmation();
        if (isNew && after.State == RequestState.InReview)
            return writing.Review();
        return IsForApprover(after) && (before is null || !IsForApprover(before)) ? writing.Approval() : [];

        bool IsForApprover(Request request) =>
            Course.DeciderOf(request, hearing) == Offices.Approver
            && (
                request.State == RequestState.AwaitingApproval
                || (
                    request.State == RequestState.InReview
                    && Course.IsReviewed(request, hearing)
                    && Course.MissingPools(request, hearing).IsEmpty
                )
            );
    }
}
