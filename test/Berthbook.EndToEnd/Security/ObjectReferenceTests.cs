using System.Text;
using Berthbook.Api;
using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Security;

/// <summary>What is another's looks as if it had never been there (reliability P12).</summary>
public class ObjectReferenceTests(ITestOutputHelper output)
{
    // As long as the numbers that are there, and never one.
    const int Never = 9;

    [Fact]
    public async Task An_id_of_another_is_answered_as_one_that_never_was()
    {
        await using var own = await RequestsServer.StartAsync();
        var server = own.Server;
        var token = own.NewToken("bob", TokenScope.Act);
        var session = await Sweep.SessionAsync(server, RequestsServer.AccountOf("bob"));
        var draft = await own.SubmitAsync(
            "ada",
            RequestsServer.Asking("pears", "ada", "4100"),
            "?draft=true"
        );
        var report = await own.SubmitAsync(
            "ada",
            """{"kind":"unauthorized-use","name":"quay","unauthorizedUse":"Another protocol is spoken there by somebody."}"""
        );
        var claim = await own.PostAsync("claims", "ada", """{"contact":"Ends_ ","statement":"It is me."}""");
        Assert.Equal(201, (int)claim.Status);
        // Tokens of one digit are everybody's from the start: the first is ada's.
        int[] ids = [draft.Number, report.Number, (int)claim.Json["number"]!];
        Assert.All(ids, id => Assert.InRange(id, 1, Never - 1));

        var promise = new Promise("references", "an id of another is answered as one that never was", 0);
        var wrong = new List<string>();
        var isSeen = 0;
        foreach (var endpoint in Sweep.Endpoints(server).Where(HasNumber))
        {
            foreach (var method in MethodsOf(endpoint))
            {
                foreach (var id in IdsOf(endpoint, draft.Number, report.Number, (int)claim.Json["number"]!))
                {
                    foreach (var body in BodiesOf(method))
                    {
                        foreach (
                            var tag in new[]
                            {
                                "*",
                                draft.Tag!,
                                report.Tag!,
                                $"\"{id}-1\"",
                                $"\"{Never}-1\"",
                                "",
                            }
                        )
                        {
                            promise.Tried++;
                            var there = await AskAsync(
                                server,
                                endpoint,
                                method,
                                id,
                                body,
                                tag,
                                token,
                                session
                            );
                            var absent = await AskAsync(
                                server,
                                endpoint,
                                method,
                                Never,
                                body,
                                tag,
                                token,
                                session
                            );
                            if (there != absent)
                                wrong.Add(
                                    $"{method} {endpoint.RoutePattern.RawText} {id} {tag} {body}:\n{there}\n{absent}"
                                );
                        }
                    }
                }
            }
        }
        // The control: who owns them gets another answer.
        foreach (var path in new[] { $"requests/{draft.Number}", $"requests/{report.Number}" })
            isSeen += (await own.GetAsync(path, "ada")).Status == System.Net.HttpStatusCode.OK ? 1 : 0;
        promise.Failed = wrong.Count;
        promise.Control = ("the owner is answered otherwise", isSeen);
        promise.Record();
        output.WriteLine($"{promise.Tried} tries");
        Assert.True(wrong.Count == 0, $"{wrong.Count}\n" + string.Join('\n', wrong.Take(20)));
        Assert.Equal(2, isSeen);
        Assert.True(promise.Tried > 500, $"void: {promise.Tried} tries only");
    }

    [Fact]
    public async Task Nothing_of_another_shows_by_query_body_or_key()
    {
        await using var own = await RequestsServer.StartAsync();
        var session = await Sweep.SessionAsync(own.Server, RequestsServer.AccountOf("bob"));
        var key = Guid.NewGuid().ToString("N");
        await own.PostAsync("requests?draft=true", "ada", RequestsServer.Asking("pears", "ada", "4100"), key);
        await own.PostAsync("claims", "ada", """{"contact":"Ends_ "}""");
        // What ada keeps as a draft bars nobody and is found by nobody.
        foreach (var (there, absent) in new[] { ("pears", "nears") })
        {
            foreach (
                var path in new[] { "requests?search={0}", "search?q={0}", "requests?mine=true&search={0}" }
            )
                Assert.Equal(
                    Without(
                        (
                            await own.GetAsync(path.Replace("{0}", absent, StringComparison.Ordinal), "bob")
                        ).Text,
                        absent
                    ),
                    Without(
                        (
                            await own.GetAsync(path.Replace("{0}", there, StringComparison.Ordinal), "bob")
                        ).Text,
                        there
                    )
                );
            var checkedThere = await own.PostAsync(
                "requests?dryRun=true",
                "bob",
                RequestsServer.Asking(there, "bob", "4100")
            );
            var checkedAbsent = await own.PostAsync(
                "requests?dryRun=true",
                "bob",
                RequestsServer.Asking(absent, "bob", "4100")
            );
            Assert.Equal(200, (int)checkedThere.Status);
            Assert.Equal(Without(checkedAbsent.Text, absent), Without(checkedThere.Text, there));
        }
        // A key of another is one's own first use of it.
        var again = await own.PostAsync(
            "requests?draft=true",
            "bob",
            RequestsServer.Asking("plums", "bob"),
            key
        );
        var fresh = await own.PostAsync("requests?draft=true", "bob", RequestsServer.Asking("plums", "bob"));
        Assert.Equal(201, (int)again.Status);
        Assert.Equal(
            fresh.Text.Replace($"\"number\":{fresh.Number}", "", StringComparison.Ordinal),
            again.Text.Replace($"\"number\":{again.Number}", "", StringComparison.Ordinal)
        );
        // Lists of one's own have nothing of another.
        Assert.Equal(0, (int)(await own.GetAsync("claims", "bob")).Json["total"]!);
        Assert.DoesNotContain(
            "pears",
            (await own.GetAsync("requests?mine=true", "bob")).Text,
            StringComparison.Ordinal
        );
        var tokens = (await own.GetAsync("tokens", "bob")).Json;
        Assert.Equal(1, (int)tokens["total"]!);
        // Forms take an id in their body: that of another does what one that never was does.
        foreach (var (handler, name, id) in new[] { ("DeleteToken", "id", 1), ("Decide", "number", 1) })
            Assert.Equal(
                await PostFormAsync(own.Server, session, handler, name, Never * 100 + 99),
                await PostFormAsync(own.Server, session, handler, name, id)
            );
        Assert.Equal(1, (int)(await own.GetAsync("tokens", "ada")).Json["total"]!);
    }

