using System.Globalization;
using Berthbook.Formats;
using Berthbook.Rules;

namespace Berthbook.Requests;

/// <summary>Writes the letters about one request: what happened, what to do, where.</summary>
sealed class LetterWriting(Request request, Hearing hearing, LetterHead head, Func<string> code)
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

    public IEnumerable<OwedLetter> StandIn(RequestStep step)
    {
        if (step.Concerned is not > 0)
            return [];
        var text = Begin(
                $"{Office(step)} names you to review it in the place of the experts for {step.Pool?.Title()}:"
            )
            .Quote(step.Words ?? "")
            .Say(ReviewWords)
            .Link(head.Link(Page));
        return
        [
            new(
                new Addressee.Account(step.Concerned.Value),
                "review",
                Subject("your recommendation is asked for"),
                text.Sign(head)
            ),
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

    // Whose word is awaited, each with what is asked of him.
    public IEnumerable<OwedLetter> Confirmation(string kind = "confirmation")
    {
        var awaited = Course
            .AwaitedConfirmations(request, hearing)
            .Select(finding => finding.Step!.Who)
            .ToHashSet();
        if (awaited.Contains(Role.Assignee) && !hearing.Holders.IsEmpty)
            yield return new(
                new Addressee.Holders(hearing.Holders),
                kind,
                Subject(kind == "reminder" ? "your word is still asked for" : "your word is asked for"),
                Begin("It concerns an assignment that you hold.")
                    .Say(
                        $"Say on its page whether you agree. Your silence is not taken for a yes; after {Days} the registry goes on without your word."
                    )
                    .Link(head.Link(Page))
                    .Sign(head)
            );
        if (awaited.Contains(Role.Approver))
            yield return new(
                new Addressee.Office(Offices.Approver),
                kind,
                Subject("your word is asked for"),
                Begin("It concerns an assignment without any party; you stand for it.")
                    .Say("Say on its page whether you agree.")
                    .Link(head.Link(Page))
                    .Sign(head)
            );
        if (awaited.Contains(Role.Registrar))
            yield return new(
                new Addressee.Office(Offices.Registrar),
                kind,
                Subject("a claim is to be confirmed"),
                Begin("Who asks claims to act for the assignee or a contact.")
                    .Say(
                        "Confirm the claim only on evidence, which is kept with the request; an e-mail address alone is none."
                    )
                    .Link(head.Link(Page))
                    .Sign(head)
            );
    }

    public IEnumerable<OwedLetter> Review(string kind = "review")
    {
        var offices = Course
            .MissingPools(request, hearing)
            .Aggregate(Offices.None, (all, pool) => all | pool.Office());
        return offices == Offices.None
            ? []
            :
            [
                new(
                    new Addressee.Office(offices),
                    kind,
                    Subject(
                        kind == "reminder"
                            ? "your recommendation is still asked for"
                            : "your recommendation is asked for"
                    ),
                    Begin($"Request {Number} is in review.").Say(ReviewWords).Link(head.Link(Page)).Sign(head)
                ),
            ];
    }

    public IEnumerable<OwedLetter> Approval() =>
        [
            new(
                new Addressee.Office(Offices.Approver),
                "approval",
                Subject("your decision is asked for"),
                Begin($"Request {Number} waits for your decision.")
                    .Say("Approve or reject it on its page; the reason is public.")
                    .Link(head.Link(Page))
                    .Sign(head)
            ),
        ];

    public IEnumerable<OwedLetter> Reminder(RequestStep step) =>
        Clock.KindOf(step.Words ?? "") switch
        {
            ClockKind.RemindAddresses => AddressLinks("reminder"),
            ClockKind.RemindHolders => Confirmation("reminder"),
            ClockKind.RemindExperts => Review("reminder"),
            ClockKind.TellRegistrar => Late(Offices.Registrar),
            ClockKind.TellApprover => Late(Offices.Approver),
            ClockKind.Silence => Confirmation("reminder"),
            ClockKind.RemindApplicant => ToApplicant(
                "reminder",
                "a question is still open",
                Begin("A question about it is still open:")
                    .Quote(
                        request.Steps.LastOrDefault(asked => asked.Action == RequestAction.Ask)?.Words ?? ""
                    )
                    .Say($"Answer on the page of the request. It expires {Days} after it was asked.")
                    .Link(head.Link(Page))
            ),
            _ => [],
        };

    IEnumerable<OwedLetter> Late(Offices who)
    {
        var days = (int)(hearing.Now - Clocks.Since(request)).TotalDays;
        return
        [
            new(
                new Addressee.Office(who),
                "reminder",
                Subject("no recommendation yet"),
                Begin($"Request {Number} is in review for {Rules.Say.Many(days, "day")}.")
                    .Say(
                        request.Document.Kind == RequestKind.UnauthorizedUse
                            ? $"{Label(Role.Registrar)} has not decided the report yet."
                            : $"The experts for {Rules.Say.And([.. Clocks.MissingPools(request).Select(pool => pool.Title())])} have not recommended yet."
                    )
                    .Link(head.Link(Page))
                    .Sign(head)
            ),
        ];
    }

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

    const string ReviewWords =
        "Recommend for or against on its page and state why, citing criteria; your reason is public. Who has a part in the request does not review it.";

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
