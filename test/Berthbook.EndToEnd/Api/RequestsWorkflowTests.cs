using System.Net;
using System.Text.Json.Nodes;
using Berthbook.Server.Accounts;

namespace Berthbook.Api;

/// <summary><c>/api/v1/requests</c>: from a document to a published assignment, and what is refused on the way.</summary>
public sealed class RequestsWorkflowTests : IAsyncLifetime
{
    RequestsServer own = null!;

    public async ValueTask InitializeAsync() => own = await RequestsServer.StartAsync();

    public ValueTask DisposeAsync() => own.DisposeAsync();

    [Fact]
    public async Task A_name_alone_is_assigned_at_once_and_is_there_on_the_next_fetch()
    {
        var said = await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada"));
        Assert.Equal("assigned", said.State);
        Assert.Equal($"/api/v1/requests/{said.Number}", said.Location!.ToString());
        Assert.Equal("First Come First Served", (string?)said.Json["procedure"]);
        Assert.NotEmpty(said.Json["effect"]!.AsArray());
        Assert.Empty(said.Json["may"]!.AsArray());
        var revision = (int)said.Json["revision"]!;
        var service = await own.GetAsync("services/plum");
        Assert.Equal(HttpStatusCode.OK, service.Status);
        var csv = await own.Server.Client.GetStringAsync(
            "/assignments/service-names-port-numbers/service-names-port-numbers.csv",
            TestContext.Current.CancellationToken
        );
        Assert.Contains("\nplum,,tcp,Lists of plum,", csv, StringComparison.Ordinal);
        var made = await own.GetAsync($"revisions/{revision}");
        Assert.Equal(said.Number, (int)made.Json["request"]!);
    }

