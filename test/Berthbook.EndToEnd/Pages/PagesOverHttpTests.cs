using System.Net;
using AngleSharp;
using AngleSharp.Dom;

namespace Berthbook.Pages;

/// <summary>What pages answer: statuses, redirects, addresses, the two forms of one resource.</summary>
public class PagesOverHttpTests(FullSizeServer full)
{
    HttpClient Client => full.Server.Client;

    [Theory]
    [InlineData("443", "/ports/443")]
    [InlineData(" 443 ", "/ports/443")]
    [InlineData("443/TCP", "/ports/443/tcp")]
    [InlineData("HTTPS", "/services/https")]
    [InlineData("whois++", "/services/whois%2B%2B")]
    [InlineData("914c/g", "/services/914c%2Fg")]
    public async Task The_field_leads_to_a_number_or_a_name(string text, string address)
    {
        var answer = await GetAsync($"/?q={Uri.EscapeDataString(text)}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(address, answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("radius server", "radius")]
    [InlineData("remote desktop", "ms-wbt-server")]
    [InlineData("_ipp._tcp.local", "ipp")]
    [InlineData("6000-6063", "x11")]
    [InlineData("jon postel", "Jon Postel")]
    [InlineData("postgers", "postgresql")]
    public async Task Anything_else_in_the_field_is_searched_for(string text, string first)
    {
        var page = await ParseAsync(await GetAsync($"/?q={Uri.EscapeDataString(text)}"));

        Assert.Equal(first, page.QuerySelector(".found a")!.TextContent);
        Assert.Equal(text, page.QuerySelector("input[name=q]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("postgers", "Did you mean postgresql?")]
    [InlineData("70000", "Nothing in the registry is called so or says so.")]
    [InlineData("ietf", "found, the best 50 first")]
    public async Task What_is_searched_for_is_found_or_what_was_meant_or_nothing(string text, string words)
    {
        var page = await ParseAsync(await GetAsync($"/?q={text}"));

        Assert.Contains(words, Folded(page.QuerySelector("main")!.TextContent), StringComparison.Ordinal);
        var table = await GetAsync(page.QuerySelector("main > p a")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.OK, table.StatusCode);
    }

    [Theory]
    [InlineData("/ports/080", 400, "'080' is not a port number")]
    [InlineData("/ports/+80", 400, "'+80' is not a port number")]
    [InlineData("/ports/70000", 400, "70000 is no port number: they end at 65535")]
    [InlineData("/ports/6000-6063", 400, "A port page shows one number")]
    [InlineData("/ports/443/TCP", 400, "tcp, udp, sctp and dccp")]
    [InlineData("/ports?from=x", 400, "'x' is not a port number")]
    [InlineData("/services?letter=xy", 400, "of one letter")]
    [InlineData("/services?page=0", 404, "no such page")]
    [InlineData("/services?page=99999", 404, "no such page")]
    [InlineData("/services/nope", 404, "No record has the service name \u201cnope\u201d")]
    [InlineData("/contacts/iesg", 404, "The registry has no contact \u201ciesg\u201d")]
    [InlineData("/changes/0", 404, "There is no revision 0")]
    [InlineData("/changes/21", 404, "There is no revision 21")]
    [InlineData("/changes/one", 400, "Revisions have numbers")]
    [InlineData("/nowhere", 404, "There is no page at this address")]
    public async Task Refuses_with_a_status_and_words(string address, int status, string words)
    {
        var answer = await GetAsync(address);

        Assert.Equal(status, (int)answer.StatusCode);
        var page = await ParseAsync(answer);
        Assert.Contains(words, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("search", page.QuerySelector("form")!.GetAttribute("role"));
    }

    // Pages of later issues are absent, not stubs.
    [Theory]
    [InlineData("/map")]
    [InlineData("/stats")]
    public async Task Has_no_page_that_it_has_not_yet(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(address)).StatusCode);

    [Theory]
    [InlineData("htps", "https")]
    [InlineData("lontlak", "lontalk")]
    public async Task A_slip_finds_the_name_that_was_meant(string slip, string name)
    {
        var page = await ParseAsync(await GetAsync($"/services/{slip}"));

        Assert.Contains(name, page.QuerySelectorAll("main li a").Select(link => link.TextContent));
    }

    [Theory]
    [InlineData("/services/914c%2Fg", "914c/g")]
    [InlineData("/services/914c%2fG", "914c/g")]
    [InlineData("/services/914c/g", "914c/g")]
    [InlineData("/services/whois%2B%2B", "whois++")]
    [InlineData("/services/whois++", "whois++")]
    [InlineData("/services/sql%2Anet", "sql*net")]
    [InlineData("/services/HTTPS", "https")]
    [InlineData("/%73ervices/914c%2Fg", "914c/g")]
    [InlineData("/SERVICES/https", "https")]
    public async Task A_name_is_one_segment_whatever_it_holds(string address, string name)
    {
        var answer = await GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(name, (await ParseAsync(answer)).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/ports/443", "/api/v1/ports/443")]
    [InlineData("/ports/443/tcp", "/api/v1/ports/443/tcp")]
    [InlineData("/services/914c%2Fg", "/api/v1/services/914c%2Fg")]
    [InlineData("/contacts/IESG", "/api/v1/contacts/IESG")]
    [InlineData("/changes/5", "/api/v1/revisions/5")]
    [InlineData("/changes", "/api/v1/revisions")]
    [InlineData("/ports", "/api/v1/ports")]
    [InlineData("/ports?from=6000", "/api/v1/ports?from=6000")]
    [InlineData("/services?page=2", "/api/v1/services?page=2")]
    [InlineData("/", "/api/v1/registry")]
    [InlineData("/?q=radius+%26c", "/api/v1/search?q=radius%20%26c&limit=50")]
    public async Task Every_page_names_its_twin_and_gives_it_to_who_asks_for_json(string address, string twin)
    {
        var page = await ParseAsync(await GetAsync(address));

        Assert.Equal(
            twin,
            page.QuerySelector("link[rel=alternate][type='application/json']")!.GetAttribute("href")
        );
        var json = await GetAsync(twin);
        Assert.Equal(
            (HttpStatusCode.OK, "application/json"),
            (json.StatusCode, json.Content.Headers.ContentType!.MediaType)
        );
        if (address.StartsWith("/?", StringComparison.Ordinal) || address == "/")
            return;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new("application/json"));
        var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(
            await json.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true)]
    [InlineData("application/json, text/html;q=0.5", true)]
    [InlineData("*/*", true)]
    [InlineData("", true)]
    [InlineData("application/json;q=0", true)]
    [InlineData("not a media type", true)]
    [InlineData("application/json", false)]
    [InlineData("application/json, text/plain, */*", false)]
    public async Task A_page_is_html_unless_json_is_wished_and_html_is_not(string accept, bool isHtml)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/changes/5");
        if (accept.Length > 0)
            request.Headers.TryAddWithoutValidation("Accept", accept);

        var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(isHtml, answer.Content.Headers.ContentType?.MediaType == "text/html");
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("POST", "/ports/443")]
    [InlineData("DELETE", "/services/https")]
    [InlineData("PUT", "/")]
    public async Task Pages_are_read_only(string method, string address)
    {
        using var request = new HttpRequestMessage(new(method), address);

        var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains(
            "GET and HEAD only",
            (await ParseAsync(answer)).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    // Procedures P2: effective Reserved, listed Unassigned, and why.
    [Fact]
    public async Task A_port_says_its_state_on_all_four_transports_and_why()
    {
        var page = await ParseAsync(await GetAsync("/ports/443"));

        var rows = page.QuerySelectorAll("table.states tbody tr")
            .Select(row => Folded(row.TextContent))
            .ToList();
        Assert.Equal(
            [
                "TCP Assigned https",
                "UDP Assigned https",
                "SCTP Assigned https",
                "DCCP Reserved listed Unassigned no record; held for the assignee of 443/tcp (RFC 6335 section 7.2)",
            ],
            rows
        );
    }

    [Theory]
    [InlineData("/ports/6003/tcp", "x11 6000-6063 TCP")]
    [InlineData("/ports/6003/tcp", "Unauthorized use reported: Known Unauthorized Use on port 6003")]
    [InlineData("/ports/351/udp", "records an unassigned but widespread use")]
    [InlineData("/ports/0/sctp", "0 is at the edge of a range")]
    [InlineData("/ports/49152/udp", "Dynamic ports, 49152 to 65535, are never assigned")]
    [InlineData("/ports/80", "http, www, www-http \u2014 World Wide Web HTTP")]
    [InlineData("/services/whois%2B%2B", "An old spelling, kept for history. The name to use is whoispp.")]
    [InlineData("/services/whoispp", "Other names whois++")]
    [InlineData("/services/sip", "_sip._tcp _sip._udp _sip._sctp")]
    [InlineData("/services/lontalk", "Assigned without a port number and without a transport protocol")]
    [InlineData("/services/exp1", "Notes of the registry [1]")]
    [InlineData("/services/rdp", "Windows Remote Desktop Protocol")]
    [InlineData("/contacts/IESG", "mailto:iesg&ietf.org")]
    [InlineData("/changes/5", "De-assigned netconf-beep 831/tcp")]
    [InlineData("/changes/6", "Assigned xahaud 21337/tcp carved from 21222-21552 Unassigned")]
    [InlineData("/changes/3", "Renamed pmproxy 44322/tcp")]
    public async Task Says_what_people_come_for(string address, string words)
    {
        var page = await ParseAsync(await GetAsync(address));

        Assert.Contains(words, Folded(page.QuerySelector("main")!.TextContent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/ports/443")]
    [InlineData("/services/https")]
    [InlineData("/contacts/IESG")]
    [InlineData("/changes/5")]
    [InlineData("/error/404")]
    public async Task Every_page_says_whose_data_it_is_and_as_of_when(string address)
    {
        var page = await ParseAsync(await GetAsync(address));

        Assert.Contains(
            "This is a copy of IANA's registry as of 2026-08-17. IANA does not endorse it.",
            page.QuerySelector("footer")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/ports/443")]
    [InlineData("/services/https")]
    public async Task The_registrys_own_note_stands_beside_its_assignments(string address)
    {
        var page = await ParseAsync(await GetAsync(address));

        Assert.StartsWith(
            "PLEASE NOTE THE FOLLOWING: ASSIGNMENT OF A PORT NUMBER DOES NOT IN ANY WAY IMPLY AN ENDORSEMENT",
            page.QuerySelector("details p")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Browsing_the_ports_meets_each_number_once_and_comes_back_the_same_way()
    {
        var seen = new List<int>();
        var address = "/ports";
        for (IDocument page; ; address = page.QuerySelector("a[rel=next]")!.GetAttribute("href")!)
        {
            page = await ParseAsync(await GetAsync(address));
            foreach (var row in page.QuerySelectorAll("table.ports tbody th"))
            {
                var ends = row.TextContent.Split('\u2013').Select(int.Parse).ToList();
                seen.AddRange(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
            }
            if (page.QuerySelector("a[rel=next]") is null)
                break;
            var next = await ParseAsync(
                await GetAsync(page.QuerySelector("a[rel=next]")!.GetAttribute("href")!)
            );
            Assert.Equal(
                address,
                next.QuerySelector("a[rel=prev]")!
                    .GetAttribute("href")!
                    .Replace("?from=0", "", StringComparison.Ordinal)
            );
        }
        Assert.Equal(Enumerable.Range(0, 65536), seen);
    }

    [Fact]
    public async Task Titles_are_unlike_each_other()
    {
        string[] addresses =
        [
            "/",
            "/ports",
            "/ports?from=1024",
            "/ports/443",
            "/ports/443/tcp",
            "/services",
            "/services?page=2",
            "/services?letter=A",
            "/services/https",
            "/contacts",
            "/contacts?page=2",
            "/contacts/IESG",
            "/contacts/IESG?page=2",
            "/changes",
            "/changes/1",
            "/changes/1?page=2",
            "/?q=radius+server",
            "/error/404",
        ];
        var titles = new List<string>();
        foreach (var address in addresses)
            titles.Add((await ParseAsync(await GetAsync(address))).Title!);

        Assert.Equal(titles.Distinct(), titles);
        Assert.All(titles, title => Assert.EndsWith(" · Berthbook", title, StringComparison.Ordinal));
    }

    Task<HttpResponseMessage> GetAsync(string address) =>
        Client.GetAsync(new Uri(Client.BaseAddress!, address), TestContext.Current.CancellationToken);

    static async Task<IDocument> ParseAsync(HttpResponseMessage answer)
    {
        var content = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await BrowsingContext
            .New()
            .OpenAsync(request => request.Content(content), TestContext.Current.CancellationToken);
    }

    static string Folded(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
