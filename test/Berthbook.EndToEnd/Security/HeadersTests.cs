using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Berthbook.Authorization;
using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Berthbook.Security;

/// <summary>What keeps a browser safe is on every answer, whatever it is (reliability P20).</summary>
public partial class HeadersTests(ITestOutputHelper output)
{
    const string Broken = "X-Test-Broken";
    const string Account = "/api/v1/account";
    const string Bare = "X-Test-Bare";

    [Fact]
    public async Task Are_on_every_answer_of_every_endpoint()
    {
        await using var server = await RouteMatrixTests.StartAsync(Shape);
        var subjects = await Subjects.MakeAsync(server);
        var session = await Sweep.SessionAsync(server, subjects.AccountOf("one-factor"));
        var promise = new Promise("headers", "every answer has the headers that keep a browser safe", 0);
        var statuses = new SortedDictionary<int, int>();
        var wrong = new List<string>();
        foreach (var call in Calls(server).ToList())
        {
            using var open = await SendAsync(server, call, null, null);
            using var known = await SendAsync(server, call, session, subjects.TokenOf("admin"));
            foreach (var (answer, isKnown) in new[] { (open, false), (known, true) })
            {
                promise.Tried++;
                var status = (int)answer.StatusCode;
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                var fault = FaultOf(answer);
                // What may be kept of an answer to somebody is what everybody gets.
                if (fault is null && isKnown && answer.Headers.CacheControl?.NoStore != true)
                    fault = await AreSameAsync(server, call, answer) ? null : "is kept";
                if (fault is not null)
                    wrong.Add($"{call} {(isKnown ? "by somebody" : "by nobody")}: {status} {fault}");
            }
        }
        promise.Failed = wrong.Count;
        var bare = 0;
        foreach (var address in new[] { "/", "/account/sign-in", "/api/v1/registry", "/healthz" })
        {
            using var answer = await SendAsync(server, new("GET", address, Bare), null, null);
            bare += FaultOf(answer) is null ? 0 : 1;
        }
        promise.Control = ("endpoints that take a header away", bare);
        promise.Record();
        output.WriteLine($"{promise.Tried} answers: {string.Join(", ", statuses)}");
        Assert.True(wrong.Count == 0, $"{wrong.Count}\n" + string.Join('\n', wrong.Take(60)));
        Assert.Equal(4, bare);
        foreach (var status in new[] { 200, 206, 301, 302, 304, 400, 401, 403, 404, 405, 413, 415, 500 })
            Assert.True(statuses.ContainsKey(status), $"void: no answer was {status}");
    }

    [Fact]
    public async Task Hold_every_cookie_to_one_host_over_https()
    {
        var set = new ConcurrentBag<string>();
        await using var provider = await StandInProvider.StartAsync();
        await using var own = await OwnServer.StartAsync(
            settings =>
                settings with
                {
                    PublicUrl = new("https://berth.example/"),
                    OpenId = provider.Settings,
                },
            endpoint => Watch(endpoint, set)
        );
        own.Server.Client.DefaultRequestHeaders.Host = "berth.example";
        var ada = await own.AdministratorAsync();
        var page = new Visitor(own.Server);
        await page.SignInAsync(ada.Email);
        await page.SendAsync("/account/second-factor", ("secondFactor", own.CodeOf(ada.Key!)));
        Assert.Equal("/account", page.Address);
        await page.SendAsync("/account?handler=EndSessions");
        provider.Claims["sub"] = "17";
        provider.Claims["email"] = "dee@example.net";
        provider.Claims["email_verified"] = true;
        var dee = new Visitor(own.Server);
        await dee.OpenAsync("/account/provider?to=/account");
        await StandInProvider.ReturnAsync(dee);
        Assert.Equal("/account", dee.Address);

        var names = set.Select(cookie => cookie.Split('=')[0]).Distinct().ToList();
        output.WriteLine($"{set.Count} cookies: {string.Join(", ", names)}");
        // Form, session, half, external, and what OpenID keeps between going and coming.
        Assert.True(names.Count >= 6, string.Join(", ", names));
        Assert.All(set, cookie => Assert.Matches(HostCookie(), cookie));
        Assert.All(
            set,
            cookie => Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase)
        );

