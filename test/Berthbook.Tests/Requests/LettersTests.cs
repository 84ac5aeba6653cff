using System.Text;
using Berthbook.Rules;
using static Berthbook.Requests.Played;
using static Berthbook.Requests.RequestAction;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Requests;

/// <summary>Which letters a change owes to whom, and what they say.</summary>
public class LettersTests
{
    static readonly LetterHead Head = new("Harbour Ports", new("https://ports.example.net"));

    static RequestDocument UserPort => For(RequestKind.Assign, "lab-scales", "45060", "tcp");

    static RequestDocument Addition => For(RequestKind.Add, "lamp", "45000", "udp");

    [Fact]
    public void A_name_that_is_assigned_at_once_owes_a_receipt_and_a_decision()
    {
        var letters = Steps(
            new Played(Registry(), For(RequestKind.Assign, "lab-scales", "none", "tcp")),
            (Submit, Dee)
        );
        Golden.Check(letters, "letters-at-once.txt");
    }

    [Fact, Trait("Rule", "A1")]
    public void Each_unconfirmed_address_gets_a_link_of_its_own_and_the_reminder_another()
    {
        var document = For(RequestKind.Assign, "lab-scales", "none", "tcp") with
        {
            Assignee = new() { Name = "Dee Instruments", Email = "office@example.com" },
            Contact = new() { Name = "Cleo", Email = "cleo@example.org" },
        };
        var played = new Played(Registry(), document);
        var letters = Told(played, Submit, Dee)
            .Concat(Fired(played, 10))
            .Concat(Fired(played, 20))
            .Concat(Fired(played, 30));
        Golden.Check(Bytes(letters), "letters-addresses.txt");
    }

    [Fact, Trait("Rule", "A17")]
    public void A_review_owes_letters_to_experts_and_then_to_who_has_to_know_that_they_are_late()
    {
        var played = new Played(Registry(), UserPort);
        var letters = Told(played, Submit, Dee)
            .Concat(Fired(played, 7))
            .Concat(Fired(played, 14))
            .Concat(Fired(played, 30))
            .Concat(Told(played, StandIn, Approver));
        Golden.Check(Bytes(letters), "letters-review.txt");
    }

