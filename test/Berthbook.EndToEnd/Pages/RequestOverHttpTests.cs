using System.Net;
using System.Text.Json.Nodes;
using AngleSharp;
using AngleSharp.Dom;
using Berthbook.Server.Upstream;

namespace Berthbook.Pages;

/// <summary>The form of requests without script: what it asks, what it reads, what it refuses.</summary>
public class RequestOverHttpTests(FullSizeServer full)
{
    HttpClient Client => full.Server.Client;

    [Fact]
    public async Task Begins_with_the_kinds_and_passes_on_what_is_known()
    {
        var page = await ParseAsync(await GetAsync("/request?name=foo&port=8446&transport=tcp,udp"));

        var links = page.QuerySelectorAll(".kinds a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(15, links.Distinct().Count());
        var form = await ParseAsync(await GetAsync(links[0]));
        Assert.Equal("foo", ValueOf(form, "name"));
        Assert.Equal("8446", ValueOf(form, "port"));
        Assert.Equal(["tcp", "udp"], Ticked(form));
    }

    [Fact]
    public async Task Asks_of_each_kind_what_its_documents_hold_and_says_it_beside_the_field()
    {
        foreach (var kind in Requests.RequestKinds.All)
        {
            var form = await ParseAsync(await GetAsync($"/request?kind={Requests.RequestKinds.Word(kind)}"));

            var names = form.QuerySelectorAll("#request [name]:not(button)")
                .Select(control => control.GetAttribute("name")!.Split('.')[0])
                .Distinct();
            Assert.Equal(
                Requests.RequestMembers.Of(kind).Select(member => member.Name).Append("kind").Order(),
                names.Order()
            );
            foreach (var control in form.QuerySelectorAll("[aria-describedby]"))
            {
                foreach (var id in control.GetAttribute("aria-describedby")!.Split(' '))
                    Assert.NotNull(form.GetElementById(id));
            }
            var ids = form.QuerySelectorAll("[id]").Select(known => known.Id).ToList();
            Assert.Equal(ids.Distinct(), ids);
        }
    }

    [Fact]
    public async Task Tells_a_fault_beside_its_field()
    {
        var page = await ParseAsync(await PostAsync("kind=assign&name=foo&port=080&transports=tcp"));

        Assert.Contains("080", page.GetElementById("n-port")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.GetElementById("f-port")!.GetAttribute("aria-invalid"));
        Assert.Equal("#f-port", page.QuerySelector("#findings a")!.GetAttribute("href"));
        Assert.StartsWith("Cannot be read", page.Title, StringComparison.Ordinal);
        Assert.Equal("foo", ValueOf(page, "name"));
    }

    [Fact]
    public async Task Refuses_nobody_for_what_they_have_not_come_to_yet()
    {
        const string asked = "kind=de-assign&name=https";
        var begun = await ParseAsync(await GetAsync($"/request?{asked}"));
        Assert.DoesNotContain("Refused", begun.GetElementById("said")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(begun.QuerySelectorAll("[aria-invalid]"));

        var posted = await ParseAsync(await PostAsync(asked));
        Assert.Equal("Refused as it is", posted.GetElementById("said")!.TextContent);
        Assert.NotEmpty(posted.QuerySelectorAll("[aria-invalid]"));
    }

    [Fact]
    public async Task A_free_number_is_taken_by_its_button()
    {
        const string asked = "kind=assign&name=foo&port=8080&transports=tcp&transports=udp";
        var page = await ParseAsync(await PostAsync(asked));
        var button = page.QuerySelector("#free button")!;
        Assert.Contains(
            "Free on TCP and UDP, near 8080",
            page.GetElementById("free")!.TextContent,
            StringComparison.Ordinal
        );

        var next = await ParseAsync(
            await PostAsync($"{asked}&take={Uri.EscapeDataString(button.GetAttribute("value")!)}")
        );

        Assert.Equal(button.TextContent, ValueOf(next, "port"));
        var state = await full.Server.GetAsync($"/api/v1/ports/{button.TextContent}/tcp");
        Assert.Equal("Unassigned", (string?)state["state"]);
    }

    [Fact]
    public async Task Gives_what_was_typed_as_a_document_and_takes_it_back()
    {
        var answer = await PostAsync(
            "kind=assign&name=foo&port=8446&transports=tcp&assignee.name=M%C3%BCller&proprietary=false"
                + "&reference=one%0D%0Atwo&waives=N2%0D%0AP8&ietfStream=true",
            "/request?document"
        );

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("request-assign.json", answer.Content.Headers.ContentDisposition!.FileName);
        var document = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var json = JsonNode.Parse(document)!;
        Assert.Equal("one\ntwo", (string?)json["reference"]);
        Assert.Equal(8446, (int?)json["port"]);
        Assert.Equal("M\u00fcller", (string?)json["assignee"]!["name"]);

        var page = await ParseAsync(await PostAsync($"document={Uri.EscapeDataString(document)}"));
        Assert.Equal("M\u00fcller", ValueOf(page, "assignee.name"));
        Assert.Equal("N2\nP8", page.QuerySelector("textarea[name=waives]")!.TextContent.Trim());
        Assert.Equal(["tcp"], Ticked(page));
        Assert.True(page.QuerySelector("input[name=proprietary][value=false]")!.HasAttribute("checked"));
        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(page.GetElementById("json")!.TextContent)));
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_stays_and_its_faults_are_told()
    {
        var page = await ParseAsync(
            await PostAsync("document=%7B%22kind%22%3A%22assign%22%2C%22colour%22%3A1%7D")
        );

        Assert.Contains(
            "line 1, column",
            page.GetElementById("n-document")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("colour", page.GetElementById("n-document")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "\"colour\":1",
            page.GetElementById("f-document")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", 400, "says no kind")]
    [InlineData("kind=assign&kind=add", 400, "or several")]
    [InlineData("kind=%3Cb%3E", 400, "\u201c<b>\u201d is no kind of request")]
    [InlineData("kind=assign&colour=1", 400, "no field \u201ccolour\u201d")]
    [InlineData("kind=assign&name=a&name=b", 400, "comes several times")]
    [InlineData("kind=assign&document=x", 400, "comes alone")]
    [InlineData("kind=assign&take=name%3Dx", 400, "none that was offered")]
    public async Task Refuses_what_is_no_form_of_its_own(string body, int status, string words)
    {
        var answer = await PostAsync(body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(
            words,
            (await ParseAsync(answer)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    // The bytes of a document are judged by its reader, none of them lost on the way.
    [Theory]
    [InlineData("%7B%22kind%22%3A%22assign%22%2C%22name%22%3A%22a%FFb%22%7D")]
    [InlineData("%7B%22kind%22%3A%22assign%22%2C%22name%22%3A%22a%00b%22%7D")]
    [InlineData("{\"kind\":\"assign\",\"name\":\"100%\"")]
    [InlineData("")]
    public async Task A_document_is_judged_byte_by_byte(string encoded)
    {
        var page = await ParseAsync(await PostAsync($"document={encoded}"));

        Assert.NotNull(page.GetElementById("n-document"));
    }

    [Theory]
    [InlineData("name=a%00b", "name")]
    [InlineData("description=a%1Bb", "description")]
    [InlineData("port=%2B80", "port")]
    [InlineData("revises=x", "revises")]
    [InlineData("replacements=a", null)]
    public async Task What_the_reader_cannot_read_is_told(string field, string? place)
    {
        var answer = await PostAsync($"kind=assign&transports=tcp&{field}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await ParseAsync(answer);
        Assert.NotEmpty(page.QuerySelectorAll("#findings .note-fault"));
        if (place is not null)
            Assert.NotEmpty(page.QuerySelectorAll($"#n-{place} .note-fault"));
    }

    [Fact]
    public async Task Reads_no_more_than_a_document_may_have()
    {
        var many = string.Join('&', Enumerable.Range(0, 1000).Select(i => $"f{i}=1"));
        Assert.Equal(400, (int)(await PostAsync(many)).StatusCode);
        Assert.Equal(413, (int)(await PostAsync($"document={new string('a', 1 << 20)}")).StatusCode);
        var tooLong = await ParseAsync(await PostAsync($"document=%22{new string('a', 300_000)}%22"));
        Assert.NotNull(tooLong.GetElementById("n-document"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    public async Task Reads_forms_only(string type)
    {
        using var body = new StringContent("{}");
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        var answer = await Client.PostAsync("/request", body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task A_mirror_checks_and_leads_to_the_registry_that_takes_requests()
    {
        await using var mirror = await MirroringServer.StartAsync(new("http://127.0.0.1:9/registry.xml"));
        using var body = Form("kind=assign&name=foo&transports=tcp&port=8446");

        var answer = await mirror.Client.PostAsync("/request", body, TestContext.Current.CancellationToken);

        var page = await ParseAsync(answer);
        Assert.Equal(
            "https://www.iana.org/protocols/apply",
            page.QuerySelector(".title a")!.GetAttribute("href")
        );
        Assert.Contains("takes none", page.QuerySelector(".title")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("#findings li"));
        Assert.Contains(
            "https://www.iana.org/protocols/apply",
            page.GetElementById("next")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/ports/8446", "/request?kind=assign&port=8446")]
    [InlineData("/ports/8446/sctp", "/request?kind=assign&port=8446&transport=sctp")]
    [InlineData("/ports/8080/tcp", "/request?kind=second-name&port=8080&transport=tcp")]
    [InlineData("/services/https", "/request?kind=maintenance&name=https")]
    [InlineData("/services/quayside", "/request?kind=assign&name=quayside")]
    public async Task Pages_lead_to_it_with_what_they_know(string address, string request)
    {
        var page = await ParseAsync(await GetAsync(address));

        Assert.Contains(request, page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Tells_what_each_rule_says_and_where_it_comes_from()
    {
        var page = await ParseAsync(await PostAsync("kind=assign&name=https&transports=tcp"));

        var cited = page.QuerySelector("#n-name .note-refusal .cited")!;
        Assert.Equal("#rule-N3", cited.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains(
            "https://www.rfc-editor.org/rfc/rfc6335#section-8.1",
            cited.QuerySelectorAll("a").Select(link => link.GetAttribute("href"))
        );
        Assert.Contains("N3", page.GetElementById("rule-N3")!.TextContent, StringComparison.Ordinal);
        var all = await ParseAsync(await GetAsync("/request"));
        Assert.Equal(
            Rules.RuleBook.Standard.Rules.Select(rule => $"rule-{rule.Id}"),
            all.QuerySelectorAll("#criteria [id]").Select(rule => rule.Id)
        );
        Assert.Contains("PLEASE NOTE", all.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Answers_to_reading_and_posting_alone(string method)
    {
        using var request = new HttpRequestMessage(new(method), "/request");

        var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD", "POST"], answer.Content.Headers.Allow.Order());
    }

    static string? ValueOf(IDocument page, string name) =>
        page.QuerySelector($"input[name='{name}']")!.GetAttribute("value");

    static IEnumerable<string?> Ticked(IDocument page) =>
        page.QuerySelectorAll("input[name=transports][checked]").Select(box => box.GetAttribute("value"));

    Task<HttpResponseMessage> GetAsync(string address) =>
        Client.GetAsync(address, TestContext.Current.CancellationToken);

    async Task<HttpResponseMessage> PostAsync(string form, string address = "/request")
    {
        using var body = Form(form);
        return await Client.PostAsync(address, body, TestContext.Current.CancellationToken);
    }

    static StringContent Form(string fields)
    {
        var body = new StringContent(fields);
        body.Headers.ContentType = new("application/x-www-form-urlencoded");
        return body;
    }

    static async Task<IDocument> ParseAsync(HttpResponseMessage answer)
    {
        var content = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await BrowsingContext
            .New()
            .OpenAsync(request => request.Content(content), TestContext.Current.CancellationToken);
    }
}
