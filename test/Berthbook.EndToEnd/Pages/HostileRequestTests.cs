using System.Net;
using AngleSharp.Dom;
using Berthbook.Requests;

namespace Berthbook.Pages;

/// <summary>
/// 300 hostile strings (60 in <c>./check</c>) through every text field of the pages of requests (reliability T13): they are kept or refused, and
/// come out as text.
/// </summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    static readonly int Count = Counts.Of(60, 300);

    internal static readonly string[] Seeds =
    [
        "<script>alert(1)</script>",
        "\"' onmouseover=\"alert(1)\" x='",
        "\"><img src=x onerror=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "--><svg onload=alert(1)>",
        "javascript:alert(1)",
        "{{constructor.constructor('alert(1)')()}}",
        "&lt;b&gt;&#x3c;script&#x3e;",
        "\u202Eright to left \u2066x",
        "a\0b",
        "\uFFFD\uFFFE \U0001F6A2",
        "]]><!--",
        "'; DROP TABLE request; --",
        "%3Cscript%3E",
        "@(1+1) ${7*7} #{7*7}",
    ];

    OfficesServer office = null!;

    public async ValueTask InitializeAsync() => office = await OfficesServer.StartAsync();

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Words_of_every_form_stay_text()
    {
        var applicant = await office.AddAsync("Ada <b>Quay</b>", email: "ada@harbour.example");
        var expert = await office.AddAsync("Egon <i>Expert", Offices.ExpertTcpUdp);
        var registrar = await office.AddAsync("Rita\"><img src=x>", Offices.Registrar | Offices.Approver);
        using var asking = await office.OpenAsync(applicant);
        using var reviewing = await office.OpenAsync(expert);
        using var deciding = await office.OpenAsync(registrar);
        // A request for a few of them each, so that its page stays short.
        foreach (var (texts, i) in Hostile().Chunk(10).Select((texts, i) => (texts, i)))
        {
            await DraftAsync(asking, $"quay-{i}", 8446 + (2 * i));
            await asking.SubmitAsync("#submit-form", []);
            var address = asking.Path;
            foreach (var text in texts)
            {
                await reviewing.GetAsync(address);
                await reviewing.SubmitAsync("#ask-form", [("reason", text)]);
                Harmless(reviewing.Page);
                // What no text has, NUL, is refused; all else is kept as it is.
                Assert.Equal(text.Contains('\0'), reviewing.Status == HttpStatusCode.BadRequest);
                if (reviewing.Status == HttpStatusCode.BadRequest)
                    continue;
                await asking.GetAsync(address);
                await asking.SubmitAsync("#answer-form", [("reason", text)]);
                Harmless(asking.Page);
            }
            await reviewing.GetAsync(address);
            foreach (var text in texts)
            {
                if (reviewing.Page.QuerySelector("#recommend-form") is null)
                    await reviewing.GetAsync(address);
                // Refused with what was typed, then taken.
                await reviewing.SubmitAsync(
                    "#recommend-form",
                    [("for", text), ("reason", text), ("note", text), ("criteria", text), ("pool", text)]
                );
                Harmless(reviewing.Page);
                if (reviewing.Page.QuerySelector("#recommend-form") is null)
                    await reviewing.GetAsync(address);
                await reviewing.SubmitAsync(
                    "#recommend-form",
                    [("for", "true"), ("reason", text), ("note", text), ("criteria", "A3")]
                );
                Harmless(reviewing.Page);
            }
            using var everybody = await office.OpenAsync(0);
            Harmless(await everybody.GetAsync(address));
        }
        await deciding.GetAsync("/requests/1");
        await deciding.SubmitAsync("#approve-form", [("reason", Seeds[0])]);
        foreach (var text in Hostile())
        {
            await deciding.SubmitAsync(
                "#assign-form",
                [
                    .. new[]
                    {
                        "reason",
                        "references",
                        "registeredReason",
                        "notes",
                        "assigneeId",
                        "contactId",
                    }.Select(name => (name, text)),
                ],
                "Show the effect"
            );
            Harmless(deciding.Page);
            Assert.InRange((int)deciding.Status, 200, 409);
            foreach (var name in (string[])["registered", "port", "follows", "version", "call"])
            {
                await deciding.GetAsync("/requests/1");
                await deciding.SubmitAsync("#assign-form", [(name, text)], "Show the effect");
                Harmless(deciding.Page);
                Assert.InRange((int)deciding.Status, 200, 409);
                if (text.Length % 7 != 0)
                    break;
            }
            await deciding.GetAsync("/requests/1");
        }
        using var looking = await office.OpenAsync(0);
        foreach (var path in (string[])["/requests/1", "/requests", "/changes"])
            Harmless(await looking.GetAsync(path));
        Harmless(await deciding.GetAsync("/desk"));
        Harmless(await reviewing.GetAsync("/review"));
    }

    [Fact]
    public async Task What_is_asked_and_looked_for_stays_text()
    {
        var applicant = await office.AddAsync("Ada Quay", email: "ada@harbour.example");
        using var asking = await office.OpenAsync(applicant);
        var kept = 0;
        foreach (var text in Hostile())
        {
            var path = Uri.EscapeDataString(text);
            foreach (var name in (string[])["search", "rule", "state", "page"])
                Harmless(await asking.GetAsync($"/requests?{name}={path}"));
            Harmless(await asking.GetAsync($"/requests/1/confirm?code={path}"));
            await DraftAsync(asking, text);
            Harmless(asking.Page);
            if (asking.Path.StartsWith("/requests/", StringComparison.Ordinal))
                kept++;
        }
        // Some of them are kept as drafts, so that the page of a request shows them.
        Assert.True(kept > Count / 2, $"{kept} were kept");
        Harmless(await asking.GetAsync("/requests?mine=true"));
    }

    static IEnumerable<string> Hostile() =>
        Enumerable
            .Range(0, Count)
            .Select(i => Seeds[i % Seeds.Length] + Seeds[i / Seeds.Length % Seeds.Length] + i);

    static Task DraftAsync(PlainBrowser browser, string name, int port) =>
        DraftAsync(browser, null, name, port.ToString(System.Globalization.CultureInfo.InvariantCulture));

    static async Task DraftAsync(
        PlainBrowser browser,
        string? text,
        string name = "quayside",
        string port = "8446"
    )
    {
        (string Name, string Value)[] fields =
        [
            ("kind", "assign"),
            ("name", text ?? name),
            ("transports", "tcp"),
            ("port", port),
            ("assignee.name", text ?? "Harbour Works"),
            ("assignee.email", text ?? "ada@harbour.example"),
            ("contact.name", text ?? "Ada Quay"),
            ("contact.email", text ?? "ada@harbour.example"),
            ("description", text ?? "Berth planning"),
            ("reference", text ?? "A client asks for a berth over TLS and gets an offer."),
            ("proprietary", "false"),
            ("broadcast", "false"),
            ("multicast", "false"),
            ("anycast", "false"),
            ("whyNotDynamic", text ?? "Harbours open one number in their filters."),
            ("notes", text ?? "None."),
        ];
        await browser.PostAsync(
            "/request",
            fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))
        );
        Harmless(browser.Page);
        await browser.SubmitAsync("#request", [], "Keep as a draft");
    }

    internal static void Harmless(IDocument page)
    {
        Assert.Empty(
            page.QuerySelectorAll(
                "script:not([src='/js/request.js']), main img, iframe, object, embed, style, [style], base, main svg:not(.bar), main b, main i"
            )
        );
        Assert.DoesNotContain(
            page.All.SelectMany(element => element.Attributes),
            attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)
        );
        Assert.All(
            page.QuerySelectorAll("[href], [action], [formaction]")
                .Select(link =>
                    link.GetAttribute("href")
                    ?? link.GetAttribute("action")
                    ?? link.GetAttribute("formaction")!
                ),
            address =>
                Assert.True(
                    (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal))
                        || address.StartsWith('#')
                        || address.StartsWith("https://", StringComparison.Ordinal)
                        || address.StartsWith("http://", StringComparison.Ordinal),
                    address
                )
        );
    }
}