    [Fact]
    public void A_question_goes_to_the_applicant_and_its_answer_to_who_asked()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        var letters = Told(played, Ask, Expert, "Which vendor ships it?\nSince when?")
            .Concat(Fired(played, 10));
        Golden.Check(Bytes([.. letters, .. Told(played, Answer, Dee, "We do.")]), "letters-question.txt");
    }

    [Fact]
    public void A_decision_goes_to_the_applicant_with_its_reason()
    {
        var played = new Played(Registry(), UserPort).After((Submit, Dee), (Recommend, Expert));
        var approved = Told(played, Approve, Registrar, "It is sound.");
        var assigned = Told(played, Assign, Registrar, null);
        var other = new Played(Registry(), UserPort).After((Submit, Dee), (Recommend, Expert));
        var rejected = Told(other, Reject, Registrar, "A Dynamic Port does.");
        var third = new Played(Registry(), UserPort).After((Submit, Dee));
        Golden.Check(
            Bytes([.. approved, .. assigned, .. rejected, .. Told(third, Withdraw, Dee)]),
            "letters-decisions.txt"
        );
    }

    [Fact]
    public void The_approver_is_asked_once_the_decision_is_his()
    {
        var played = new Played(Registry(), For(RequestKind.Assign, "lab-scales", "917", "tcp"));
        var letters = Told(played, Submit, Dee);
        Assert.Contains(
            letters,
            letter => letter is { Kind: "approval", To: Addressee.Office { Any: Offices.Approver } }
        );
        Assert.DoesNotContain(Told(played, Approve, Approver), letter => letter.Kind == "approval");
    }

    [Fact, Trait("Rule", "A15"), Trait("Rule", "K3")]
    public void Who_holds_the_assignment_is_asked_and_reminded_and_its_silence_told()
    {
        var played = new Played(Registry(Held("lamp", "45000", "tcp")), Addition)
        {
            Holders = ["Ada_Example"],
        };
        var letters = Told(played, Submit, Dee)
            .Concat(Fired(played, 10))
            .Concat(Fired(played, 20))
            .Concat(Fired(played, 30));
        Golden.Check(Bytes(letters), "letters-confirmation.txt");
    }

    [Fact]
    public void A_denial_tells_the_applicant_why()
    {
        var played = new Played(Registry(Held("lamp", "45000", "tcp")), Addition)
        {
            Holders = ["Ada_Example"],
        };
        played.After((Submit, Dee));
        var letter = Assert.Single(Told(played, Deny, Ada, "It is another service."));
        Assert.Contains("who holds the assignment does not agree", letter.Body, StringComparison.Ordinal);
        Assert.Contains("> It is another service.", letter.Body, StringComparison.Ordinal);
    }

    [Fact, Trait("Rule", "K3")]
    public void A_claim_is_the_registrars_to_confirm_and_no_mailbox_of_the_contact_hears_of_it()
    {
        var document = Addition with { Role = RequesterRole.Contact };
        var played = new Played(Registry(Held("lamp", "45000", "tcp")), document)
        {
            Holders = ["Ada_Example"],
        };
        var letters = Told(played, Submit, Dee);
        Assert.Contains(
            letters,
            letter => letter is { Kind: "confirmation", To: Addressee.Office { Any: Offices.Registrar } }
        );
        Assert.DoesNotContain(letters, letter => letter.To is Addressee.Mailbox);
    }

    [Fact]
    public void A_request_that_came_by_mail_is_answered_to_the_address_that_it_names()
    {
        var document = UserPort with
        {
            Requester = new() { Name = "Wil", Email = "wil@example.org" },
        };
        var draft = Request.Draft(document, Registrar, isByMail: true);
        var played = new Played(Registry(), document);
        var after = draft.Submit(Registrar, played.Hearing).Request!;
        var letters = Letters.About(null, after with { Number = 17 }, played.Hearing, Head, () => "CODE");
        Assert.Contains(
            letters,
            letter => letter is { Kind: "receipt", To: Addressee.Mailbox { Address: "wil@example.org" } }
        );
    }

    [Fact]
    public void Without_a_public_address_a_letter_names_the_path_and_links_nowhere()
    {
        var played = new Played(Registry(), UserPort);
        var after = played.Request.Submit(Dee, played.Hearing).Request!;
        var letters = Letters.About(
            null,
            after with
            {
                Number = 17,
            },
            played.Hearing,
            new("Harbour Ports", null),
            () => "CODE"
        );
        Assert.All(
            letters,
            letter => Assert.Contains("  /requests/17 (on the pages", letter.Body, StringComparison.Ordinal)
        );
        Assert.All(letters, letter => Assert.DoesNotContain("://", letter.Body, StringComparison.Ordinal));
    }

    [Fact]
    public void No_letter_tells_of_the_parties_to_somebody_else()
    {
        var document = UserPort with
        {
            Requester = new()
            {
                Name = "Marker-One",
                Email = "marker-two@example.org",
                Organization = "Marker-Three",
            },
            Assignee = new() { Name = "Marker-Four", Email = "marker-five@example.org" },
            Contact = new() { Name = "Marker-Six", Email = "marker-seven@example.org" },
        };
        var played = new Played(Registry(), document);
        var letters = Told(played, Submit, Dee).ToList();
        foreach (var address in played.Request.Unconfirmed.ToList())
            letters.AddRange(After(played, request => request.ConfirmAddress(address, played.Hearing)));
        letters.AddRange(Told(played, Ask, Expert));
        letters.AddRange(Told(played, Answer, Dee));
        letters.AddRange(Told(played, Recommend, Expert));
        letters.AddRange(Told(played, Reject, Registrar));
        Assert.True(letters.Count >= 8);
        Assert.All(
            letters,
            letter =>
                Assert.DoesNotContain(
                    "marker-",
                    letter.Body + letter.Subject,
                    StringComparison.OrdinalIgnoreCase
                )
        );
    }

    [Fact]
    public void What_somebody_wrote_forges_no_header_and_no_line()
    {
        Assert.Equal(
            "Request Bcc: x@example.org one",
            Letters.OneLine("Request\r\nBcc: x@example.org\0\u2028\u0085 one ")
        );
        var played = new Played(Registry(), UserPort).After((Submit, Dee));
        var letter = Assert.Single(Told(played, Ask, Expert, "one\r\n-- \n\u001b[2J forged"));
        Assert.Contains("> one\n> --\n> [2J forged\n", letter.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dee@example.com", true)]
    [InlineData("dee@example.com\r\nBcc: x@example.org", false)]
    [InlineData("dee@example.com, x@example.org", false)]
    [InlineData("<dee@example.com>", false)]
    [InlineData("dee", false)]
    [InlineData("", false)]
    public void Mail_goes_to_one_plain_address(string text, bool isAddress) =>
        Assert.Equal(isAddress, Letters.IsAddress(text));

    static byte[] Steps(Played played, params (RequestAction Action, Actor By)[] steps) =>
        Bytes(steps.SelectMany(step => Told(played, step.Action, step.By)));

    static List<OwedLetter> Told(Played played, RequestAction action, Actor by, string? words = "because") =>
        After(played, _ => played.Take(action, by, words));

    static List<OwedLetter> Fired(Played played, int days)
    {
        var hearing = played.Hearing with { Now = played.Hearing.Now.AddDays(days) };
        return After(played, request => played.Go(Clocks.Fire(request, hearing)), hearing);
    }

    static List<OwedLetter> After(Played played, Func<Request, Outcome> step, Hearing? hearing = null)
    {
        var before = played.Request.Steps.IsEmpty ? null : played.Request;
        var outcome = step(played.Request);
        Assert.Null(outcome.Refusal);
        // Whoever stores it notes the revision.
        played.Go(
            outcome.Request! with
            {
                Steps =
                [
                    .. outcome.Request.Steps.Select(taken =>
                        taken.Action == Assign ? taken with { Revision = 3 } : taken
                    ),
                ],
            }
        );
        var codes = 0;
        return
        [
            .. Letters.About(
                before,
                played.Request with
                {
                    Number = 17,
                },
                hearing ?? played.Hearing,
                Head,
                () => $"CODE{++codes}"
            ),
        ];
    }

    static byte[] Bytes(IEnumerable<OwedLetter> letters)
    {
        var text = new StringBuilder();
        foreach (var letter in letters)
        {
            var to = letter.To switch
            {
                Addressee.Account account => $"account {account.Number}",
                Addressee.Mailbox mailbox => mailbox.Address,
                Addressee.Office office => string.Join(", ", office.Any.Words()),
                Addressee.Holders holders => $"holders of {string.Join(", ", holders.Contacts)}",
                _ => "?",
            };
            text.Append(
                $"To: {to}\nKind: {letter.Kind}\nSubject: {letter.Subject}\n\n{letter.Body}\n{new string('=', 72)}\n"
            );
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
