using System.Collections.Immutable;
using Berthbook.Requests;
using CsCheck;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>What holds of the verdict on any request, however odd.</summary>
public class CheckingTests
{
    static readonly Gen<string?> Text = Gen.OneOf<string?>(
        null,
        "",
        " ",
        "lamp",
        "LAMP",
        "torch-v2",
        "bare",
        "port-service",
        "a--b",
        "RFC 9999",
        "https://example.com/x",
        "dee@example.com",
        "N1",
        "P4",
        "\u001b[31mred\r\n",
        "Ada_Example",
        "SC:scal",
        "0",
        new string('x', 20_000)
    );

    static readonly Gen<RequestParty?> Party = Gen.Select(
        Text,
        Text,
        Text,
        (name, email, contact) =>
            name is null && email is null && contact is null
                ? null
                : new RequestParty
                {
                    Name = name,
                    Email = email,
                    Contact = contact,
                }
    );

    static readonly Gen<PortWish> Port = Gen.OneOf(
            "none",
            "user",
            "system",
            "0",
            "917",
            "1021",
            "1024",
            "5000",
            "5001",
            "45060",
            "49151",
            "65535",
            "5000-5010",
            "49000-50000"
        )
        .Select(text => PortWish.TryParse(text, out var wish) ? wish : default);

    static readonly Gen<ImmutableArray<TransportProtocol>> Transports = Gen.Byte[0, 15]
        .Select(bits =>
            TransportProtocols.All.Where(one => (bits & (1 << (int)one)) != 0).ToImmutableArray()
        );

    static readonly Gen<ImmutableArray<string>> Texts = Text.Array[0, 3]
        .Select(texts => texts.OfType<string>().ToImmutableArray());

    static readonly Gen<RequestDocument> Document =
        from kind in Gen.Enum<RequestKind>()
        from role in Gen.Enum<RequesterRole>()
        from port in Port
        from newPort in Gen.UShort
        from transports in Transports
        from parties in Party.Array[3]
        from text in Text.Array[16]
        from lists in Texts.Array[3]
        from flags in Gen.Bool.Array[9]
        select new RequestDocument
        {
            Kind = kind,
            Role = role,
            Name = text[0],
            NewName = text[1],
            Transports = transports,
            Port = port,
            NewPort = flags[0] ? new PortNumber(newPort) : null,
            ServiceCodes = lists[0],
            Assignee = parties[0],
            Contact = parties[1],
            Requester = parties[2],
            Description = text[2],
            Reference = text[3],
            UsesBroadcast = flags[1] ? flags[2] : null,
            UsesMulticast = flags[1] ? flags[2] : null,
            UsesAnycast = flags[1] ? flags[2] : null,
            Specification = text[4],
            IsIetfStream = flags[3],
            WhyNotDynamic = text[5],
            WhyNotUser = text[6],
            WhyAnother = text[7],
            InBand = text[8],
            Reason = text[9],
            OutOfUse = text[10],
            ReleasesName = flags[4],
            IsUseUnclear = flags[5],
            Attempts = text[11],
            IsAgreed = flags[6],
            Evidence = text[12],
            Approval = flags[7] ? new(text[13] ?? "", text[14], text[15]) : null,
            UnauthorizedUse = text[13],
            Notes = text[14],
            OtherNames = lists[1],
            Waives = lists[2],
            Replacements = flags[8] ? [new(text[13] ?? "", text[14] ?? "")] : [],
            Header = flags[8] ? new() { Experts = text[13], Title = text[14] } : null,
        };

    static readonly RuleBasis Basis = new(
        new(
            Registry(
                Held("lamp", "5000", "tcp", assignee: "Bo_Example"),
                Held("bare", "", "tcp", contact: ""),
                Held("torch", "917", "udp", contact: "Cy_Erased"),
                Nameless("Reserved", "5001", "tcp"),
                Nameless("Unassigned", "45000-45100")
            )
        )
    );

    static readonly ImmutableArray<PendingRequest> Pending =
    [
        new(3, new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), For(RequestKind.Assign, "torch-v2", "45060", "tcp")),
    ];

    [Fact]
    public void Every_request_has_a_verdict_that_holds_together() =>
        Document.Sample(
            document =>
            {
                var verdict = InForce.Book.Check(Basis, document, Today, Pending);
                Assert.Equal(
                    verdict.IsRefused,
                    verdict.Procedure is null && verdict.Effect is null && Refuses(verdict)
                );
                Assert.Equal(
                    verdict.Findings.OrderByDescending(finding => finding.Severity),
                    verdict.Findings.AsEnumerable()
                );
                Assert.All(verdict.Findings, finding => Assert.NotNull(InForce.Book.Find(finding.Rule)));
                Assert.All(verdict.Next, step => Assert.NotNull(InForce.Book.Find(step.Rule)));
                Assert.All(verdict.Findings, finding => AssertIsShown(finding.Message));
                Assert.All(verdict.Next, step => AssertIsShown(step.Words));
                Assert.NotEmpty(verdict.Next);
            },
            iter: Counts.Of(1_000, 100_000),
            threads: 1
        );

    [Fact]
    public void A_request_that_is_complete_is_decided_by_somebody() =>
        Document.Sample(
            document =>
            {
                var verdict = InForce.Book.Check(Basis, document, Today, Pending);
                if (verdict.IsComplete)
                    Assert.NotNull(verdict.Procedure);
            },
            iter: Counts.Of(1_000, 100_000),
            threads: 1
        );

    [Fact]
    public void The_same_question_has_the_same_answer() =>
        Document.Sample(
            document =>
                Assert.Equal(
                    InForce.Book.Check(Basis, document, Today, Pending).Words(),
                    InForce.Book.Check(Basis, document, Today, Pending).Words()
                ),
            iter: 300,
            threads: 1
        );

    static bool Refuses(Verdict verdict) =>
        verdict.Findings.Any(finding => finding.Severity == Severity.Refuse);

    // In whole sentences, short, and without characters that could forge a line.
    static void AssertIsShown(string words)
    {
        Assert.InRange(words.Length, 10, 1_000);
        Assert.DoesNotContain(words, char.IsControl);
        Assert.True(words[^1] is '.' or '?', words);
    }
}
