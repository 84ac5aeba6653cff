using System.Globalization;
using System.Net;
using System.Text.Json;
using Berthbook.Requests;
using Berthbook.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Pages;

/// <summary>
/// Hostile words in what refers, names a stand-in, attempts, denies, withdraws and rejects (reliability T13): on every page that
/// shows them, in the API and in letters they are text.
/// </summary>
public sealed class HostileStepsTests : IAsyncLifetime
{
    static readonly string[] Texts =
    [
        "a\r\nBcc: everybody@harbour.example\r\n\r\nDear all",
        "a\nContent-Type: text/html\n\n<script>alert(1)</script>",
        "-- \nSent by the registry itself\n  https://harbour.example/evil",
        "\u2028\u0085x\u000bSubject: y",
        // What no text has, NUL, is refused before it comes here.
        .. HostileRequestTests.Seeds.Where(seed => !seed.Contains('\0')),
    ];

    OfficesServer office = null!;
    int approver;
    int registrar;
    int expert;

    public async ValueTask InitializeAsync()
    {
        office = await OfficesServer.StartAsync(
            SmallServer.Quay,
            settings => settings with { Rules = settings.Rules with { AssignsAtOnce = false } }
        );
        expert = await office.AddAsync("Egon Expert", Offices.ExpertTcpUdp);
        registrar = await office.AddAsync("Rita Registrar", Offices.Registrar);
        approver = await office.AddAsync("Olga Approver", Offices.Approver);
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Words_of_every_step_stay_text()
    {
        using var everybody = await office.OpenAsync(0);
        using var reviewing = await office.OpenAsync(expert);
        using var deciding = await office.OpenAsync(registrar);
        var (shown, letters) = (0, 0);
        foreach (var (text, i) in Texts.Select((text, i) => (text, i)))
        {
            var applicant = await office.AddAsync($"Ada{Letters(i)} Quay", email: $"ada{i}@harbour.example");
            var by = Of(applicant, $"ada{i}@harbour.example");
            var reviewed = await SubmitAsync(by, Asking(i, by));
            await TakeAsync(reviewed, Of(registrar, "", Offices.Registrar), RequestAction.Refer, text);
            await TakeAsync(reviewed, Of(approver, "", Offices.Approver), RequestAction.StandIn, text);
            await TakeAsync(reviewed, Of(expert, "", Offices.ExpertTcpUdp), RequestAction.Ask, text);
            await TakeAsync(reviewed, by, RequestAction.Answer, text);
            await TakeAsync(
                reviewed,
                Of(registrar, "", Offices.Registrar),
                RequestAction.Refer,
                text,
                isTaken: false
            );
            await TakeAsync(reviewed, by, RequestAction.Withdraw, text);

            var claimed = await SubmitAsync(by, Claiming(by));
            await TakeAsync(claimed, Of(registrar, "", Offices.Registrar), RequestAction.Attempt, text);
            foreach (var path in (string[])["/desk", $"/requests/{claimed}"])
                HostileRequestTests.Harmless(await deciding.GetAsync(path));
            await TakeAsync(claimed, Of(registrar, "", Offices.Registrar), RequestAction.Deny, text);

            using var asking = await office.OpenAsync(applicant);
            foreach (var number in (int[])[reviewed, claimed])
            {
                foreach (var browser in (PlainBrowser[])[everybody, reviewing, deciding, asking])
                {
                    var page = await browser.GetAsync($"/requests/{number}");
                    Assert.Equal(HttpStatusCode.OK, browser.Status);
                    HostileRequestTests.Harmless(page);
                    if (Said(page.Body!.TextContent).Contains(Said(text), StringComparison.Ordinal))
                        shown++;
                }
                await InJsonAsync(number, text);
            }
            letters += await InLettersAsync(reviewed, claimed);
        }
        HostileRequestTests.Harmless(await reviewing.GetAsync("/review"));
        HostileRequestTests.Harmless(await everybody.GetAsync("/requests"));
        // Nothing was tried where the words are nowhere to be seen.
        Assert.True(shown > Texts.Length * 4, $"{shown} pages show them");
        Assert.True(letters > Texts.Length * 2, $"{letters} letters quote them");
    }

    // A reason that is public comes back in JSON as it was said, and no browser takes it for a page.
    async Task InJsonAsync(int number, string text)
    {
        using var answer = await office.Server.Client.GetAsync(
            $"/api/v1/requests/{number}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        using var json = JsonDocument.Parse(
            await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)
        );
        var said = json
            .RootElement.GetProperty("steps")
            .EnumerateArray()
            .Select(step => step.GetProperty("reason").GetString())
            .OfType<string>()
            .ToList();
        Assert.NotEmpty(said);
        // Mail addresses in it are for nobody.
        Assert.All(said, words => Assert.True(words == text.Trim() || text.Contains('@'), words));
    }

