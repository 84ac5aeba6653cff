using System.Net;
using System.Security;
using System.Text;
using AngleSharp;
using AngleSharp.Dom;

namespace Berthbook.Pages;

/// <summary>
/// Pages of a registry whose every text is written to break out of them (reliability.md T13): it stays text, and
/// only addresses of the web become links.
/// </summary>
public sealed class HostileTextTests : IAsyncLifetime
{
    const string Script = "<script>alert(1)</script>";
    const string Attribute = "\"' onmouseover=\"alert(1)\" x='";
    const string Image = "\"><img src=x onerror=alert(1)>";

    static readonly string[] Names =
    [
        Script,
        Attribute,
        Image,
        "a/b",
        "a%2Fb",
        "50%",
        "what?q=1#top",
        "x&y;z",
        "two  blanks ",
        "\u202Eright to left",
        "FORT\u00C9 \u2202 \U0001F6A2",
        "...",
        "a\\b",
        "{{constructor}}",
    ];

    static readonly string[] Addresses =
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "httpx://example.org",
        "vbscript:x",
        "//example.org/x",
        "https://example.org/\"onclick=\"alert(1)",
    ];

    RunningServer server = null!;

    public async ValueTask InitializeAsync() =>
        server = await RunningServer.StartAsync([Registry("1"), Registry("2")]);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    public static TheoryData<string> Pages =>
        [
            "/",
            "/?q=alert",
            "/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3Ex",
            "/?q=%22%20onmouseover=%22alert(1)",
            "/?q=fort%C3%A9",
            "/ports",
            "/ports/1",
            "/ports/1/tcp",
            "/services",
            "/contacts",
            "/changes",
            "/changes/1",
            "/changes/2",
        ];

    [Theory, MemberData(nameof(Pages))]
    public async Task Text_stays_text(string address) => Harmless(await PageAsync(address));

    [Fact]
    public async Task Every_name_is_reached_by_its_link_and_says_itself()
    {
        var list = await PageAsync("/services");
        var links = list.QuerySelectorAll("main tbody th a")
            .Select(link => link.GetAttribute("href")!)
            .ToList();

        Assert.Equal(Names.Length, links.Count);
        var found = new List<string>();
        foreach (var link in links)
        {
            var page = await PageAsync(link);
            Harmless(page);
            Assert.Equal(link, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
            found.Add(page.QuerySelector("h1")!.TextContent);
        }
        Assert.Equal(Names.Order(StringComparer.OrdinalIgnoreCase), found);
    }

    [Fact]
    public async Task Every_contact_is_reached_by_its_link()
    {
        var list = await PageAsync("/contacts");
        var links = list.QuerySelectorAll("main tbody th a")
            .Select(link => link.GetAttribute("href")!)
            .ToList();

        Assert.Equal(Names.Length, links.Count);
        foreach (var link in links)
            Harmless(await PageAsync(link));
    }

    [Theory]
    [InlineData("/services/%3Cscript%3Ealert(1)%3C%2Fscript%3Enone")]
    [InlineData("/services/%22onclick=%22alert(1)")]
    [InlineData("/contacts/%3Cimg%20src=x%20onerror=alert(1)%3E")]
    [InlineData("/ports/%3Cb%3E")]
    [InlineData("/ports?from=%3Cb%3E")]
    [InlineData("/changes/%3Cb%3E")]
    [InlineData("/%3Cscript%3E")]
    public async Task An_address_that_is_refused_is_repeated_as_text(string address)
    {
        var answer = await server.Client.GetAsync(
            new Uri(server.Client.BaseAddress!, address),
            TestContext.Current.CancellationToken
        );

        Assert.InRange((int)answer.StatusCode, 400, 404);
        Harmless(
            await ParseAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        );
    }

    static void Harmless(IDocument page)
    {
        Assert.Empty(page.QuerySelectorAll("script, main img, iframe, object, embed, style, [style], base"));
        Assert.DoesNotContain(
            page.All.SelectMany(element => element.Attributes),
            attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)
        );
        Assert.All(
            page.QuerySelectorAll("[href]").Select(link => link.GetAttribute("href")!),
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

    async Task<IDocument> PageAsync(string address)
    {
        var answer = await server.Client.GetAsync(
            new Uri(server.Client.BaseAddress!, address),
            TestContext.Current.CancellationToken
        );
        Assert.Equal((HttpStatusCode.OK, address), (answer.StatusCode, address));
        return await ParseAsync(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    static Task<IDocument> ParseAsync(string content) =>
        BrowsingContext
            .New()
            .OpenAsync(request => request.Content(content), TestContext.Current.CancellationToken);

    // Every text of the file is hostile; the second state changes each of them.
    static byte[] Registry(string state)
    {
        var text = new StringBuilder(
            $"""
            <?xml version='1.0' encoding='UTF-8'?>
            <registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
              <title>{Xml(Script + state)}</title>
              <updated>2026-01-0{state}</updated>
              <expert>{Xml(Image + state)}</expert>
              <note>{Xml(Script + state)}</note>

            """
        );
        for (var i = 0; i < Names.Length; i++)
            text.Append(
                $"""
                  <record date="2026-01-01">
                    <name>{Xml(Names[i])}</name>
                    <protocol>tcp</protocol>
                    <assignee>
                      <xref type="person" data="{Xml(Names[i])}"/>
                    </assignee>
                    <description>{Xml(Image + state)}</description>
                    <number>{(i == 0 ? 1 : i + 10)}</number>
                    <xref type="person" data="{Xml(Names[i])}"/>
                    <xref type="uri" data="{Xml(Addresses[i % Addresses.Length])}">{Xml(
                    Script + state
                )}</xref>
                    <xref type="draft" data="{Xml(Attribute)}"/>
                    <xref type="rfc" data="{Xml(Image)}"/>
                    <xref type="note" data="1"/>
                    <unauthorized>{Xml(Script + state)}</unauthorized>
                    <note>Defined TXT keys: {Xml(Script)}=x{state}<br/>{Xml(Attribute)}</note>
                  </record>

                """
            );
        text.Append($"  <footnote anchor=\"1\">{Xml(Image + state)}</footnote>\n  <people>\n");
        foreach (var (name, i) in Names.Select((name, i) => (name, i)))
            text.Append(
                $"""
                    <person id="{Xml(name)}">
                      <name>{Xml(name + state)}</name>
                      <org>{Xml(Attribute + state)}</org>
                      <uri>{Xml(Addresses[i % Addresses.Length])}</uri>
                    </person>

                """
            );
        return Encoding.UTF8.GetBytes($"{text}  </people>\n</registry>\n");
    }

    static string Xml(string text) => SecurityElement.Escape(text);
}
