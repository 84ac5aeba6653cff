using AngleSharp.Html.Parser;
using Berthbook.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Security;

/// <summary>No other site posts in somebody's name (reliability P20, T15).</summary>
public class ForgeryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Is_refused_by_every_form_that_changes_something()
    {
        await using var server = await RouteMatrixTests.StartAsync(null);
        var subjects = await Subjects.MakeAsync(server);
        // Has every office, and thereby gets to every page.
        var session = await Sweep.SessionAsync(server, subjects.AccountOf("one-factor"));
        var other = await Sweep.SessionAsync(server, subjects.AccountOf("other"));
        var own = await FormAsync(server, session);
        var anothers = await FormAsync(server, other);
        var nobodys = await FormAsync(server, null);
        var everywhere = (Session: session, Form: own);
        var auditor = await Sweep.SessionAsync(server, subjects.AccountOf("auditor"));
        var reading = (Session: auditor, Form: await FormAsync(server, auditor));
        var promise = new Promise("forgery", "a post without a token of the account's own is refused", 0);
        var wrong = new List<string>();
        var forms = await FormsAsync(server);
        var before = Sweep.Rows(server, "audit", "audit_text");
        foreach (var address in forms)
        {
            (session, own) = address.StartsWith("/admin/audit", StringComparison.Ordinal)
                ? reading
                : everywhere;
            foreach (
                var (what, cookie, field, site) in new[]
                {
                    ("no token", session, null, null),
                    ("a cookie without the field", $"{session}; {own.Cookie}", null, null),
                    ("the field without its cookie", session, own.Field, null),
                    ("the token of another", $"{session}; {anothers.Cookie}", anothers.Field, null),
                    ("the token of nobody", $"{session}; {nobodys.Cookie}", nobodys.Field, null),
                    ("nobody without a token", "", null, null),
                    ("another site", $"{session}; {own.Cookie}", own.Field, "Origin=https://evil.example"),
                    ("a site beside", $"{session}; {own.Cookie}", own.Field, "Sec-Fetch-Site=same-site"),
                    ("a cross site", $"{session}; {own.Cookie}", own.Field, "Sec-Fetch-Site=cross-site"),
                }
            )
            {
                promise.Tried++;
                var status = await PostAsync(server, address, cookie, field, site);
                var isSignInAsked = cookie.Length == 0 && status == 302;
                if (!isSignInAsked && status != (site is null ? 400 : 403))
                    wrong.Add($"{address} with {what}: {status}");
            }
        }
        promise.Failed =
            wrong.Count + Sweep.Differing(before, Sweep.Rows(server, "audit", "audit_text")).Count;
        (session, own) = everywhere;
        // The control: with one's own token the same post is heard.
        var heard = await PostAsync(
            server,
            "/account?handler=Details",
            $"{session}; {own.Cookie}",
            own.Field,
            "Sec-Fetch-Site=same-origin"
        );
        promise.Control = ("a post with a token of its own", heard == 200 ? 1 : 0);
        promise.Record();
        output.WriteLine($"{promise.Tried} posts to {forms.Count} forms: {string.Join(", ", forms)}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(0, promise.Failed);
        Assert.Equal(200, heard);
        Assert.True(forms.Count > 15, "void: the forms were not found");
    }

    // Every handler of every page that takes posts, but the form that only checks and the page of errors.
    static async Task<List<string>> FormsAsync(RunningServer server)
    {
        var loader = server.Services.GetRequiredService<PageLoader>();
        var forms = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in Sweep.Endpoints(server))
        {
            if (
                endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page
                || endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") != true
                // The form that only checks, and the one whose right is the code of a letter, whoever is signed in.
                || endpoint.RoutePattern.RawText?.Trim('/') is "request" or "requests/{number}/confirm"
            )
                continue;
            var address = Sweep.AddressOf(endpoint, _ => "1");
            forms.Add(address);
            var compiled = await loader.LoadAsync(page, endpoint.Metadata);
            foreach (var handler in compiled.HandlerMethods.Where(handler => handler.HttpMethod == "Post"))
            {
                if (handler.Name is { Length: > 0 } name)
                    forms.Add($"{address}?handler={name}");
            }
        }
        return [.. forms];
    }

    static async Task<(string Cookie, string Field)> FormAsync(RunningServer server, string? session)
    {
        using var call = new HttpRequestMessage(
            HttpMethod.Get,
            session is null ? "/account/sign-in" : "/account"
        );
        if (session is not null)
            call.Headers.Add("Cookie", session);
        using var answer = await server.Client.SendAsync(call, Sweep.Cancellation);
        var page = await new HtmlParser().ParseDocumentAsync(
            await answer.Content.ReadAsStringAsync(Sweep.Cancellation),
            Sweep.Cancellation
        );
        return (
            answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0],
            page.QuerySelector("form[method=post] input[name=form]")!.GetAttribute("value")!
        );
    }

    static async Task<int> PostAsync(
        RunningServer server,
        string address,
        string cookie,
        string? field,
        string? header
    )
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent([
                KeyValuePair.Create("name", "Forged"),
                .. field is null ? [] : new[] { KeyValuePair.Create("form", field) },
            ]),
        };
        if (cookie.Length > 0)
            call.Headers.Add("Cookie", cookie);
        if (header?.Split('=', 2) is [var name, var value])
            call.Headers.Add(name, value);
        using var answer = await server.Client.SendAsync(call, Sweep.Cancellation);
        return (int)answer.StatusCode;
    }
}
