using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Mail;
using Berthbook.Storage;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Mail;

/// <summary>Mail from the transaction that owes it to a relay on a real socket, and what becomes of it when the relay will not.</summary>
public sealed class MailJourney
{
    static readonly Actor Dee = new()
    {
        Account = 1,
        Name = "Dee",
        Email = "dee@example.com",
    };

    [Fact]
    public async Task A_request_is_stored_with_its_letters_and_they_are_sent_after_the_commit()
    {
        await using var sink = SmtpSink.Start();
        await using var server = await StartAsync(sink);
        var outcome = await Submit(server, NameOnly("lab-scales"));
        Assert.Null(outcome.Refusal);
        var received = await sink.WaitAsync(2);
        Assert.All(received, letter => Assert.Equal(["dee@example.com"], letter.To));
        var receipt = received[0].Message;
        Assert.Equal("Request 1 (lab-scales): received", receipt.Subject);
        Assert.Equal("registry@example.net", receipt.From.Mailboxes.Single().Address);
        Assert.Equal("auto-generated", receipt.Headers["Auto-Submitted"]);
        Assert.Equal(server.Clock.GetUtcNow(), receipt.Date);
        Assert.Contains(
            "https://ports.example.net/requests/1\r\n",
            received[0].Message.TextBody!.ReplaceLineEndings("\r\n"),
            StringComparison.Ordinal
        );
        Assert.Contains("revision 2", received[1].Message.TextBody, StringComparison.Ordinal);
        var sent = await WaitForAsync(
            server,
            letters => letters.All(letter => letter.State == OutboxState.Sent)
        );
        Assert.Equal(
            received.Select(letter => letter.Message.MessageId).Order(),
            sent.Select(letter => letter.MessageId).Order()
        );
        // Links are keys, so no text stays behind.
        Assert.All(sent, letter => Assert.Equal("", letter.Letter.Body));
    }

    [Fact]
    public async Task An_address_is_confirmed_by_the_code_that_only_its_mailbox_has()
    {
        await using var sink = SmtpSink.Start();
        await using var server = await StartAsync(sink);
        var document = NameOnly("lab-scales") with
        {
            Assignee = new() { Name = "Dee Instruments", Email = "office@example.com" },
        };
        Assert.Null((await Submit(server, document)).Refusal);
        var received = await sink.WaitAsync(2);
        var letter = Assert.Single(received, letter => letter.To.Contains("office@example.com"));
        var body = letter.Message.TextBody!;
        var code = body[(body.IndexOf("code=", StringComparison.Ordinal) + 5)..].Split('\n')[0].Trim();
        var now = server.Clock.GetUtcNow();
        Assert.Equal("office@example.com", await Write(server, c => MailedCode.AddressOf(c, 1, code, now)));
        Assert.Null(await Write(server, c => MailedCode.AddressOf(c, 2, code, now)));
        Assert.Null(await Write(server, c => MailedCode.AddressOf(c, 1, code + "A", now)));
        Assert.Null(await Write(server, c => MailedCode.AddressOf(c, 1, code, now.AddDays(32))));
        var hits = await Write(
            server,
            c => Rows(c, "SELECT count(*) FROM mailed_code WHERE instr(hash, CAST(@x AS BLOB)) > 0", code)
        );
        Assert.Equal(0, hits);
    }

    [Theory]
    [InlineData(Treatment.RefuseNow)]
    [InlineData(Treatment.DropBeforeDot)]
    [InlineData(Treatment.RefuseSender)]
    public async Task A_letter_that_the_relay_does_not_take_now_is_sent_a_minute_later(object treatment)
    {
        await using var sink = SmtpSink.Start((Treatment)treatment);
        await using var server = await StartAsync(sink);
        await Add(server, "one@example.org");
        var waiting = await WaitForAsync(server, letters => letters.All(letter => letter.Attempts == 1));
        Assert.Equal(OutboxState.Waiting, waiting.Single().State);
        Assert.NotNull(waiting.Single().Fault);
        Assert.Empty(sink.All);
        await AdvanceUntilAsync(server, TimeSpan.FromSeconds(20), sink, 1);
        Assert.Single(sink.All);
        var sent = await WaitForAsync(
            server,
            letters => letters.All(letter => letter.State == OutboxState.Sent)
        );
        Assert.Equal(sink.All.Single().Message.MessageId, sent.Single().MessageId);
    }