    static string Without(string text, string word) => text.Replace(word, "(word)", StringComparison.Ordinal);

    static bool HasNumber(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        && endpoint.RoutePattern.Parameters.Any(parameter => parameter.Name is "number" or "n" or "id")
        // Ports, contacts and revisions are everybody's.
        && endpoint
            .RoutePattern.RawText?.Split('/')
            .Intersect(["ports", "contacts", "changes", "revisions"])
            .Any() != true;

    static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
            ? methods.Where(method => method != "HEAD")
            : ["PATCH"];

    // Which numbers of ada's mean something at an address.
    static int[] IdsOf(RouteEndpoint endpoint, int draft, int report, int claim) =>
        endpoint.RoutePattern.RawText switch
        {
            { } route when route.Contains("claims", StringComparison.Ordinal) => [claim],
            { } route when route.Contains("tokens", StringComparison.Ordinal) => [1],
            { } route when route.Contains("account", StringComparison.Ordinal) => [1],
            { } route when route.Contains("outbox", StringComparison.Ordinal) => [1],
            _ => [draft, report],
        };

    static string[] BodiesOf(string method) =>
        method is "GET" or "DELETE"
            ? [""]
            :
            [
                "{}",
                """{"reason":"because"}""",
                """{"reason":"because","for":true,"criteria":["A3"],"account":1}""",
            ];

    static async Task<string> AskAsync(
        RunningServer server,
        RouteEndpoint endpoint,
        string method,
        int id,
        string body,
        string tag,
        string token,
        string session
    )
    {
        var address = Sweep.AddressOf(endpoint, name => name is "number" or "n" or "id" ? $"{id}" : "1");
        using var call = new HttpRequestMessage(new(method), address);
        if (address.StartsWith("/api", StringComparison.Ordinal))
            call.Headers.Authorization = new("Bearer", token);
        else
            call.Headers.Add("Cookie", session);
        if (body.Length > 0)
            call.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (tag.Length > 0)
        {
            call.Headers.TryAddWithoutValidation("If-Match", tag);
            call.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }
        call.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await server.Client.SendAsync(call, Sweep.Cancellation);
        return await ToldAsync(answer, id);
    }

    static async Task<string> PostFormAsync(
        RunningServer server,
        string session,
        string handler,
        string name,
        int id
    )
    {
        using var open = new HttpRequestMessage(HttpMethod.Get, "/account");
        open.Headers.Add("Cookie", session);
        using var form = await server.Client.SendAsync(open, Sweep.Cancellation);
        var page = await form.Content.ReadAsStringAsync(Sweep.Cancellation);
        using var call = new HttpRequestMessage(HttpMethod.Post, $"/account?handler={handler}")
        {
            Content = new FormUrlEncodedContent([
                KeyValuePair.Create(name, $"{id}"),
                KeyValuePair.Create("answer", "confirm"),
                KeyValuePair.Create("form", GuessingTests.FormToken().Match(page).Value),
            ]),
        };
        call.Headers.Add(
            "Cookie",
            $"{session}; {form.Headers.GetValues("Set-Cookie").Single().Split(';')[0]}"
        );
        using var answer = await server.Client.SendAsync(call, Sweep.Cancellation);
        Assert.Equal(200, (int)answer.StatusCode);
        return await ToldAsync(answer, id);
    }

    // All of an answer, with the id that was asked for written as a sign.
    static async Task<string> ToldAsync(HttpResponseMessage answer, int id)
    {
        var headers = answer
            .Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Content-Length" or "Set-Cookie"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        var body = await answer.Content.ReadAsStringAsync(Sweep.Cancellation);
        var text = GuessingTests.FormToken().Replace(body, "(token)");
        return $"{(int)answer.StatusCode} {string.Join('\n', headers)}\n{Signed(text, id)}";
    }

    static string Signed(string text, int id) =>
        System.Text.RegularExpressions.Regex.Replace(
            text,
            $@"(?<=(request|claim|token|account)s?[ /]){id}\b",
            "#"
        );
}