    [Fact]
    public async Task A_number_goes_by_the_right_expert_and_the_registrar()
    {
        var number = (await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada", "4100"))).Number;
        var asked = await own.GetAsync($"requests/{number}", "eve");
        Assert.Equal("in-review", asked.State);
        Assert.Equal(["tcp-udp"], asked.Json["missing"]!.AsArray().Select(pool => (string)pool!));
        Assert.Equal(["ask", "recommend"], asked.Json["may"]!.AsArray().Select(action => (string)action!));

        const string For = """{"for":true,"reason":"It fits.","criteria":["P10"],"note":"quick"}""";
        var other = await own.PostAsync($"requests/{number}/recommend", "sam", For);
        Assert.Equal((HttpStatusCode.Forbidden, "/problems/forbidden"), (other.Status, other.Problem));
        Assert.Equal(["A11"], other.Rules);
        var early = await own.PostAsync($"requests/{number}/approve", "rita");
        Assert.Equal((HttpStatusCode.Conflict, "/problems/conflict"), (early.Status, early.Problem));
        Assert.Equal(["A11"], early.Rules);

        await own.ActAsync(number, "recommend", "eve", For);
        await own.ActAsync(number, "approve", "rita");
        var assigned = await own.ActAsync(
            number,
            "assign",
            "rita",
            """{"choices":{"references":["RFC9000"],"notes":"Asked for by its growers."}}"""
        );
        Assert.Equal("assigned", assigned.State);
        var port = await own.GetAsync("ports/4100/tcp");
        Assert.Equal("Assigned", (string?)port.Json["state"]);
        var record = port.Json["records"]![0]!;
        Assert.Equal("Asked for by its growers.", (string?)record["notes"]);
        Assert.Equal("RFC9000", (string?)record["references"]![0]!["label"]);
    }

    [Fact]
    public async Task Everybody_sees_what_is_asked_and_decided_but_no_person_and_no_discussion()
    {
        const string Requester =
            """,  "requester":{"name":"Rupert Requester","email":"rupert@harbour.example"}""";
        var document = RequestsServer.Asking("plum", "ada", "4100", Requester);
        var submitted = await own.SubmitAsync("ada", document);
        Assert.Equal("submitted", submitted.State);
        var number = submitted.Number;
        await own.ActAsync(number, "withdraw", "ada", """{"reason":"mistakemarker"}""");

        number = (await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada", "4100"))).Number;
        await own.ActAsync(number, "ask", "eve", """{"reason":"questionmarker?"}""");
        await own.ActAsync(number, "answer", "ada", """{"reason":"answermarker"}""");
        await own.ActAsync(
            number,
            "recommend",
            "eve",
            """{"for":true,"reason":"It fits, says ada@harbour.example.","criteria":["P10"],"note":"notemarker"}"""
        );
        string[] secrets =
        [
            "ada@harbour.example",
            "Ada Marker",
            "Ada_Marker",
            "rupert@",
            "Rupert",
            "questionmarker",
            "answermarker",
            "notemarker",
            "mistakemarker",
        ];
        var views = new List<string>();
        foreach (var path in (string[])["requests/1", "requests/2", "requests"])
        {
            foreach (var who in (string?[])[null, "bob", "sam", "max", "uma"])
            {
                var seen = await own.GetAsync(path, who);
                Assert.Equal(HttpStatusCode.OK, seen.Status);
                Assert.All(
                    secrets,
                    secret => Assert.DoesNotContain(secret, seen.Text, StringComparison.OrdinalIgnoreCase)
                );
                views.Add(seen.Text);
            }
        }
        // Who has no part in it sees what everybody sees.
        Assert.Equal(3, views.Distinct().Count());
        var open = (await own.GetAsync("requests/2")).Json;
        Assert.Equal("It fits, says ….", (string?)open["steps"]!.AsArray()[^1]!["reason"]);
        Assert.Equal("Growers of plum", (string?)open["document"]!["assignee"]!["name"]);
        Assert.NotEmpty(open["effect"]!.AsArray());

        var applicant = (await own.GetAsync("requests/2", "ada")).Text;
        Assert.Contains("questionmarker", applicant, StringComparison.Ordinal);
        Assert.Contains("ada@harbour.example", applicant, StringComparison.Ordinal);
        Assert.DoesNotContain("notemarker", applicant, StringComparison.Ordinal);
        foreach (var who in (string[])["eve", "rita", "olga"])
            Assert.Contains(
                "notemarker",
                (await own.GetAsync("requests/2", who)).Text,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task Drafts_and_reports_are_for_nobody_else_and_look_as_if_they_were_not_there()
    {
        var draft = await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada", "4100"), "?draft=true");
        Assert.Equal("draft", draft.State);
        var report = await own.SubmitAsync(
            "ada",
            """{"kind":"unauthorized-use","name":"quay","unauthorizedUse":"Another protocol is spoken there by somebody."}"""
        );
        foreach (var number in (int[])[draft.Number, report.Number])
        {
            foreach (var who in (string?[])[null, "bob", "max", "uma"])
                Assert.Equal(
                    await Unknown($"requests/{number}", who, number),
                    await own.GetAsync($"requests/{number}", who)
                );
            foreach (var match in (string[])["*", "\"1-1\"", "\"1-7\"", $"\"{number}-1\""])
            {
                var said = await own.PostAsync($"requests/{number}/withdraw", "bob", "{}", match: match);
                Assert.Equal(await Unknown($"requests/{number}/withdraw", "bob", number), said);
            }
            Assert.Equal(HttpStatusCode.OK, (await own.GetAsync($"requests/{number}", "ada")).Status);
        }
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await own.GetAsync($"requests/{draft.Number}", "rita")).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync($"requests/{report.Number}", "rita")).Status);
        Assert.Equal(0, (int)(await own.GetAsync("requests", "bob")).Json["total"]!);
        Assert.Equal(2, (int)(await own.GetAsync("requests?mine=true", "ada")).Json["total"]!);
        // A draft that was never submitted stays its author's when it is withdrawn.
        await own.ActAsync(draft.Number, "withdraw", "ada");
        Assert.Equal(HttpStatusCode.NotFound, (await own.GetAsync($"requests/{draft.Number}")).Status);
        Assert.Equal(0, (int)(await own.GetAsync("requests")).Json["total"]!);
    }

    [Fact]
    public async Task A_step_is_taken_on_the_version_that_was_seen()
    {
        var number = (await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada", "4100"))).Number;
        var seen = await own.GetAsync($"requests/{number}", "eve");
        var none = await own.PostAsync(
            $"requests/{number}/ask",
            "eve",
            """{"reason":"Which?"}""",
            match: null
        );
        Assert.Equal(((HttpStatusCode)428, "/problems/no-version"), (none.Status, none.Problem));
        var asked = await own.PostAsync(
            $"requests/{number}/ask",
            "eve",
            """{"reason":"Which?"}""",
            match: seen.Tag
        );
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.NotEqual(seen.Tag, asked.Tag);
        foreach (
            var stale in (string[])[seen.Tag!, $"\"{number}-1\"", "\"1-x\"", "\"other\"", $"W/{asked.Tag}"]
        )
        {
            var said = await own.PostAsync(
                $"requests/{number}/answer",
                "ada",
                """{"reason":"This."}""",
                match: stale
            );
            Assert.Equal(
                (HttpStatusCode.PreconditionFailed, "/problems/other-version"),
                (said.Status, said.Problem)
            );
        }
        var malformed = await own.PostAsync(
            $"requests/{number}/answer",
            "ada",
            """{"reason":"x"}""",
            match: "7"
        );
        Assert.Equal(HttpStatusCode.BadRequest, malformed.Status);
        var answered = await own.PostAsync(
            $"requests/{number}/answer",
            "ada",
            """{"reason":"This."}""",
            match: $"\"{number}-2\""
        );
        Assert.Equal(HttpStatusCode.OK, answered.Status);
    }

    [Fact]
    public async Task A_key_makes_it_happen_once()
    {
        var document = RequestsServer.Asking("plum", "ada", "4100");
        var first = await own.PostAsync("requests", "ada", document, key: "k-1");
        var again = await own.PostAsync("requests", "ada", document, key: "k-1");
        Assert.Equal(first, again);
        Assert.Equal(1, (int)(await own.GetAsync("requests")).Json["total"]!);
        var other = await own.PostAsync("requests", "ada", RequestsServer.Asking("pear", "ada"), key: "k-1");
        Assert.Equal((HttpStatusCode.Conflict, "/problems/key-used"), (other.Status, other.Problem));
        // Another account's keys are its own.
        await own.PostAsync("requests", "bob", RequestsServer.Asking("pear", "bob", "4200"), key: "k-1");
        Assert.Equal(2, (int)(await own.GetAsync("requests")).Json["total"]!);

        var number = first.Number;
        const string Against = """{"for":false,"reason":"Too many.","criteria":["P10"]}""";
        var keyless = await own.PostAsync($"requests/{number}/recommend", "eve", Against, key: null);
        Assert.Equal(HttpStatusCode.BadRequest, keyless.Status);
        Assert.Equal("Idempotency-Key", (string?)keyless.Json["faults"]![0]!["field"]);
        foreach (var wrong in (string[])["a b", new string('x', 129)])
            Assert.Equal(
                HttpStatusCode.BadRequest,
                (await own.PostAsync($"requests/{number}/recommend", "eve", Against, key: wrong)).Status
            );
        var tag = (await own.GetAsync($"requests/{number}", "eve")).Tag;
        var said = await own.PostAsync($"requests/{number}/recommend", "eve", Against, "k-2", tag);
        Assert.Equal(HttpStatusCode.OK, said.Status);
        // The tag is stale by now; the same call is not another one.
        Assert.Equal(said, await own.PostAsync($"requests/{number}/recommend", "eve", Against, "k-2", tag));
        Assert.Equal(2, said.Json["steps"]!.AsArray().Count);
        var changed = await own.PostAsync(
            $"requests/{number}/recommend",
            "eve",
            Against.Replace("false", "true"),
            "k-2",
            "*"
        );
        Assert.Equal("/problems/key-used", changed.Problem);
    }

    [Fact]
    public async Task A_dry_run_leaves_no_trace()
    {
        var number = (await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada", "4100"))).Number;
        await own.ActAsync(
            number,
            "recommend",
            "eve",
            """{"for":true,"reason":"Fits.","criteria":["P10"]}"""
        );
        await own.ActAsync(number, "approve", "rita");
        foreach (var (who, _) in RequestsServer.People)
            await own.GetAsync("tokens", who);
        var before = own.Database();
        var named = await own.PostAsync("requests?dryRun=true", "ada", RequestsServer.Asking("pear", "ada"));
        Assert.Equal((HttpStatusCode.OK, "assigned"), (named.Status, named.State));
        Assert.NotEmpty(named.Json["effect"]!.AsArray());
        Assert.Null(named.Location);
        var assigned = await own.PostAsync($"requests/{number}/assign?dryRun=true", "rita", key: null);
        Assert.Equal((HttpStatusCode.OK, "assigned"), (assigned.Status, assigned.State));
        Assert.NotEmpty(assigned.Json["effect"]!.AsArray());
        var refused = await own.PostAsync($"requests/{number}/approve?dryRun=true", "rita");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(
            HttpStatusCode.OK,
            (await own.PostAsync($"requests/{number}/withdraw?dryRun=true", "ada")).Status
        );
        Assert.Equal(before, own.Database());
        // The next one is what the dry run said it would be.
        var real = await own.ActAsync(number, "assign", "rita");
        Assert.Equal(assigned.Json["revision"]!.ToJsonString(), real.Json["revision"]!.ToJsonString());
    }

    [Fact]
    public async Task Several_are_taken_all_or_none()
    {
        string List(params string[] documents) => $"[{string.Join(",\n", documents)}]";
        var (plum, pear) = (
            RequestsServer.Asking("plum", "ada"),
            RequestsServer.Asking("pear", "ada", "4100")
        );
        var refused = await own.PostAsync(
            "requests",
            "ada",
            List(plum, RequestsServer.Asking("quay", "ada"), pear)
        );
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains(
            "[1].name",
            refused.Json["findings"]!.AsArray().Select(finding => (string?)finding!["field"])
        );
        Assert.Equal(0, (int)(await own.GetAsync("requests")).Json["total"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await own.GetAsync("services/plum")).Status);

        var unreadable = await own.PostAsync(
            "requests",
            "ada",
            "[{\"kind\":\"assign\"},\n {\"kind\":\"assign\",\"colour\":1}]"
        );
        Assert.Equal(HttpStatusCode.BadRequest, unreadable.Status);
        var fault = unreadable.Json["faults"]![0]!;
        Assert.Equal("2:19 [1].colour", $"{fault["line"]}:{fault["column"]} {fault["field"]}");
        foreach (var wrong in (string[])["[]", List([.. Enumerable.Repeat("{}", 101)]), "[1]", "[", "[{}]x"])
            Assert.Equal(HttpStatusCode.BadRequest, (await own.PostAsync("requests", "ada", wrong)).Status);

        var taken = await own.SubmitAsync("ada", List(plum, pear));
        Assert.Equal(["assigned", "in-review"], taken.Json.AsArray().Select(one => (string)one!["state"]!));
        // Two for the same name in one list: the second has come too late.
        var twice = await own.PostAsync(
            "requests",
            "ada",
            List(RequestsServer.Asking("fig", "ada"), RequestsServer.Asking("FIG", "ada"))
        );
        Assert.Equal(HttpStatusCode.Conflict, twice.Status);
    }

    [Fact]
    public async Task Who_may_not_is_401_or_403_and_what_is_not_there_404()
    {
        var document = RequestsServer.Asking("plum", "ada", "4100");
        var nobody = await own.PostAsync("requests", null, document);
        Assert.Equal((HttpStatusCode.Unauthorized, "/problems/unknown"), (nobody.Status, nobody.Problem));
        var reader = await own.PostAsync(
            "requests",
            "ada",
            document,
            token: own.NewToken("ada", TokenScope.Read)
        );
        Assert.Equal((HttpStatusCode.Forbidden, "/problems/forbidden"), (reader.Status, reader.Problem));
        Assert.Equal(HttpStatusCode.Unauthorized, (await own.GetAsync("requests?mine=true")).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await own.PostAsync("requests?byMail=true", "ada", document)).Status
        );
        var number = (await own.SubmitAsync("ada", document)).Number;
        foreach (var action in (string[])["approve", "reject", "assign", "refer", "attempt", "stand-in"])
        {
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await own.PostAsync($"requests/{number}/{action}", null)).Status
            );
            foreach (var who in (string[])["ada", "bob", "eve", "max", "uma"])
                Assert.Equal(
                    HttpStatusCode.Forbidden,
                    (await own.PostAsync($"requests/{number}/{action}", who)).Status
                );
        }
        Assert.Equal(HttpStatusCode.NotFound, (await own.PostAsync("requests/99/withdraw", "ada")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await own.PostAsync($"requests/{number}/renew", "ada")).Status
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await own.PostAsync("requests/01/withdraw", "ada")).Status);
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await own.GetAsync($"requests/{number}/withdraw", "ada")).Status
        );
    }

    [Fact]
    public async Task What_is_said_to_an_action_is_read_strictly()
    {
        var number = (await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada", "4100"))).Number;
        foreach (
            var (json, place) in (IEnumerable<(string, string)>)
                [
                    ("{\"reason\":\"x\",\n \"colour\":1}", "2:2 colour"),
                    ("""{"reason":"x","reason":"y"}""", "1:15 reason"),
                    ("""{"reason":1}""", "1:11 reason"),
                    ("""{"for":true}""", "1:2 for"),
                    ("""["x"]""", "1:1 "),
                    ("""{"reason":"x"} y""", "1:16 "),
                ]
        )
        {
            var said = await own.PostAsync($"requests/{number}/reject", "rita", json);
            Assert.Equal(HttpStatusCode.BadRequest, said.Status);
            var fault = said.Json["faults"]![0]!;
            Assert.Equal(place, $"{fault["line"]}:{fault["column"]} {fault["field"]}");
        }
        var blank = await own.PostAsync($"requests/{number}/ask", "eve", "{}");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "reason"),
            (blank.Status, (string?)blank.Json["faults"]![0]!["field"])
        );
        Assert.Equal("withdrawn", (await own.ActAsync(number, "withdraw", "ada")).State);
    }

    [Fact]
    public async Task The_registrar_enters_what_came_by_mail()
    {
        var said = await own.SubmitAsync(
            "rita",
            RequestsServer.Asking("plum", "ada", "4100"),
            "?byMail=true"
        );
        Assert.Equal("submitted", said.State);
        Assert.Equal("registrar", (string?)said.Json["steps"]![0]!["office"]);
        Assert.Equal(0, (int)(await own.GetAsync("requests?mine=true", "rita")).Json["total"]!);
    }

    [Fact]
    public async Task Requests_are_listed_by_state_rule_and_words()
    {
        await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada"));
        await own.SubmitAsync("ada", RequestsServer.Asking("pear", "ada", "4100"));
        var second = await own.SubmitAsync("bob", RequestsServer.Asking("fig", "bob", "4200"));
        await own.ActAsync(
            second.Number,
            "recommend",
            "eve",
            """{"for":true,"reason":"Fits.","criteria":["P10"]}"""
        );
        foreach (
            var (query, names) in (IEnumerable<(string, string)>)
                [
                    ("", "fig pear plum"),
                    ("?state=assigned", "plum"),
                    ("?state=in-review,assigned", "fig pear plum"),
                    ("?rule=P10", "fig"),
                    ("?search=pear", "pear"),
                    ("?search=4200", "fig"),
                    ("?pageSize=1&page=2", "pear"),
                    ("?state=rejected", ""),
                ]
        )
        {
            var said = await own.GetAsync($"requests{query}");
            Assert.Equal(
                names,
                string.Join(' ', said.Json["items"]!.AsArray().Select(one => (string)one!["name"]!))
            );
        }
        foreach (var wrong in (string[])["?state=open", "?mine=yes", "?sort=colour", "?page=0"])
            Assert.Equal(HttpStatusCode.BadRequest, (await own.GetAsync($"requests{wrong}")).Status);
    }

    [Fact]
    public async Task Answers_are_as_they_are_described()
    {
        var described = (await own.GetAsync("../../openapi/v1.json")).Json;
        var paths = described["paths"]!;
        var number = (await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada", "4100"))).Number;
        var asked = await own.ActAsync(number, "ask", "eve", """{"reason":"Which?"}""");
        Check(asked, "/api/v1/requests/{number}/ask", "200");
        Check(
            await own.PostAsync($"requests/{number}/ask", "bob", """{"reason":"x"}"""),
            "/api/v1/requests/{number}/ask",
            "409"
        );
        Check(await own.SubmitAsync("bob", RequestsServer.Asking("pear", "bob")), "/api/v1/requests", "201");
        Check(
            await own.SubmitAsync("bob", $"[{RequestsServer.Asking("fig", "bob")}]"),
            "/api/v1/requests",
            "201"
        );
        foreach (var action in Requests.RequestActions.OfPeople)
        {
            var operation = paths[$"/api/v1/requests/{{number}}/{Requests.RequestActions.Word(action)}"]![
                "post"
            ]!;
            Assert.NotEmpty(operation["security"]!.AsArray());
            Assert.Equal(
                ["number", "dryRun", "If-Match", "Idempotency-Key"],
                operation["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!)
            );
            Assert.Equal(
                ["200", "400", "401", "403", "404", "409", "412", "413", "415", "428", "503"],
                ((JsonObject)operation["responses"]!)
                    .Select(response => response.Key)
                    .Order(StringComparer.Ordinal)
            );
        }

        void Check(Said said, string path, string status)
        {
            Assert.Equal(
                status,
                ((int)said.Status).ToString(System.Globalization.CultureInfo.InvariantCulture)
            );
            var content = (JsonObject)paths[path]!["post"]!["responses"]![status]!["content"]!;
            Assert.Empty(
                new JsonSchemaCheck(described).Faults(said.Json, content[said.MediaType!]!["schema"]!, path)
            );
        }
    }

    // The answer about a number that never was, with this number in its words.
    async Task<Said> Unknown(string path, string? who, int number)
    {
        var address = path.Replace($"/{number}", "/999", StringComparison.Ordinal);
        var said = path.EndsWith("withdraw", StringComparison.Ordinal)
            ? await own.PostAsync(address, who, "{}")
            : await own.GetAsync(address, who);
        return said with { Text = said.Text.Replace("999", $"{number}", StringComparison.Ordinal) };
    }
}
