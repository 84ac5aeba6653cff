using System.Globalization;
using Berthbook.Formats;
using Berthbook.Rules;

namespace Berthbook.Requests;

/// <summary>Writes the letters about one request: what happened, what to do, where.</summary>
sealed partial class LetterWriting(Request request, Hearing hearing, LetterHead head, Func<string> code)
{
    public Request Request => request;

    RuleSettings Settings => hearing.Settings;

    string Number => request.Number.ToString(CultureInfo.InvariantCulture);

    string Page => $"/requests/{Number}";

    string Days => Rules.Say.Many(Settings.ReachDays, "day");

    public IEnumerable<OwedLetter> Receipt() =>
        ToApplicant(
            "receipt",
            "received",
            Begin($"Request {Number} is received.").Say(Standing()).Link(head.Link(Page))
        );

    // A link for each address that nobody confirmed; only who reads that mailbox has it (procedures A1).
    public IEnumerable<OwedLetter> AddressLinks(string kind)
    {
        foreach (var address in request.Unconfirmed)
        {
            var secret = code();
            var text = Begin($"Request {Number} names this e-mail address.")
                .Say(
                    $"If that is right, confirm it with the link; the request counts once every address in it is confirmed. The link works while the request waits, at most {Days}. If you know nothing of this request, do nothing: it expires."
                )
                .Link(head.Link($"{Page}/confirm?code={secret}"));
            yield return new(
                new Addressee.Mailbox(address),
                kind,
                Subject(
                    kind == "reminder" ? "your address is still to be confirmed" : "confirm your address"
                ),
                text.Sign(head)
            )
            {
                Code = secret,
            };
        }
    }

    public IEnumerable<OwedLetter> Question(RequestStep step) =>
        ToApplicant(
            "question",
            "a question",
            Begin($"{Office(step)} asks:")
                .Quote(step.Words ?? "")
                .Say($"Answer on the page of the request. Without an answer within {Days} it expires.")
                .Link(head.Link(Page))
        );

    // To who asked.
    public IEnumerable<OwedLetter> Answer(RequestStep step)
    {
        if (
            request.Steps.LastOrDefault(asked => asked.Action == RequestAction.Ask)
            is not { Account: > 0 } question
        )
            return [];
        var text = Begin("The applicant answers what you asked:")
            .Quote(step.Words ?? "")
            .Say(Standing())
            .Link(head.Link(Page));
        return
        [
            new(new Addressee.Account(question.Account), "answer", Subject("an answer"), text.Sign(head)),
        ];
    }

    public IEnumerable<OwedLetter> Rejected(RequestStep step) =>
        ToApplicant(
            "decision",
            "rejected",
            Begin(
                    step.Action == RequestAction.Deny
                        ? $"Request {Number} is rejected: {Office(step, inSentence: true)} does not agree."
                        : $"{Office(step)} rejects it. The reason:"
                )
                .Quote(step.Words ?? "")
                .Say("You may revise it and submit it as a new request that refers to this one.")
                .Link(head.Link(Page))
        );

    public IEnumerable<OwedLetter> Approved(RequestStep step) =>
        ToApplicant(
            "decision",
            "approved",
            With(Begin($"{Office(step)} approves it."), step.Words)
                .Say($"{Label(Role.Registrar)} carries it out next; you are told.")
                .Link(head.Link(Page))
        );

    public IEnumerable<OwedLetter> Assigned(RequestStep step)
    {
        var revision = request.Revision is { } number
            ? $"revision {number.ToString(CultureInfo.InvariantCulture)} of the registry"
            : "the registry";
        var text = With(Begin($"Request {Number} is carried out: it is in {revision}."), step.Words)
            .Link(head.Link(Page));
        if (request.Revision is { } made)
            text.Link(head.Link($"/changes/{made.ToString(CultureInfo.InvariantCulture)}"));
        foreach (var letter in ToApplicant("decision", "assigned", text))
            yield return letter;
        // The assignee is told of a report that was accepted, not by whom (procedures C7).
        if (request.Document.Kind != RequestKind.UnauthorizedUse || hearing.Holders.IsEmpty)
            yield break;
        var told = Begin("A report about an assignment that you hold was checked and accepted.");
        if (request.Revision is { } at)
            told.Link(head.Link($"/changes/{at.ToString(CultureInfo.InvariantCulture)}"));
        yield return new(
            new Addressee.Holders(hearing.Holders),
            "decision",
            Subject("a report is accepted"),
            told.Sign(head)
        );
    }

