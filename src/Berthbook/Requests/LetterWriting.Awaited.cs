using Berthbook.Rules;

namespace Berthbook.Requests;

// Letters to whom the registry waits for: holders, experts, stand-ins, the approver, and all of them when they are late.
sealed partial class LetterWriting
{
    const string ReviewWords =
        "Recommend for or against on its page and state why, citing criteria; your reason is public. Who has a part in the request does not review it.";

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
}