        // Another host's name is refused, with the same headers.
        own.Server.Client.DefaultRequestHeaders.Host = "evil.example";
        using var other = await own.Server.Client.GetAsync("/", Sweep.Cancellation);
        Assert.Equal(400, (int)other.StatusCode);
        Assert.Null(FaultOf(other));
    }

    [Fact]
    public async Task Hold_cookies_to_this_site_without_https()
    {
        var set = new ConcurrentBag<string>();
        await using var own = await OwnServer.StartAsync(shape: endpoint => Watch(endpoint, set));
        var dee = await own.PersonAsync("dee");
        var page = new Visitor(own.Server);
        await page.SignInAsync(dee.Email);
        Assert.True(set.Count >= 2);
        Assert.All(set, cookie => Assert.Matches(PlainCookie(), cookie));
    }

    static void Watch(EndpointBuilder endpoint, ConcurrentBag<string> set)
    {
        var inner = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            context.Response.OnStarting(() =>
            {
                foreach (var cookie in context.Response.Headers.SetCookie)
                    set.Add(cookie!);
                return Task.CompletedTask;
            });
            return inner(context);
        };
    }

    // An endpoint breaks, or takes a header away, where a call says so.
    static void Shape(EndpointBuilder endpoint)
    {
        var inner = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            if (context.Request.Headers.ContainsKey(Bare))
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.ContentSecurityPolicy = default;
                    return Task.CompletedTask;
                });
            return context.Request.Headers.ContainsKey(Broken)
                ? throw new InvalidOperationException("broken by the test")
                : inner(context);
        };
    }

    sealed record Asked(string Method, string Address, string How = "");

    static IEnumerable<Asked> Calls(RunningServer server)
    {
        yield return new("GET", "/nothing/here");
        yield return new("POST", "/nothing/here");
        yield return new("GET", "/api/v1/nothing");
        foreach (var endpoint in Sweep.Endpoints(server))
        {
            var address = Sweep.AddressOf(endpoint, ValueOf);
            yield return new("GET", address);
            yield return new("POST", address);
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
                continue;
            foreach (var how in new[] { "If-None-Match", "Range", "Accept", Broken })
                yield return new("GET", address, how);
            foreach (var how in new[] { "long", "text", "form", Broken })
                yield return new("POST", address, how);
            foreach (var method in new[] { "HEAD", "PUT", "PATCH", "OPTIONS", "DELETE" })
            {
                if (method != "DELETE" || address != Account)
                    yield return new(method, address);
            }
        }
        // Closes the account that asks.
        yield return new("DELETE", Account);
    }

    static string ValueOf(string name) =>
        name switch
        {
            "name" => "lamp-1",
            "port" => "30001",
            "transport" => "tcp",
            "code" => "404",
            "path" or "rest" => "nothing",
            _ => "1",
        };

    // A body that is too long may be cut off before its answer is read, which is then asked for again.
    static async Task<HttpResponseMessage> SendAsync(
        RunningServer server,
        Asked asked,
        string? session,
        string? token
    )
    {
        for (var left = asked.How == "long" ? 5 : 0; ; left--)
        {
            try
            {
                return await SendOnceAsync(server, asked, session, token);
            }
            catch (HttpRequestException) when (left > 0) { }
        }
    }

    static async Task<HttpResponseMessage> SendOnceAsync(
        RunningServer server,
        Asked asked,
        string? session,
        string? token
    )
    {
        using var call = new HttpRequestMessage(new(asked.Method), asked.Address);
        if (session is not null)
            call.Headers.Add("Cookie", session);
        if (token is not null)
            call.Headers.Authorization = new("Bearer", token);
        if (asked.Method is "POST" or "PUT")
            call.Content = asked.How switch
            {
                "text" => new StringContent("{}", Encoding.UTF8, "text/plain"),
                "form" => new FormUrlEncodedContent([KeyValuePair.Create("email", "a@example.net")]),
                "long" => new StringContent(
                    new string(' ', 100_000),
                    Encoding.UTF8,
                    asked.Address.StartsWith("/api", StringComparison.Ordinal)
                        ? "application/json"
                        : "application/x-www-form-urlencoded"
                ),
                _ => new StringContent("{}", Encoding.UTF8, "application/json"),
            };
        if (asked.How is Broken or Bare)
            call.Headers.Add(asked.How, "true");
        if (asked.How == "Range")
            call.Headers.Range = new(0, 0);
        if (asked.How == "Accept")
            call.Headers.Accept.ParseAdd("application/json");
        call.Headers.ExpectContinue = asked.How == "long";
        call.Headers.ConnectionClose = asked.How == "long";
        if (asked.How == "If-None-Match")
        {
            using var first = await server.Client.GetAsync(asked.Address, Sweep.Cancellation);
            call.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag?.ToString() ?? "*");
        }
        // Whoever sends too much is cut off once the answer is there.
        var whole =
            asked.How == "long"
                ? HttpCompletionOption.ResponseHeadersRead
                : HttpCompletionOption.ResponseContentRead;
        return await server.Client.SendAsync(call, whole, Sweep.Cancellation);
    }

    static async Task<bool> AreSameAsync(RunningServer server, Asked asked, HttpResponseMessage answer)
    {
        using var open = await SendAsync(server, asked, null, null);
        // Figures of the server, which differ from one moment to the next whoever asks.
        if (asked.How == "long" || asked.Address == "/metrics")
            return open.StatusCode == answer.StatusCode;
        var everybodys = await open.Content.ReadAsByteArrayAsync(Sweep.Cancellation);
        var theirs = await answer.Content.ReadAsByteArrayAsync(Sweep.Cancellation);
        return open.StatusCode == answer.StatusCode
            && open.Headers.ETag?.Tag == answer.Headers.ETag?.Tag
            && everybodys.SequenceEqual(theirs);
    }

    /// <summary>What is wrong with the headers of an answer, or null.</summary>
    static string? FaultOf(HttpResponseMessage answer)
    {
        if (Only(answer, "X-Content-Type-Options") != "nosniff")
            return "may be sniffed";
        if (Only(answer, "X-Frame-Options") != "DENY")
            return "may be framed";
        if (Only(answer, "Referrer-Policy") != "no-referrer")
            return "tells where people were";
        if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"))
            return "tells what it is made with";
        if (answer.Headers.Contains("Access-Control-Allow-Origin"))
            return "is open to other sites";
        if (Only(answer, "Content-Security-Policy") is not { } policy)
            return "has no policy";
        var rules = policy
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(rule => rule.Split(' ', 2))
            .ToDictionary(rule => rule[0], rule => rule.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal);
        if (
            rules.GetValueOrDefault("default-src") != "'none'"
            || rules.GetValueOrDefault("script-src") != "'self'"
            || rules.GetValueOrDefault("style-src") != "'self'"
            || rules.GetValueOrDefault("form-action") != "'self'"
            || rules.GetValueOrDefault("frame-ancestors") != "'none'"
            || rules.GetValueOrDefault("base-uri") != "'none'"
            || rules.GetValueOrDefault("require-trusted-types-for") != "'script'"
        )
            return $"has a policy with a gap: {policy}";
        return
            policy.Contains("unsafe", StringComparison.Ordinal)
            || policy.Contains('*', StringComparison.Ordinal)
            ? $"has a weak policy: {policy}"
            : null;
    }

    static string? Only(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) && values.ToList() is [var one] ? one : null;

    [GeneratedRegex(
        "^__Host-berthbook-[^=]*=(?=.*; path=/(;|$))(?=.*; secure)(?=.*; samesite=(lax|strict))(?=.*; httponly)",
        RegexOptions.IgnoreCase
    )]
    internal static partial Regex HostCookie();

    [GeneratedRegex(
        "^berthbook-[^=]*=(?=.*; path=/(;|$))(?=.*; samesite=(lax|strict))(?=.*; httponly)",
        RegexOptions.IgnoreCase
    )]
    internal static partial Regex PlainCookie();
}