    public IEnumerable<OwedLetter> Withdrawn() =>
        ToApplicant("decision", "withdrawn", Begin($"Request {Number} is withdrawn.").Link(head.Link(Page)));

    public IEnumerable<OwedLetter> Expired(RequestStep step) =>
        ToApplicant(
            "decision",
            "expired",
            With(Begin($"Request {Number} has expired."), step.Words)
                .Say("You may submit it again.")
                .Link(head.Link(Page))
        );

    public IEnumerable<OwedLetter> Silent(RequestStep step) =>
        ToApplicant(
            "decision",
            step.State == RequestState.Rejected ? "rejected" : "goes on to review",
            With(Begin($"Who holds the assignment did not answer within {Days}."), step.Words)
                .Link(head.Link(Page))
        );

    // The applicant's account; for a request that came by mail, the address that it names.
    IEnumerable<OwedLetter> ToApplicant(string kind, string what, LetterText text)
    {
        Addressee? to =
            request.Applicant > 0 ? new Addressee.Account(request.Applicant)
            : (request.Document.Requester?.Email ?? request.Document.Contact?.Email) is { } address
                ? new Addressee.Mailbox(address.Trim())
            : null;
        return to is null ? [] : [new(to, kind, Subject(what), text.Sign(head))];
    }

    LetterText Begin(string happened) => new LetterText().Say($"Request {Number}: {What}.").Say(happened);

    static LetterText With(LetterText text, string? words) =>
        string.IsNullOrWhiteSpace(words) ? text : text.Quote(words);

    string Subject(string what) =>
        Letters.OneLine(
            request.Document.Name is { Length: > 0 } name
                ? $"Request {Number} ({Shown.Of(name)}): {what}"
                : $"Request {Number}: {what}"
        );

    // What is asked, as the public may read it: lab-scales, TCP, port 45060 (assign).
    string What
    {
        get
        {
            var document = request.Document;
            List<string> parts = [];
            if (document.Name is { Length: > 0 } name)
                parts.Add(Shown.Of(name));
            parts.AddRange(document.Transports.Select(transport => transport.UpperName()));
            if (document.Port.Kind == PortWishKind.Number)
                parts.Add($"port {document.Port}");
            return parts.Count > 0
                ? $"{string.Join(", ", parts)} ({document.Kind.Word()})"
                : document.Kind.Title();
        }
    }

    // What happens next, for the applicant.
    string Standing() =>
        request.State switch
        {
            RequestState.Submitted =>
                "It counts once every e-mail address that it names is confirmed; a link was sent to each.",
            RequestState.ConfirmationPending => "It waits for a confirmation; its page says whose.",
            RequestState.InReview when Course.IsReviewed(request, hearing) =>
                $"{Label(Role.Expert)} reviews it next.",
            RequestState.InReview or RequestState.AwaitingApproval =>
                $"{Label(Course.DeciderOf(request, hearing) == Offices.Approver ? Role.Approver : Role.Registrar)} decides it next.",
            RequestState.Assigned => "It is decided already; another letter says how.",
            _ => $"It is {request.State.Word()}.",
        };

    string Label(Role role) => Rules.Say.Sentence(Settings.Label(role));

    string Office(RequestStep step, bool inSentence = false)
    {
        var label = step.Office switch
        {
            RequestOffice.Holder => "who holds the assignment",
            RequestOffice.Expert => Settings.Label(Role.Expert),
            RequestOffice.Registrar => Settings.Label(Role.Registrar),
            RequestOffice.Approver => Settings.Label(Role.Approver),
            RequestOffice.Applicant => Settings.Label(Role.Applicant),
            _ => "the registry",
        };
        return inSentence ? label : Rules.Say.Sentence(label);
    }
}