    [Fact]
    public async Task A_letter_whose_acknowledgement_was_lost_is_sent_again_under_the_same_Message_ID()
    {
        await using var sink = SmtpSink.Start(Treatment.DropAfterDot);
        await using var server = await StartAsync(sink);
        await Add(server, "one@example.org");
        await WaitForAsync(server, letters => letters.All(letter => letter.Attempts == 1));
        await AdvanceUntilAsync(server, TimeSpan.FromSeconds(20), sink, 2);
        Assert.Equal([false, true], sink.All.Select(letter => letter.IsAcknowledged));
        Assert.Single(sink.All.Select(letter => letter.Message.MessageId).Distinct());
        Assert.Equal(sink.All[0].Text, sink.All[1].Text);
    }

    [Theory]
    [InlineData(Treatment.RefuseForGood)]
    [InlineData(Treatment.RefuseText)]
    public async Task A_letter_that_is_refused_for_good_is_given_up_told_and_tried_again_on_request(
        object treatment
    )
    {
        await using var sink = SmtpSink.Start((Treatment)treatment);
        await using var server = await StartAsync(sink);
        await Add(server, "one@example.org");
        await Add(server, "two@example.org");
        // The next letter goes at once.
        Assert.Equal(["two@example.org"], (await sink.WaitAsync(1)).Single().To);
        var letters = await WaitForAsync(
            server,
            all =>
                all.Any(letter => letter.State == OutboxState.GivenUp)
                && all.Any(letter => letter.State == OutboxState.Sent)
        );
        var failed = letters.Single(letter => letter.State == OutboxState.GivenUp);
        await server.UntilAsync(() => Reasons(server).Count > 0);
        Assert.Contains("could not be delivered", Reasons(server).Single(), StringComparison.Ordinal);
        var ready = await server.GetAsync("/readyz");
        Assert.Contains("/admin/outbox", ready["reasons"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", ready.ToJsonString(), StringComparison.Ordinal);
        var now = server.Clock.GetUtcNow();
        Assert.True(await Write(server, c => Outbox.TryAgain(c, failed.Number, now)));
        Assert.Equal("one@example.org", (await sink.WaitAsync(2))[1].To.Single());
        Assert.False(await Write(server, c => Outbox.TryAgain(c, failed.Number, now)));
    }

    [Fact]
    public async Task A_relay_that_stays_away_is_tried_for_five_days_and_then_the_letter_is_given_up()
    {
        var sink = SmtpSink.Start();
        await using var server = await StartAsync(sink);
        await sink.DisposeAsync();
        await Add(server, "one@example.org");
        await WaitForAsync(server, letters => letters.All(letter => letter.Attempts == 1));
        Assert.Contains("Mail cannot be sent", Reasons(server).Single(), StringComparison.Ordinal);
        server.Clock.Advance(Outbox.Patience - TimeSpan.FromHours(1));
        var waiting = await WaitForAsync(server, letters => letters.All(letter => letter.Attempts == 2));
        Assert.Equal(OutboxState.Waiting, waiting.Single().State);
        server.Clock.Advance(TimeSpan.FromHours(1));
        await WaitForAsync(server, letters => letters.All(letter => letter.State == OutboxState.GivenUp));
    }

    [Fact, Trait("Rule", "K3")]
    public async Task A_lapsed_mailbox_that_matches_an_imported_contact_gets_nothing()
    {
        await using var sink = SmtpSink.Start();
        await using var server = await StartAsync(sink);
        // Somebody took the domain over, and with it the mailbox; the account is in order, the claim is nobody's.
        await Account(server, 2, "asa@example.org", Offices.None);
        await Account(server, 3, "claimed@example.org", Offices.None);
        await Account(server, 4, "registrar@example.org", Offices.Registrar);
        Assert.Null((await Submit(server, Addition("lamp", 2223))).Refusal);
        var request = server.Services.GetRequiredService<RequestStore>().Find(1)!;
        Assert.Equal(RequestState.ConfirmationPending, request.State);
        Assert.Equal(["dee@example.com"], (await sink.WaitAsync(1)).SelectMany(letter => letter.To));
        await WaitForAsync(server, letters => letters.All(letter => letter.State == OutboxState.Sent));
        Assert.DoesNotContain(sink.All, letter => letter.To.Contains("asa@example.org"));
        // The same, but the registrar has confirmed a claim: that account is asked.
        await Write(
            server,
            c =>
                Rows(
                    c,
                    "INSERT INTO claim (account, contact, state, asked) VALUES (3, @x, 'confirmed', 0) RETURNING number",
                    "Åsa_Öberg"
                )
        );
        Assert.Null((await Submit(server, Addition("lamp", 2223))).Refusal);
        var received = await sink.WaitAsync(3);
        Assert.Contains(received, letter => letter.To.Contains("claimed@example.org"));
        Assert.DoesNotContain(received, letter => letter.To.Contains("asa@example.org"));
    }

    [Fact]
    public async Task What_falls_due_is_done_once_at_its_time_with_its_letters()
    {
        await using var sink = SmtpSink.Start();
        await using var server = await StartAsync(sink);
        await Account(server, 2, "expert@example.org", Offices.ExpertTcpUdp);
        await Account(server, 4, "registrar@example.org", Offices.Registrar);
        Assert.Null((await Submit(server, UserPort)).Refusal);
        await sink.WaitAsync(2);
        await WaitForAsync(server, letters => letters.All(letter => letter.State == OutboxState.Sent));
        server.Clock.Advance(TimeSpan.FromDays(7));
        await AdvanceUntilAsync(server, TimeSpan.FromHours(1), sink, 3);
        Assert.Equal(["expert@example.org"], sink.All[2].To);
        server.Clock.Advance(TimeSpan.FromDays(7));
        await AdvanceUntilAsync(server, TimeSpan.FromHours(1), sink, 4);
        Assert.Equal(["registrar@example.org"], sink.All[3].To);
        var steps = server.Services.GetRequiredService<RequestStore>().Find(1)!.Steps;
        Assert.Equal(2, steps.Count(step => step.Action == RequestAction.Remind));
    }

    [Fact]
    public async Task Without_a_relay_letters_stay_in_the_outbox_with_their_text()
    {
        await using var server = await StartAsync(null);
        await Submit(server, NameOnly("lab-scales"));
        var letters = await Letters(server);
        Assert.Equal(2, letters.Count);
        Assert.All(letters, letter => Assert.Equal(OutboxState.Waiting, letter.State));
        Assert.All(letters, letter => Assert.NotEmpty(letter.Letter.Body));
    }

    [Fact]
    public async Task An_address_that_would_steer_the_relay_is_never_sent_to()
    {
        await using var sink = SmtpSink.Start();
        await using var server = await StartAsync(sink);
        await Add(server, "one@example.org>\r\nRCPT TO:<two@example.org");
        await Add(server, "three@example.org", "Subject\r\nBcc: four@example.org");
        var letter = Assert.Single(await sink.WaitAsync(1));
        Assert.Equal(["three@example.org"], letter.To);
        Assert.Empty(letter.Message.Bcc);
        Assert.Equal("Subject Bcc: four@example.org", letter.Message.Subject);
        Assert.Equal(OutboxState.GivenUp, (await Letters(server)).Single(one => one.Number == 1).State);
    }

    const string Lamp = """
          <record>
            <name>lamp</name>
            <protocol>udp</protocol>
            <description>Lamp</description>
            <number>2223</number>
            <xref type="person" data="Åsa_Öberg"/>
          </record>
        """;

    static RequestDocument NameOnly(string name) =>
        new()
        {
            Kind = RequestKind.Assign,
            Name = name,
            Transports = [TransportProtocol.Tcp],
            Assignee = new() { Name = "Dee", Email = "dee@example.com" },
            Contact = new() { Name = "Dee", Email = "dee@example.com" },
            Description = "Weighs samples",
            Reference = "Frames of JSON over TCP, one a reading; the length goes before each.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
        };

    static RequestDocument UserPort =>
        NameOnly("lab-scales") with
        {
            Port = new(new PortNumber(45060)),
            WhyNotDynamic = "The instruments find each other without any other service.",
        };

    static RequestDocument Addition(string name, int port) =>
        NameOnly(name) with
        {
            Kind = RequestKind.Add,
            Transports = [TransportProtocol.Sctp],
            Port = new(new PortNumber((ushort)port)),
            WhyNotDynamic = "As for UDP.",
        };

    static async Task<RunningServer> StartAsync(SmtpSink? sink)
    {
        var server = await RunningServer.StartAsync(
            [SmallServer.File("2026-01-01", Lamp)],
            settings =>
                settings with
                {
                    PublicUrl = new("https://ports.example.net"),
                    Smtp = sink is null
                        ? null
                        : new(
                            "127.0.0.1",
                            sink.Port,
                            SecureSocketOptions.StartTlsWhenAvailable,
                            "registry@example.net"
                        ),
                }
        );
        await Account(server, 1, "dee@example.com", Offices.None);
        return server;
    }

    static Task<CallOutcome> Submit(RunningServer server, RequestDocument document) =>
        server
            .Services.GetRequiredService<RequestStore>()
            .SubmitAsync([document], false, new(Dee) { Name = "request.submit" });

    static Task<int> Account(RunningServer server, int id, string email, Offices offices) =>
        Write(
            server,
            c =>
                Rows(
                    c,
                    $"""
                    INSERT INTO account (id, name, email, email_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, offices, state, created)
                    VALUES ({id}, 'Somebody', @x, 1, 0, 0, 0, {(int)offices}, 'active', 0) RETURNING id
                    """,
                    email
                )
        );

    static Task<int> Add(RunningServer server, string to, string subject = "Subject") =>
        Write(
            server,
            c =>
            {
                Outbox.Add(c, new("account", to, subject, "Text\n", null, 0), server.Clock.GetUtcNow());
                return 0;
            }
        );

    static Task<T> Write<T>(RunningServer server, Func<Microsoft.Data.Sqlite.SqliteConnection, T> write) =>
        server.Services.GetRequiredService<RegistryWriter>().RunAsync(write);

    static int Rows(Microsoft.Data.Sqlite.SqliteConnection connection, string sql, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@x", text);
        return Convert.ToInt32(command.ExecuteScalar(), null);
    }

    static Task<IReadOnlyList<OutboxLetter>> Letters(RunningServer server) =>
        Write(server, c => Outbox.List(c, 0, 1000).Letters);

    static List<string> Reasons(RunningServer server) =>
        [.. server.Services.GetRequiredService<MailState>().Reasons];

    // What the sender does beside the test is seen by asking again.
    static async Task<IReadOnlyList<OutboxLetter>> WaitForAsync(
        RunningServer server,
        Func<IReadOnlyList<OutboxLetter>, bool> isReached
    )
    {
        IReadOnlyList<OutboxLetter> letters = [];
        await server.UntilAsync(async () =>
        {
            letters = await Letters(server);
            return letters.Count > 0 && isReached(letters);
        });
        return letters;
    }

    // The clock is advanced in steps, since the sender begins to wait at a moment that the test does not know.
    static Task AdvanceUntilAsync(RunningServer server, TimeSpan step, SmtpSink sink, int count) =>
        server.UntilAsync(() =>
        {
            if (sink.All.Count >= count)
                return true;
            server.Clock.Advance(step);
            return false;
        });
}