    // A letter is one line of subject, one recipient, and quoted words; none of its lines is the words' own.
    async Task<int> InLettersAsync(params int[] requests)
    {
        var letters = await office
            .Server.Services.GetRequiredService<RegistryStore>()
            .Writer.RunAsync(connection => Outbox.List(connection, 0, 1000).Letters);
        var own = letters.Where(one => requests.Contains(one.Letter.Request ?? 0)).ToList();
        var quoting = 0;
        foreach (var letter in own.Select(one => one.Letter))
        {
            Assert.DoesNotContain(letter.Subject, char.IsControl);
            Assert.DoesNotContain(letter.To, c => char.IsControl(c) || c is ' ' or ',' or ';');
            var lines = letter.Body.Split('\n');
            Assert.Single(lines, "-- ");
            Assert.All(
                lines,
                line =>
                {
                    Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028');
                    if (
                        line.Contains("alert(1)", StringComparison.Ordinal)
                        || line.Contains("Bcc", StringComparison.Ordinal)
                        || line.Contains("evil", StringComparison.Ordinal)
                        || line.Contains("Content-Type", StringComparison.Ordinal)
                    )
                        Assert.StartsWith("> ", line, StringComparison.Ordinal);
                }
            );
            quoting += lines.Any(line => line.StartsWith("> ", StringComparison.Ordinal)) ? 1 : 0;
        }
        return quoting;
    }

    async Task<int> SubmitAsync(Actor by, RequestDocument document)
    {
        var outcome = await office.Store.SubmitAsync(
            [document],
            isDraft: false,
            new(by) { Name = "request.submit" }
        );
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Words);
        return outcome.Requests[0].Number;
    }

    async Task TakeAsync(int number, Actor by, RequestAction action, string text, bool isTaken = true)
    {
        var outcome = await office.Store.ChangeAsync(
            number,
            (request, hearing) => request.Take(new(action) { Words = text, Account = expert }, by, hearing),
            null,
            new(by) { Name = $"request.{action.Word()}" }
        );
        Assert.True(outcome.Refusal is null == isTaken, $"{action}: {outcome.Refusal?.Words}");
    }

    static Actor Of(int account, string email, Offices offices = Offices.None) =>
        new()
        {
            Account = account,
            Name = $"Somebody {account.ToString(CultureInfo.InvariantCulture)}",
            Email = email.Length > 0 ? email : null,
            Offices = offices,
        };

    static RequestDocument Asking(int i, Actor by) =>
        new()
        {
            Kind = RequestKind.Assign,
            Name = $"quay-{Letters(i)}",
            Transports = [TransportProtocol.Tcp],
            Assignee = new() { Name = "Harbour Works", Email = by.Email },
            Contact = new() { Name = by.Name, Email = by.Email },
            Description = "Berth planning",
            Reference = "A client asks for a berth over TLS and gets an offer.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
        };

    static RequestDocument Claiming(Actor by) =>
        new()
        {
            Kind = RequestKind.Maintenance,
            Role = RequesterRole.Contact,
            Name = "EtherNet/IP-1",
            Description = "Nets",
            Reason = "Clearer words.",
            Requester = new() { Name = by.Name, Email = by.Email },
        };

    static string Letters(int i) => new((char)('a' + i), 3);

    // Pages fold white space and show what would be invisible.
    static string Said(string text) => string.Concat(text.Where(c => c is > ' ' and < '\u007f'));
}
